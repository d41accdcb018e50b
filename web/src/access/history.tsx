import { useCallback, useMemo, useState } from 'react';
import type { GrantChoicesView, GrantPageView } from '../../../server/approvals/access.contract.js';
import { useApi } from '../api/api.js';
import { exportPath } from '../api/grants.js';
import { useLoaded } from '../api/use-loaded.js';
import { historyText, pageCaption } from '../text/history-text.js';
import { Button, ButtonLink } from '../ui/button.js';
import { Card } from '../ui/card.js';
import layout from '../ui/layout.module.css';
import css from './access.module.css';
import { HistoryFilters } from './history-filters.js';
import { Log } from './history-log.js';
import { type Filters, queryOf } from './history-query.js';
import { ListNotLoaded } from './list-not-loaded.js';
import table from './table.module.css';

/** What is shown: the filters, and the cursors of the pages up to the present one with how much stood before each. */
interface Place {
  readonly filters: Filters;
  readonly turned: readonly { readonly cursor: string; readonly before: number; readonly total: number | null }[];
}

/** While they are not known, nothing is offered that may not be there. */
const NO_CHOICES: GrantChoicesView = { providers: [], clients: [] };

/** What was asked and what became of it, newest first, a page at a time. */
export function History() {
  const api = useApi();
  const [{ filters, turned }, setPlace] = useState<Place>({ filters: {}, turned: [] });
  const query = useMemo(() => queryOf(filters), [filters]);
  const here = turned.at(-1);
  const cursor = here?.cursor ?? null;
  const load = useCallback(() => api.grants.list('ended', cursor, query), [api, cursor, query]);
  const loaded = useLoaded(load);
  const page = loaded.at === 'ready' ? loaded.value : null;
  const choices = useLoaded(api.grants.choices);
  if (loaded.at === 'failed') return <ListNotLoaded failure={loaded.failure} onRetry={loaded.reload} />;
  if (page === null) return null;
  const { before, total } = here ?? { before: 0, total: page.total };
  const isFiltered = Object.keys(query).length > 0;
  const isEmpty = page.items.length === 0 && page.nextCursor === null && before === 0;
  if (isEmpty && !isFiltered) return <p className={css.empty}>{historyText.empty}</p>;
  return (
    <Card>
      <HistoryFilters
        choices={choices.at === 'ready' ? choices.value : NO_CHOICES}
        onApply={(chosen) => setPlace({ filters: chosen, turned: [] })}
      />
      <Found page={page} before={before} total={total} />
      <nav className={table.pager} aria-label={historyText.pages}>
        <ButtonLink href={exportPath(query)} look="small" isDownload>
          {historyText.export}
        </ButtonLink>
        <span className={layout.actions}>
          <Button
            look="small"
            isInert={here === undefined}
            onClick={() => setPlace({ filters, turned: turned.slice(0, -1) })}
          >
            {historyText.newer}
          </Button>
          <Button
            look="small"
            isInert={page.nextCursor === null}
            onClick={() => {
              if (page.nextCursor === null) return;
              const next = { cursor: page.nextCursor, before: before + page.items.length, total };
              setPlace({ filters, turned: [...turned, next] });
            }}
          >
            {historyText.older}
          </Button>
        </span>
      </nav>
    </Card>
  );
}

interface FoundProps {
  readonly page: GrantPageView;
  readonly before: number;
  readonly total: number | null;
}

function Found({ page, before, total }: FoundProps) {
  const caption = pageCaption(before, page.items.length, total);
  const nothing = page.nextCursor === null ? historyText.emptyFiltered : historyText.emptySoFar;
  return (
    <>
      <output className={layout.unseen}>{page.items.length === 0 ? nothing : caption}</output>
      {page.items.length === 0 ? <p className={table.nothing}>{nothing}</p> : <Log page={page} caption={caption} />}
    </>
  );
}
