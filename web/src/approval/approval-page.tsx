import { lazy, Suspense, useEffect, useState } from 'react';
import { useApi } from '../api/api.js';
import { failureOf } from '../api/http.js';
import { title } from '../text/approval-text.js';
import { type Trouble, troubleOf } from '../text/errors.js';
import { plain } from '../text/phrase.js';
import { shellText } from '../text/shell-text.js';
import { useAccount } from '../ui/account.js';
import { NotLoaded } from '../ui/not-loaded.js';
import { SignInShell, useTitle } from '../ui/shells.js';
import { AskSheet } from './ask-sheet.js';
import { Skeleton } from './skeleton.js';
import { useApproval } from './use-approval.js';

const loadAfterReading = () => import('./after-reading.js');
const AfterReading = lazy(loadAfterReading);

/** `/approve/<id>`: one request, whatever became of it. */
export function ApprovalPage({ id }: { readonly id: string }) {
  const model = useApproval(id);
  const { state, draft } = model;
  const api = useApi();
  const me = useAccount();
  const [connectTrouble, setConnectTrouble] = useState<Trouble | null>(null);
  const returnTo = `/approve/${id}`;
  useTitle(state.at === 'ready' || state.at === 'deciding' ? plain(title(state.approval)) : null);

  // The outcome's code is fetched beside the decision, so that it is there when the answer comes.
  useEffect(() => {
    if (state.at === 'deciding') loadAfterReading().catch(() => undefined);
  }, [state.at]);

  const connect = async (providerId: string, slug: string | null) => {
    if (me === null) return;
    setConnectTrouble(null);
    try {
      const target =
        slug ??
        (await api.integrations.list()).find((item) => item.providers.some(({ id }) => id === providerId))?.slug ??
        providerId;
      const url = await api.integrations.connect(me.csrfToken, target, returnTo);
      model.change({ connecting: providerId });
      api.goTo(url);
    } catch (error) {
      setConnectTrouble(troubleOf(failureOf(error)));
    }
  };

  switch (state.at) {
    case 'loading':
      return <Skeleton />;
    case 'signed-out':
      return <SignInShell text={shellText.signIn} returnTo={returnTo} />;
    case 'failed':
      return <NotLoaded failure={state.failure} onRetry={model.readAgain} />;
    case 'ready':
    case 'deciding':
      if (draft === null) return <Skeleton />;
      return (
        <Suspense fallback={<Skeleton />}>
          <AskSheet
            approval={state.approval}
            draft={draft}
            obstacle={state.at === 'ready' ? state.obstacle : null}
            sending={state.at === 'deciding' ? state.verdict : null}
            onChange={model.change}
            onDecide={model.decide}
            onConnect={(provider, slug) => void connect(provider, slug)}
            connectTrouble={connectTrouble}
          />
        </Suspense>
      );
    default:
      return (
        <AfterReading
          state={state}
          returnTo={returnTo}
          note={draft?.note.trim() ?? ''}
          csrfToken={me?.csrfToken ?? null}
          onShow={model.showAgain}
          onRevoked={model.readAgain}
        />
      );
  }
}
