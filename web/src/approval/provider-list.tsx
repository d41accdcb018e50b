import { useState } from 'react';
import { askText, connectTo, MANY_PROVIDERS, reconnectTo, selectedCount } from '../text/approval-text.js';
import { errorText } from '../text/errors.js';
import { words } from '../text/words.js';
import { Button } from '../ui/button.js';
import { cx } from '../ui/cx.js';
import { Foreign } from '../ui/drawn.js';
import { Icon } from '../ui/icon.js';
import layout from '../ui/layout.module.css';
import { Tile } from '../ui/tile.js';
import { type ItemProps, type Provider, ProviderItem } from './provider-item.js';
import css from './providers.module.css';

interface ListProps {
  readonly providers: readonly Provider[];
  readonly chosen: readonly string[];
  readonly level: 'read' | 'write';
  readonly isBusy: boolean;
  onChoose(providers: string[]): void;
  onConnect(provider: Provider): void;
}

/** What the request may reach. Few are shown with their facts, many by name with a filter that leaves few. */
export function ProviderList(props: ListProps) {
  const { providers, chosen, onChoose } = props;
  const toggle = (id: string) =>
    onChoose(providers.map((provider) => provider.id).filter((other) => (other === id) !== chosen.includes(other)));
  return (
    <>
      {providers.length > MANY_PROVIDERS ? (
        <ManyProviders {...props} onToggle={toggle} />
      ) : (
        <FewProviders {...props} onToggle={toggle} />
      )}
      {chosen.length === 0 && (
        <p className={layout.wrong}>
          <Icon name="danger" />
          {errorText.noneSelected}
        </p>
      )}
    </>
  );
}

interface KindProps extends ListProps {
  onToggle(id: string): void;
}

function FewProviders({ providers, chosen, ...rest }: KindProps) {
  return (
    <ul>
      {providers.map((provider) => (
        <ProviderItem key={provider.id} provider={provider} isChosen={chosen.includes(provider.id)} {...rest} />
      ))}
    </ul>
  );
}

function ManyProviders(props: KindProps) {
  const { providers, chosen, isBusy, onChoose } = props;
  const [filter, setFilter] = useState('');
  const wanted = filter.trim().toLowerCase();
  const found = providers.filter(({ name }) => name.toLowerCase().includes(wanted));
  const connected = providers.filter(({ connection }) => connection === 'connected').map(({ id }) => id);
  return (
    <>
      <label className={css.field}>
        <span>{askText.findProvider}</span>
        <input type="search" autoComplete="off" value={filter} onChange={(event) => setFilter(event.target.value)} />
      </label>
      <p className={layout.hint}>{askText.findHint}</p>
      <div className={layout.actions}>
        <Button look="small" isInert={isBusy} onClick={() => onChoose(connected)}>
          {askText.selectAll}
        </Button>
        <Button look="small" isInert={isBusy} onClick={() => onChoose([])}>
          {askText.selectNone}
        </Button>
      </div>
      <output className={cx(layout.hint, css.selected)}>{selectedCount(chosen.length, providers.length)}</output>
      {found.length > MANY_PROVIDERS ? (
        <ul className={css.many}>
          {found.map((provider) => (
            <BriefItem key={provider.id} provider={provider} isChosen={chosen.includes(provider.id)} {...props} />
          ))}
        </ul>
      ) : (
        <FewProviders {...props} providers={found} />
      )}
    </>
  );
}

/** Where there is little room: its name, and what is not as it should be. */
function BriefItem({ provider, isChosen, isBusy, onToggle, onConnect }: Omit<ItemProps, 'level'>) {
  const { id, name, icon, connection, missingScopes } = provider;
  const isWhole = connection === 'connected' && missingScopes.length === 0;
  const isNew = connection === 'not_connected';
  return (
    <li className={css.brief}>
      <span className={css.box}>
        <input
          type="checkbox"
          id={`provider-${id}`}
          checked={isChosen}
          disabled={isBusy || connection !== 'connected'}
          onChange={() => onToggle(id)}
        />
      </span>
      <Tile name={name} icon={icon} isSmall />
      <label className={css.label} htmlFor={`provider-${id}`}>
        <Foreign text={name} />
        <Remark {...{ connection, missingScopes }} />
      </label>
      {!isWhole && (
        <Button
          look="link"
          className={css.connect}
          aria-label={isNew ? connectTo(name) : reconnectTo(name)}
          isInert={isBusy}
          onClick={() => onConnect(provider)}
        >
          {isNew ? words.connect : words.reconnect}
        </Button>
      )}
    </li>
  );
}

/** What is not as it should be, and so has to be said even where there is little room. */
function Remark({ connection, missingScopes }: Pick<Provider, 'connection' | 'missingScopes'>) {
  if (connection === 'connected' && missingScopes.length === 0) return null;
  const state = connection === 'not_connected' ? words.notConnected : words.needsReconnect;
  return (
    <>
      {' '}
      <span className={css.remark}>{connection === 'connected' ? words.lacksScopes : state}</span>
    </>
  );
}
