import { useCallback, useState } from 'react';
import type { GrantItem, GrantPageView } from '../../../server/approvals/access.contract.js';
import { useApi } from '../api/api.js';
import { useLoaded } from '../api/use-loaded.js';
import { accessText, callsMade, historyLevel, historyOutcome, subject } from '../text/access-text.js';
import { clientName } from '../text/approval-text.js';
import { shortMoment } from '../text/time.js';
import { Button } from '../ui/button.js';
import { Card } from '../ui/card.js';
import { Say } from '../ui/drawn.js';
import layout from '../ui/layout.module.css';
import { NotLoaded } from '../ui/not-loaded.js';
import { State } from '../ui/state.js';
import css from './access.module.css';
import table from './table.module.css';

/** What was asked and what became of it, newest first, a page at a time. */
export function History() {
  const api = useApi();
  /** Cursors of the pages up to the present one; the first page has none. */
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  const cursor = cursors.at(-1) ?? null;
  const load = useCallback(() => api.grants.list('ended', cursor), [api, cursor]);
  const loaded = useLoaded(load);
  if (loaded.at === 'failed') return <NotLoaded failure={loaded.failure} onRetry={loaded.reload} />;
  if (loaded.at !== 'ready') return null;
  const { items, nextCursor } = loaded.value;
  if (items.length === 0 && cursor === null) return <p className={css.empty}>{accessText.emptyHistory}</p>;
  return (
    <Card>
      <Log page={loaded.value} />
      <nav className={table.pager} aria-label={accessText.pages}>
        <span className={layout.actions}>
          <Button look="small" isInert={cursor === null} onClick={() => setCursors(cursors.slice(0, -1))}>
            {accessText.newer}
          </Button>
          <Button look="small" isInert={nextCursor === null} onClick={() => setCursors([...cursors, nextCursor])}>
            {accessText.older}
          </Button>
        </span>
      </nav>
    </Card>
  );
}

function Log({ page }: { readonly page: GrantPageView }) {
  return (
    <div className={table.log}>
      <table className={table.table}>
        <caption>{accessText.historyCaption}</caption>
        <thead>
          <tr>
            {[accessText.asked, accessText.client, accessText.what, accessText.level, accessText.outcome].map(
              (name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ),
            )}
            <th scope="col" className={table.num}>
              {accessText.calls}
            </th>
          </tr>
        </thead>
        <tbody>
          {page.items.map((grant) => (
            <Line key={grant.id} grant={grant} now={page.now} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Line({ grant, now }: { readonly grant: GrantItem; readonly now: number }) {
  const { tone, icon, text } = historyOutcome(grant);
  return (
    <tr>
      <td className={table.num}>{shortMoment(grant.askedAt, now)}</td>
      <td>
        <Say phrase={[clientName(grant.client)]} />
      </td>
      <td>
        <a className={table.what} href={`/approve/${grant.id}`}>
          <Say phrase={subject(grant)} />
        </a>
      </td>
      <td>{historyLevel(grant)}</td>
      <td>
        <State tone={tone} icon={icon}>
          {text}
        </State>
      </td>
      <td className={table.num} data-label={accessText.calls}>
        {callsMade(grant)}
      </td>
    </tr>
  );
}
