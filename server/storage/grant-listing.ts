import { type AuthorityGrant, type GrantStatus, type Moment, statusOf } from '../grants/authority-grant.js';
import type { GrantQuery } from '../grants/grant-store.port.js';
import { DomainError } from '../kernel/domain-error.js';

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

/** Whether a grant belongs on a list, as it is at `moment`. */
export function isListed(grant: AuthorityGrant, query: GrantQuery, moment: Moment): boolean {
  const status = statusOf(grant, moment);
  if (stateOf(status) !== query.state) return false;
  if (query.outcome !== undefined && status !== query.outcome) return false;
  if (query.clientId !== undefined && grant.principal.clientId !== query.clientId) return false;
  if (query.provider !== undefined && !providersOf(grant).includes(query.provider)) return false;
  return grant.requestedAt >= (query.from ?? 0) && grant.requestedAt <= (query.to ?? Number.MAX_SAFE_INTEGER);
}

function stateOf(status: GrantStatus): GrantQuery['state'] {
  if (status === 'pending') return 'pending';
  return status === 'approved' || status === 'executing' ? 'active' : 'ended';
}

function providersOf(grant: AuthorityGrant): readonly string[] {
  return grant.kind === 'broad' ? grant.requested.providers : [grant.call.provider];
}
