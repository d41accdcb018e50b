import { useState } from 'react';
import type { Integrations } from '../../../server/approvals/access.contract.js';
import { useApi } from '../api/api.js';
import { failureOf } from '../api/http.js';
import { useLoaded } from '../api/use-loaded.js';
import { connectHint } from '../text/approval-text.js';
import { connectPageText, connectPageTitle } from '../text/connect-text.js';
import { type Trouble, troubleOf } from '../text/errors.js';
import { words } from '../text/words.js';
import { useAccount } from '../ui/account.js';
import { Button, ButtonLink } from '../ui/button.js';
import { MissingScopes } from '../ui/connected.js';
import { Foreign, Say } from '../ui/drawn.js';
import layout from '../ui/layout.module.css';
import { NotLoaded } from '../ui/not-loaded.js';
import { Notice } from '../ui/notice.js';
import { Lede, Sheet, SheetHead } from '../ui/sheet.js';
import { SignInShell, useTitle } from '../ui/shells.js';

/** `/connect/<slug>`: where an assistant sends a person to link an account. A press starts it, never the address alone. */
export default function ConnectPage({ slug }: { readonly slug: string }) {
  const api = useApi();
  const loaded = useLoaded(api.integrations.list);
  useTitle(connectPageText.windowTitle);
  if (loaded.at === 'loading') return null;
  if (loaded.at === 'signed-out')
    return <SignInShell text={connectPageText.signIn} returnTo={`/connect/${encodeURIComponent(slug)}`} />;
  if (loaded.at === 'failed') return <NotLoaded failure={loaded.failure} onRetry={loaded.reload} />;
  const integration = loaded.value.find((item) => item.slug === slug);
  if (!integration) return <Missing />;
  return <Connect integration={integration} />;
}

function Connect({ integration }: { readonly integration: Integrations['items'][number] }) {
  const api = useApi();
  const me = useAccount();
  const [isSending, setSending] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const { slug, name, state, missingScopes } = integration;
  const connect = async () => {
    if (me === null) return;
    setSending(true);
    setTrouble(null);
    try {
      api.goTo(await api.integrations.connect(me.csrfToken, slug, `/connect/${encodeURIComponent(slug)}`));
    } catch (error) {
      setTrouble(troubleOf(failureOf(error)));
      setSending(false);
    }
  };
  return (
    <Sheet>
      <SheetHead>
        <h1>
          <Say phrase={connectPageTitle(name, state)} />
        </h1>
        <Lede>{state === 'connected' ? connectPageText.isConnected : connectPageText.asks}</Lede>
        <MissingScopes missingScopes={missingScopes} />
        {trouble && (
          <Notice tone="danger" title={trouble.title}>
            {trouble.body}
          </Notice>
        )}
        <div className={layout.actions}>
          <Button
            look={state === 'connected' ? 'plain' : 'approve'}
            isInert={isSending || me === null}
            onClick={() => void connect()}
          >
            <span>
              {isSending ? words.sending : state === 'not_connected' ? words.connect : words.reconnect}{' '}
              <Foreign text={name} />
            </span>
          </Button>
          <ButtonLink href="/access">{words.myAccess}</ButtonLink>
        </div>
        <p className={layout.hint}>
          <Say phrase={connectHint(name, false)} /> {connectPageText.hint}
        </p>
      </SheetHead>
    </Sheet>
  );
}

function Missing() {
  return (
    <Sheet>
      <SheetHead>
        <h1>{connectPageText.missing}</h1>
        <Lede>{connectPageText.missingLede}</Lede>
        <ButtonLink href="/access">{words.myAccess}</ButtonLink>
      </SheetHead>
    </Sheet>
  );
}
