import {
  type EndedGrants,
  endedGrants,
  type GrantChoicesView,
  type GrantPageView,
  grantChoices,
  grantPage,
} from '../../../server/approvals/access.contract.js';
import type { Http } from './http.js';

export type GrantsState = 'pending' | 'active' | 'ended';
export type Revocation = { readonly id: string } | { readonly client: string } | 'all';

/** What the history is narrowed to. Instants are epoch milliseconds, both inclusive. */
export interface GrantFilters {
  readonly provider?: string;
  readonly client?: string;
  readonly outcome?: string;
  readonly from?: number;
  readonly to?: number;
}

export interface GrantsApi {
  list(state: GrantsState, cursor?: string | null, filters?: GrantFilters): Promise<GrantPageView>;
  choices(): Promise<GrantChoicesView>;
  revoke(csrfToken: string, what: Revocation): Promise<EndedGrants>;
}

export function grantsApi(http: Http): GrantsApi {
  return {
    list(state, cursor = null, filters = {}) {
      const path = `/api/grants?${query({ state, ...filters, ...(cursor === null ? {} : { cursor }) })}`;
      return http.ask({ method: 'GET', path, answer: grantPage });
    },
    choices: () => http.ask({ method: 'GET', path: '/api/grants/choices', answer: grantChoices }),
    revoke: (csrfToken, what) => http.ask({ method: 'DELETE', path: pathOf(what), answer: endedGrants, csrfToken }),
  };
}

/** The first `pages` pages as one, so that a list can grow and still be read anew. */
export async function listPages(api: GrantsApi, state: GrantsState, pages: number): Promise<GrantPageView> {
  const first = await api.list(state);
  let all = first;
  for (let page = 1; page < pages && all.nextCursor !== null; page += 1) {
    const next = await api.list(state, all.nextCursor);
    const known = new Set(all.items.map(({ id }) => id));
    all = { ...next, total: first.total, items: [...all.items, ...next.items.filter(({ id }) => !known.has(id))] };
  }
  return all;
}

/** A GET of ours that a browser saves as a file: one line of JSON for each request. */
export function exportPath(filters: GrantFilters): string {
  const search = query(filters);
  return search === '' ? '/api/grants/export' : `/api/grants/export?${search}`;
}

function query(fields: object): string {
  return new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)])).toString();
}

function pathOf(what: Revocation): string {
  if (what === 'all') return '/api/grants';
  if ('id' in what) return `/api/grants/${encodeURIComponent(what.id)}`;
  return `/api/grants?${query({ client: what.client })}`;
}
