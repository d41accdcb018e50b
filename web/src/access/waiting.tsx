import { useMemo } from 'react';
import type { GrantPageView } from '../../../server/approvals/access.contract.js';
import type { Loaded } from '../api/use-loaded.js';
import { accessText, subject, waitingLine } from '../text/access-text.js';
import { words } from '../text/words.js';
import { Badges, Tag } from '../ui/badge.js';
import { ButtonLink } from '../ui/button.js';
import { Card, CardHead } from '../ui/card.js';
import { Say } from '../ui/drawn.js';
import layout from '../ui/layout.module.css';
import { skewOf, useClock } from '../ui/use-clock.js';
import css from './access.module.css';
import { ListNotLoaded } from './list-not-loaded.js';

/** What waits for a decision. Deciding happens on the request's own page, where all of it can be read. */
export function Waiting({ loaded }: { readonly loaded: Loaded<GrantPageView> }) {
  const page = loaded.at === 'ready' ? loaded.value : null;
  const skew = useMemo(() => (page === null ? 0 : skewOf(page.now)), [page]);
  const now = useClock(skew);
  if (loaded.at === 'failed') return <ListNotLoaded failure={loaded.failure} onRetry={loaded.reload} />;
  if (page === null) return null;
  if (page.items.length === 0) return <p className={css.empty}>{accessText.emptyWaiting}</p>;
  return page.items.map((grant) => (
    <Card key={grant.id}>
      <CardHead>
        <div className={layout.stackSmall}>
          <Badges level={grant.level} isBoth={grant.kind === 'broad'} isDestructive={grant.isDestructive}>
            {grant.kind === 'request' && <Tag>{words.exactCall}</Tag>}
          </Badges>
          <h2>
            <Say phrase={subject(grant)} />
          </h2>
          <p className={layout.hint}>
            <Say phrase={waitingLine(grant, now)} />
          </p>
        </div>
        <ButtonLink href={`/approve/${grant.id}`}>{accessText.readAndDecide}</ButtonLink>
      </CardHead>
    </Card>
  ));
}
