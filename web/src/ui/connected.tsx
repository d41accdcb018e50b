import { words } from '../text/words.js';
import layout from './layout.module.css';
import { Scopes } from './scopes.js';
import { State } from './state.js';

interface MissingProps {
  /** What the integration asks for and was not allowed at the provider. */
  readonly missingScopes: readonly string[];
}

export function Connected({ missingScopes }: MissingProps) {
  return missingScopes.length === 0 ? (
    <State tone="ok" icon="check">
      {words.connected}
    </State>
  ) : (
    <State tone="write" icon="danger">
      {words.lacksScopes}
    </State>
  );
}

export function MissingScopes({ missingScopes }: MissingProps) {
  if (missingScopes.length === 0) return null;
  return (
    <>
      <Scopes label={words.missingScopes} scopes={missingScopes} />
      <p className={layout.hint}>{words.missingHint}</p>
    </>
  );
}
