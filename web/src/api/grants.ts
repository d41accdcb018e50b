import { endedGrants, type GrantPageView, grantPage } from '../../../server/approvals/access.contract.js';
import type { Http } from './http.js';

export type GrantsState = 'pending' | 'active' | 'ended';
export type Revocation = { readonly id: string } | { readonly client: string } | 'all';

export interface GrantsApi {
  list(state: GrantsState, cursor?: string | null): Promise<GrantPageView>;
  /** How many ended. */
  revoke(csrfToken: string, what: Revocation): Promise<number>;
}

export function grantsApi(http: Http): GrantsApi {
  return {
    list(state, cursor = null) {
      const query = new URLSearchParams({ state, ...(cursor === null ? {} : { cursor }) });
      return http.ask({ method: 'GET', path: `/api/grants?${query}`, answer: grantPage });
    },
    async revoke(csrfToken, what) {
      const { ended } = await http.ask({ method: 'DELETE', path: pathOf(what), answer: endedGrants, csrfToken });
      return ended;
    },
  };
}

function pathOf(what: Revocation): string {
  if (what === 'all') return '/api/grants';
  if ('id' in what) return `/api/grants/${encodeURIComponent(what.id)}`;
  return `/api/grants?${new URLSearchParams({ client: what.client })}`;
}
