import { useState } from 'react';
import { askText, MANY_PROVIDERS, selectedCount } from '../text/approval-text.js';
import { errorText } from '../text/errors.js';
import { words } from '../text/words.js';
import { Button } from '../ui/button.js';
import { Foreign } from '../ui/drawn.js';
import { Icon } from '../ui/icon.js';
import layout from '../ui/layout.module.css';
import { Tile } from '../ui/tile.js';
import { type Provider, ProviderItem } from './provider-item.js';
import css from './providers.module.css';

interface ListProps {
  readonly providers: readonly Provider[];
  readonly chosen: readonly string[];
  readonly level: 'read' | 'write';
  readonly isBusy: boolean;
  onChoose(providers: string[]): void;
  onConnect(provider: Provider): void;
}

/** What the request may reach. Few are shown with their facts, many by name with a filter. */
export function ProviderList(props: ListProps) {
  const { providers, chosen, onChoose } = props;
  const toggle = (id: string) =>
    onChoose(providers.map((provider) => provider.id).filter((other) => (other === id) !== chosen.includes(other)));
  return (
    <>
      {providers.length > MANY_PROVIDERS ? (
        <ManyProviders {...props} toggle={toggle} />
      ) : (
        <ul>
          {providers.map((provider) => (
            <ProviderItem
              key={provider.id}
              provider={provider}
              level={props.level}
              isChosen={chosen.includes(provider.id)}
              isBusy={props.isBusy}
              onToggle={toggle}
              onConnect={props.onConnect}
            />
          ))}
        </ul>
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

function ManyProviders({ providers, chosen, isBusy, onChoose, toggle }: ListProps & { toggle(id: string): void }) {
  const [filter, setFilter] = useState('');
  const wanted = filter.trim().toLowerCase();
  const connected = providers.filter(({ connection }) => connection === 'connected').map(({ id }) => id);
  return (
    <>
      <label className={css.field}>
        <span>{askText.findProvider}</span>
        <input type="search" autoComplete="off" value={filter} onChange={(event) => setFilter(event.target.value)} />
      </label>
      <div className={layout.actions}>
        <Button look="small" isInert={isBusy} onClick={() => onChoose(connected)}>
          {askText.selectAll}
        </Button>
        <Button look="small" isInert={isBusy} onClick={() => onChoose([])}>
          {askText.selectNone}
        </Button>
      </div>
      <output className={layout.hint}>{selectedCount(chosen.length, providers.length)}</output>
      <ul className={css.many}>
        {providers
          .filter(({ name }) => name.toLowerCase().includes(wanted))
          .map(({ id, name, icon, connection, missingScopes }) => (
            <li key={id} className={css.brief}>
              <span className={css.box}>
                <input
                  type="checkbox"
                  id={`provider-${id}`}
                  checked={chosen.includes(id)}
                  disabled={isBusy || connection !== 'connected'}
                  onChange={() => toggle(id)}
                />
              </span>
              <Tile name={name} icon={icon} isSmall />
              <label className={css.label} htmlFor={`provider-${id}`}>
                <Foreign text={name} />
                <Remark {...{ connection, missingScopes }} />
              </label>
            </li>
          ))}
      </ul>
    </>
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
