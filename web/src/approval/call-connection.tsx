import { connectHint, connectTo, reconnectTo } from '../text/approval-text.js';
import { words } from '../text/words.js';
import { Button } from '../ui/button.js';
import { Connected, MissingScopes } from '../ui/connected.js';
import { Foreign, Say } from '../ui/drawn.js';
import layout from '../ui/layout.module.css';
import { State } from '../ui/state.js';
import type { ExactCall } from './call-parts.js';

interface ConnectionProps {
  readonly call: ExactCall;
  readonly isBusy: boolean;
  onConnect(): void;
}

/** How the provider of an exact call is connected, and the way to connect it when it is not. */
export default function CallConnection({ call, isBusy, onConnect }: ConnectionProps) {
  const { provider, connection, missingScopes } = call;
  if (connection === 'connected') {
    return (
      <>
        <p className={layout.inline}>
          <Foreign text={provider.name} />
          <Connected missingScopes={missingScopes} />
        </p>
        <MissingScopes missingScopes={missingScopes} />
        {missingScopes.length > 0 && <ConnectAgain {...{ call, isBusy, onConnect }} />}
      </>
    );
  }
  const isAgain = connection === 'needs_reauthorization';
  return (
    <>
      <p className={layout.inline}>
        <Foreign text={provider.name} />
        <State tone="write" icon={isAgain ? 'danger' : 'link'}>
          {isAgain ? words.needsReconnect : words.notConnected}
        </State>
      </p>
      <ConnectAgain {...{ call, isBusy, onConnect }} />
    </>
  );
}

function ConnectAgain({ call: { provider, connection }, isBusy, onConnect }: ConnectionProps) {
  return (
    <>
      <Button look="small" icon="link" isInert={isBusy} onClick={onConnect}>
        {connection === 'not_connected' ? connectTo(provider.name) : reconnectTo(provider.name)}
      </Button>
      <p className={layout.hint}>
        <Say phrase={connectHint(provider.name)} />
      </p>
    </>
  );
}
