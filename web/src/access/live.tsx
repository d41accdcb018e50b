import { useId, useMemo, useState } from 'react';
import type { EndedGrants, GrantItem, GrantPageView } from '../../../server/approvals/access.contract.js';
import type { Loaded } from '../api/use-loaded.js';
import { accessText } from '../text/access-text.js';
import { askText, clientFirst } from '../text/approval-text.js';
import { words } from '../text/words.js';
import { Tag } from '../ui/badge.js';
import { Button } from '../ui/button.js';
import { Foreign, Say } from '../ui/drawn.js';
import layout from '../ui/layout.module.css';
import { skewOf, useClock } from '../ui/use-clock.js';
import css from './access.module.css';
import { GrantCard } from './grant-card.js';
import { ListNotLoaded } from './list-not-loaded.js';
import { RevokeAllButton } from './revoke-all.js';

const ENDED_SHOWN_MS = 5000;

interface LiveProps {
  readonly loaded: Loaded<GrantPageView>;
  /** What “Revoke all” puts away as well. */
  readonly waiting: Loaded<GrantPageView>;
  onChanged(): void;
  onAllEnded(ended: EndedGrants): void;
  onMore(): void;
}

/** What assistants may do now, by client. An ended grant says so in its place for a moment. */
export function Live({ loaded, waiting, onChanged, onAllEnded, onMore }: LiveProps) {
  const [ended, setEnded] = useState<readonly GrantItem[]>([]);
  const page = loaded.at === 'ready' ? loaded.value : null;
  const skew = useMemo(() => (page === null ? 0 : skewOf(page.now)), [page]);
  const now = useClock(skew);
  if (loaded.at === 'failed') return <ListNotLoaded failure={loaded.failure} onRetry={loaded.reload} />;
  if (page === null) return null;

  const markEnded = (item: GrantItem) => {
    setEnded((before) => [...before, item]);
    setTimeout(() => setEnded((before) => before.filter(({ id }) => id !== item.id)), ENDED_SHOWN_MS);
    onChanged();
  };
  const endedIds = new Set(ended.map(({ id }) => id));
  const items = [...page.items.filter(({ id }) => !endedIds.has(id)), ...ended].sort(
    (one, other) => other.askedAt - one.askedAt || one.id.localeCompare(other.id),
  );
  const clients = [...new Set(items.map(({ client }) => client.id))];
  return (
    <>
      <output className={layout.unseen}>{ended.length > 0 ? words.revoked : ''}</output>
      {items.length === 0 && <p className={css.empty}>{accessText.emptyLive}</p>}
      {clients.map((clientId) => (
        <ClientGroup
          key={clientId}
          grants={items.filter(({ client }) => client.id === clientId)}
          endedIds={endedIds}
          now={now}
          waiting={page.nextCursor === null ? waitingOf(waiting, clientId) : null}
          onEnded={markEnded}
          onAllEnded={onAllEnded}
        />
      ))}
      {page.nextCursor !== null && (
        <p className={css.more}>
          <Button onClick={onMore}>{accessText.showMore}</Button>
        </p>
      )}
    </>
  );
}

function waitingOf(waiting: Loaded<GrantPageView>, clientId: string): number | null {
  if (waiting.at !== 'ready' || waiting.value.nextCursor !== null) return null;
  return waiting.value.items.filter(({ client }) => client.id === clientId).length;
}

interface GroupProps {
  readonly grants: readonly GrantItem[];
  readonly endedIds: ReadonlySet<string>;
  readonly now: number;
  /** How many requests of this client wait; `null` when the page has not read all of it. */
  readonly waiting: number | null;
  onEnded(item: GrantItem): void;
  onAllEnded(ended: EndedGrants): void;
}

function ClientGroup({ grants, endedIds, now, waiting, onEnded, onAllEnded }: GroupProps) {
  const id = useId();
  const client = grants[0]?.client;
  if (!client) return null;
  const live = grants.filter((grant) => !endedIds.has(grant.id)).length;
  return (
    <section aria-labelledby={id}>
      <div className={css.group}>
        <div>
          <h2 id={id}>
            <Say phrase={[clientFirst(client)]} /> {client.name !== null && <Tag>{words.notVerified}</Tag>}
          </h2>
          <p className={layout.hint}>
            {askText.clientId} <Foreign text={client.id} />
          </p>
        </div>
        {live > 0 && (
          <RevokeAllButton client={client} count={waiting === null ? null : { live, waiting }} onRevoked={onAllEnded} />
        )}
      </div>
      {grants.map((grant) => (
        <GrantCard
          key={grant.id}
          grant={grant}
          now={now}
          isEnded={endedIds.has(grant.id)}
          onEnded={() => onEnded(grant)}
        />
      ))}
    </section>
  );
}
