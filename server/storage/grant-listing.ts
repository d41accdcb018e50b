import { type AuthorityGrant, type GrantStatus, type Moment, statusOf } from '../grants/authority-grant.js';
import type { GrantPage, GrantQuery } from '../grants/grant-store.port.js';
import { DomainError } from '../kernel/domain-error.js';

/** Records that are read at a time. */
export const STRETCH = 100;

/** A page that would look further than this stops short, with a cursor: no question keeps the store busy for long. */
const LOOKED_AT_MAX = 1_000;

/** Entries of an index outlive the history by more than any request waits or authority lasts. */
export const MARGIN_MS = 7 * 24 * 3_600_000;

const DIGITS = 15;
const POSITION = /^\d{15}\.[a-z2-7]{48}$/;

/** Where a grant stands among all of its person's: sorts by time of asking, then by id. A page's cursor is one of these. */
export function positionOf(grant: AuthorityGrant): string {
  return `${positionAt(grant.requestedAt)}.${grant.id}`;
}

/** What every position of that millisecond begins with. */
export function positionAt(instant: number): string {
  return String(Math.trunc(instant)).padStart(DIGITS, '0');
}

export function idAt(position: string): string {
  return position.slice(DIGITS + 1);
}

export function instantAt(position: string): number {
  return Number(position.slice(0, DIGITS));
}

/** @throws DomainError `invalid_arguments` */
export function cursorOf(query: GrantQuery): string | null {
  if (query.cursor === undefined) return null;
  if (!POSITION.test(query.cursor))
    throw new DomainError('invalid_arguments', 'This cursor is not from a page before.');
  return query.cursor;
}

/** Below which position a page begins: behind the page before, and not after `to`. `null`: with the newest. */
function startOf(query: GrantQuery): string | null {
  const cursor = cursorOf(query);
  if (query.to === undefined) return cursor;
  // `/` follows the dot behind the instant in every position.
  const latest = `${positionAt(query.to)}/`;
  return cursor === null || latest < cursor ? latest : cursor;
}

/** Whether a grant belongs on a list, as it is at `moment`. */
export function isListed(grant: AuthorityGrant, query: GrantQuery, moment: Moment): boolean {
  const status = statusOf(grant, moment);
  if (stateOf(status) !== query.state) return false;
  if (query.outcome !== undefined && status !== query.outcome) return false;
  if (query.clientId !== undefined && grant.principal.clientId !== query.clientId) return false;
  if (query.provider !== undefined && !providersOf(grant).includes(query.provider)) return false;
  return grant.requestedAt >= (query.from ?? 0) && grant.requestedAt <= (query.to ?? Number.MAX_SAFE_INTEGER);
}

/** A stretch of a person's grants, newest first, as they are at `moment`. */
export interface Stretch {
  readonly moment: Moment;
  readonly grants: readonly AuthorityGrant[];
  /** Where the next stretch goes on; `null` when nothing follows. */
  readonly last: string | null;
}

/** One page from as many stretches as it takes. `read`: what stands below a position, from the newest. */
export async function gather(query: GrantQuery, read: (before: string | null) => Promise<Stretch>): Promise<GrantPage> {
  const listed: AuthorityGrant[] = [];
  let before = startOf(query);
  for (let looked = STRETCH; ; looked += STRETCH) {
    const { moment, grants, last } = await read(before);
    listed.push(...grants.filter((grant) => isListed(grant, query, moment)));
    if (last === null) return pageOf(listed, query, moment, listed.length);
    const isFull = listed.length > query.limit;
    if (isFull && !isCounting(query)) return pageOf(listed, query, moment, null);
    if (looked >= LOOKED_AT_MAX) {
      const page = pageOf(listed, query, moment, null);
      return isFull ? page : { ...page, nextCursor: last };
    }
    before = last;
  }
}

/** Later pages need no count: the first one has said it. */
function isCounting({ isCounted, cursor }: GrantQuery): boolean {
  return isCounted === true && cursor === undefined;
}

/** `found`: how many follow the cursor in all, when that is known. */
export function pageOf(
  listed: readonly AuthorityGrant[],
  query: GrantQuery,
  moment: Moment,
  found: number | null,
): GrantPage {
  const grants = listed.slice(0, query.limit);
  const last = grants.at(-1);
  const nextCursor = last && listed.length > query.limit ? positionOf(last) : null;
  return { ...moment, grants, nextCursor, total: isCounting(query) ? found : null };
}

function stateOf(status: GrantStatus): GrantQuery['state'] {
  if (status === 'pending') return 'pending';
  return status === 'approved' || status === 'executing' ? 'active' : 'ended';
}

export function providersOf(grant: AuthorityGrant): readonly string[] {
  return grant.kind === 'broad' ? grant.requested.providers : [grant.call.provider];
}
