import { type AccessLevel, covers } from '../kernel/access-level.js';
import { type BroadGrant, statusOf } from './authority-grant.js';
import type { SessionView } from './grant-store.port.js';

export type Authorization =
  | { readonly isAllowed: true; readonly grant: BroadGrant }
  | {
      readonly isAllowed: false;
      readonly because: 'no_grant' | 'level' | 'calls_used';
      readonly held: BroadGrant | null;
    };

/**
 * Finds the broad grant that allows one call. Pure. Of several, the narrowest: the lower level first, then the one that
 * ends first, so that a wider approval is not spent on what a narrower one allows.
 */
export function authorize(view: SessionView, provider: string, needed: AccessLevel): Authorization {
  const held = view.grants
    .filter((grant): grant is BroadGrant => grant.kind === 'broad' && statusOf(grant, view) === 'approved')
    .filter((grant) => grant.granted?.providers.includes(provider))
    .sort((a, b) => rank(a) - rank(b) || (a.expiresAt ?? 0) - (b.expiresAt ?? 0));
  const enough = held.filter((grant) => covers(levelOf(grant), needed));
  const usable = enough.find((grant) => hasCallsLeft(grant));
  if (usable) return { isAllowed: true, grant: usable };
  if (enough[0]) return { isAllowed: false, because: 'calls_used', held: enough[0] };
  return { isAllowed: false, because: held[0] ? 'level' : 'no_grant', held: held[0] ?? null };
}

function levelOf(grant: BroadGrant): AccessLevel {
  return grant.granted?.level ?? 'read';
}

function rank(grant: BroadGrant): number {
  return levelOf(grant) === 'read' ? 0 : 1;
}

/** Whether an approval with a number of calls has one left. A spent one stays listed until its time is over, and allows nothing. */
export function hasCallsLeft(grant: BroadGrant): boolean {
  const maxCalls = grant.granted?.maxCalls ?? null;
  return maxCalls === null || grant.callsMade < maxCalls;
}
