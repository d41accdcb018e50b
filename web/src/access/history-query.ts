import type { GrantFilters } from '../api/grants.js';

/** The filters as chosen; an empty text filters nothing. Dates are days where the person is, like `2026-11-22`. */
export interface Filters {
  readonly provider?: string;
  readonly client?: string;
  readonly outcome?: string;
  readonly from?: string;
  readonly to?: string;
}

/** What the server is asked for: from the first moment of the one day to the last of the other. */
export function queryOf({ provider, client, outcome, from, to }: Filters): GrantFilters {
  return {
    ...(provider && { provider }),
    ...(client && { client }),
    ...(outcome && { outcome }),
    ...(from && { from: new Date(`${from}T00:00:00`).getTime() }),
    ...(to && { to: new Date(`${to}T23:59:59.999`).getTime() }),
  };
}

/** The first day comes after the last: nothing can lie between. */
export function isBackwards({ from, to }: Filters): boolean {
  return Boolean(from && to && from > to);
}
