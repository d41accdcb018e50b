import { covers } from '../kernel/access-level.js';
import { DomainError } from '../kernel/domain-error.js';
import type { AuthorityGrant, BroadScope, ReasonCode } from './authority-grant.js';

const MINUTE_MS = 60_000;

/**
 * How long the same question is not put again after a denial. “No” holds for a piece of work; “too broad” and “wrong account” ask for
 * another question, which may come at once, and keep the old one away meanwhile; “not now” and a denial without a reason say
 * little, so they only keep a client from asking until somebody is tired (approval fatigue).
 */
const COOL_DOWN_MS: Readonly<Record<ReasonCode, number>> = {
  no: 60 * MINUTE_MS,
  too_broad: 15 * MINUTE_MS,
  wrong_account: 15 * MINUTE_MS,
  not_now: 5 * MINUTE_MS,
};
const WITHOUT_REASON_MS = 5 * MINUTE_MS;

/**
 * A question can be worded anew without end: a space in a body, a parameter that nobody reads. After so many plain denials for one provider
 * the client has its answer, and whatever it asks there waits.
 */
const DENIALS_MAX = 3;
export const AFTER_DENIALS_MS = 15 * MINUTE_MS;

/** The longest: a store keeps a denial at hand for this long. */
export const COOL_DOWN_MAX_MS = Math.max(WITHOUT_REASON_MS, ...Object.values(COOL_DOWN_MS));

/**
 * When a person refused a question: denied it on its page, or declined the page at their client. That is the client's own claim, and
 * counts as a denial without a reason: a client that makes it up keeps only itself from asking.
 */
export function refusedAt({ status, decision, withdrawReason, endedAt }: AuthorityGrant): number | null {
  if (status === 'denied') return decision?.at ?? null;
  return status === 'withdrawn' && withdrawReason === 'declined' ? endedAt : null;
}

/** Until when the question of a refused grant is not put again; `null` for a grant that was not refused. */
export function askAgainAt(grant: AuthorityGrant): number | null {
  const at = refusedAt(grant);
  if (at === null) return null;
  const reasonCode = grant.decision?.reasonCode ?? null;
  return at + (reasonCode === null ? WITHOUT_REASON_MS : COOL_DOWN_MS[reasonCode]);
}

/**
 * After a refusal the same question is not put again for a while, whichever session of the client puts it. `denied`: what this person
 * refused this client of late. A narrower question, and another one, may come at once, until three about one provider were refused.
 * @throws DomainError `recently_denied`, which says how long to wait
 */
export function checkNotRecentlyDenied(denied: readonly AuthorityGrant[], asked: AuthorityGrant, now: number): void {
  const [last] = [...putAgain(denied, asked), ...worn(denied, asked)]
    .filter(({ until }) => now < until)
    .sort((a, b) => b.until - a.until);
  if (!last) return;
  const retryAfterMs = last.until - now;
  const minutes = Math.ceil(retryAfterMs / MINUTE_MS);
  const wait = minutes === 1 ? 'a minute' : `${minutes} minutes`;
  const message = last.isMany
    ? `The user denied or declined ${DENIALS_MAX} questions about one provider within ${AFTER_DENIALS_MS / MINUTE_MS} minutes. None about it is put for another ${wait}.`
    : `The user ${last.grant.status === 'denied' ? 'denied' : 'declined'} this question a while ago. It is not put again for another ${wait}.`;
  const reasonCode = last.grant.decision?.reasonCode ?? null;
  throw new DomainError('recently_denied', message, {
    requestId: last.grant.id,
    retryAfterMs,
    ...(reasonCode === null ? {} : { refusalReason: reasonCode }),
  });
}

/** About what a client may put no question at all, however it is worded, and until when. */
export interface Brake {
  readonly providers: readonly string[];
  readonly until: number;
}

/** The brake as it holds for the providers of a denied grant. `denied`: what this person denied to this client of late. */
export function brakeAfter(grant: AuthorityGrant, denied: readonly AuthorityGrant[], now: number): Brake | null {
  const holding = worn(denied, grant).filter(({ until }) => now < until);
  if (grant.status !== 'denied' || holding.length === 0) return null;
  return {
    providers: holding.map(({ provider }) => provider),
    until: Math.min(...holding.map(({ until }) => until)),
  };
}

interface Refusal {
  readonly grant: AuthorityGrant;
  readonly until: number;
  readonly isMany: boolean;
}

function putAgain(denied: readonly AuthorityGrant[], asked: AuthorityGrant): readonly Refusal[] {
  return denied
    .filter((grant) => isPutAgain(grant, asked))
    .map((grant) => ({ grant, until: askAgainAt(grant) ?? 0, isMany: false }));
}

/** “Too broad” and “wrong account” ask for another question, so they do not count as an answer to all of them. */
function worn(
  denied: readonly AuthorityGrant[],
  asked: AuthorityGrant,
): readonly (Refusal & { readonly provider: string })[] {
  const at = (grant: AuthorityGrant) => refusedAt(grant) ?? 0;
  const wanted = providersOf(asked);
  const plain = denied
    .filter((grant) => refusedAt(grant) !== null && grant.principal.organization === asked.principal.organization)
    .filter(({ decision }) => decision?.reasonCode !== 'too_broad' && decision?.reasonCode !== 'wrong_account')
    .sort((a, b) => at(b) - at(a));
  return wanted.flatMap((provider) => {
    const last = plain.filter((grant) => providersOf(grant).includes(provider)).slice(0, DENIALS_MAX);
    const [newest, oldest] = [last[0], last[DENIALS_MAX - 1]];
    if (newest === undefined || oldest === undefined) return [];
    if (at(newest) - at(oldest) > AFTER_DENIALS_MS) return [];
    return [{ provider, grant: newest, until: at(newest) + AFTER_DENIALS_MS, isMany: true }];
  });
}

function providersOf(grant: AuthorityGrant): readonly string[] {
  return grant.kind === 'broad' ? grant.requested.providers : [grant.call.provider];
}

/** A wider question contains the denied one. What was denied to be too broad may be narrowed in any way; a no is not undone by a minute less. */
function isPutAgain(denied: AuthorityGrant, asked: AuthorityGrant): boolean {
  if (denied.principal.organization !== asked.principal.organization) return false;
  const reasonCode = denied.decision?.reasonCode;
  if (denied.kind === 'request' && asked.kind === 'request') {
    const isOtherAccount = reasonCode === 'wrong_account' && denied.connection !== asked.connection;
    return denied.call.callDigest === asked.call.callDigest && !isOtherAccount;
  }
  if (denied.kind !== 'broad' || asked.kind !== 'broad') return false;
  const [old, now] = [denied.requested, asked.requested];
  if (!covers(now.level, old.level) || !old.providers.every((provider) => now.providers.includes(provider)))
    return false;
  if (reasonCode === 'wrong_account') {
    return old.providers.every((provider) => denied.connections[provider] === asked.connections[provider]);
  }
  return reasonCode !== 'too_broad' || (now.durationMs >= old.durationMs && callsOf(now) >= callsOf(old));
}

function callsOf({ maxCalls }: BroadScope): number {
  return maxCalls ?? Number.POSITIVE_INFINITY;
}
