import type { Approval } from '../../../server/approvals/approvals.contract.js';
import { askText, connectHint, connectTo, reconnectTo } from '../text/approval-text.js';
import { words } from '../text/words.js';
import { Button } from '../ui/button.js';
import { Connected, MissingScopes } from '../ui/connected.js';
import { Foreign, Say } from '../ui/drawn.js';
import layout from '../ui/layout.module.css';
import { Scopes } from '../ui/scopes.js';
import { State } from '../ui/state.js';
import { Tile } from '../ui/tile.js';
import css from './providers.module.css';

export type Provider = NonNullable<Approval['broad']>['providers'][number];

export interface ItemProps {
  readonly provider: Provider;
  readonly level: 'read' | 'write';
  readonly isChosen: boolean;
  readonly isBusy: boolean;
  onToggle(id: string): void;
  onConnect(provider: Provider): void;
}

/** One provider that can be chosen: the whole line is the target. */
export function ProviderItem({ provider, level, isChosen, isBusy, onToggle, onConnect }: ItemProps) {
  const { name, connection, missingScopes } = provider;
  const id = `provider-${provider.id}`;
  if (connection !== 'connected') return <Unconnected {...{ provider, level, isBusy, onConnect }} />;
  return (
    <li className={css.item}>
      <span className={css.box}>
        <input
          type="checkbox"
          id={id}
          checked={isChosen}
          disabled={isBusy}
          aria-describedby={`${id}-about`}
          onChange={() => onToggle(provider.id)}
        />
      </span>
      <Tile name={name} icon={provider.icon} />
      <div className={css.about}>
        <div className={css.name}>
          <label className={css.label} htmlFor={id}>
            <Foreign text={name} />
          </label>
          <Connected missingScopes={missingScopes} />
        </div>
        <div id={`${id}-about`} className={layout.stackSmall}>
          <p>{level === 'write' ? `${provider.reads} ${provider.writes}` : provider.reads}</p>
          <Scopes label={askText.scopes} scopes={provider.scopes} />
          {level === 'read' && mayWrite(provider.scopes) && <p className={layout.hint}>{askText.couldWrite}</p>}
          <MissingScopes missingScopes={missingScopes} />
        </div>
        {missingScopes.length > 0 && <ConnectAgain {...{ provider, isBusy, onConnect }} />}
      </div>
    </li>
  );
}

function Unconnected({
  provider,
  level,
  isBusy,
  onConnect,
}: Pick<ItemProps, 'provider' | 'level' | 'isBusy' | 'onConnect'>) {
  const { name, connection } = provider;
  const isAgain = connection === 'needs_reauthorization';
  const state = isAgain ? words.needsReconnect : words.notConnected;
  return (
    <li className={css.item}>
      <span className={css.box}>
        <input type="checkbox" disabled aria-label={`${name}, ${state.toLowerCase()}`} />
      </span>
      <Tile name={name} icon={provider.icon} />
      <div className={css.about}>
        <div className={css.name}>
          <strong>
            <Foreign text={name} />
          </strong>
          <State tone={isAgain ? 'write' : 'plain'} icon={isAgain ? 'danger' : 'link'}>
            {state}
          </State>
        </div>
        <p>{level === 'write' ? `${provider.reads} ${provider.writes}` : provider.reads}</p>
        <ConnectAgain {...{ provider, isBusy, onConnect }} />
      </div>
    </li>
  );
}

function ConnectAgain({ provider, isBusy, onConnect }: Pick<ItemProps, 'provider' | 'isBusy' | 'onConnect'>) {
  const { name, connection } = provider;
  return (
    <>
      <p className={css.action}>
        <Button look="small" icon="link" isInert={isBusy} onClick={() => onConnect(provider)}>
          {connection === 'not_connected' ? connectTo(name) : reconnectTo(name)}
        </Button>
      </p>
      <p className={layout.hint}>
        <Say phrase={connectHint(name)} />
      </p>
    </>
  );
}

/** Scopes are the provider's own words: this only recognises the usual ones. */
function mayWrite(scopes: readonly string[]): boolean {
  return scopes.some((scope) => /write|update|insert|create|delete|admin|manage|modify/i.test(scope));
}
