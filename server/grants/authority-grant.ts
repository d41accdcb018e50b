import type { AccessLevel } from '../kernel/access-level.js';
import type { Principal } from '../kernel/principal.js';

/**
 *  pending ──approve──▶ approved ──begin──▶ executing ──▶ executed | failed | outcome_unknown     (kind request)
 *     │                    │
 *     ├─deny──────▶ denied ├─revoke──▶ revoked
 *     ├─withdraw──▶ withdrawn
 *     └─time──────▶ expired├─time──▶ expired                      (approved is where a broad grant lives)
 *                          └─store lost its epoch──▶ voided
 *
 *  expired, voided and the outcome_unknown of a crashed call are computed by `statusOf`, never written by a timer.
 */
const STORED_STATUSES = [
  'pending',
  'approved',
  'executing',
  'executed',
  'failed',
  'outcome_unknown',
  'denied',
  'withdrawn',
  'revoked',
] as const;
export type StoredStatus = (typeof STORED_STATUSES)[number];

export const GRANT_STATUSES = [...STORED_STATUSES, 'expired', 'voided'] as const;
export type GrantStatus = (typeof GRANT_STATUSES)[number];

/** The store's clock and its epoch: another epoch means that the store may have lost writes. */
export interface Moment {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly epoch: string;
}

export interface BroadScope {
  readonly level: AccessLevel;
  /** Provider ids, sorted. */
  readonly providers: readonly string[];
  readonly durationMs: number;
  /** `null`: no limit within the time. */
  readonly maxCalls: number | null;
}

export const REASON_CODES = ['wrong_account', 'too_broad', 'not_now', 'no'] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

/** `declined`: the client says that its user would not open the page. */
const WITHDRAW_REASONS = ['superseded', 'by_client', 'declined', 'by_user'] as const;
export type WithdrawReason = (typeof WITHDRAW_REASONS)[number];

/** The person who decides, as verified by the browser sign-in. */
export interface Approver {
  readonly userId: string;
  readonly organization: string | null;
  /** Id of our browser-session row, for audit and for ending what was approved there. */
  readonly browserSession: string;
}

export interface Decision {
  readonly at: number;
  readonly by: Approver;
  readonly note: string | null;
  readonly reasonCode: ReasonCode | null;
}

/** What is known of one call that was begun under a grant. Never a body. */
export interface CallRecord {
  readonly claimId: string;
  readonly at: number;
  readonly provider: string;
  readonly method: string;
  readonly url: string;
  readonly level: AccessLevel;
  readonly finishedAt: number | null;
  readonly result: 'started' | 'answered' | 'failed' | 'outcome_unknown';
  /** HTTP status of the provider's answer. */
  readonly status: number | null;
  readonly answerBytes: number | null;
  /** Why there is no answer. */
  readonly failure: string | null;
}

interface GrantBase {
  readonly id: string;
  readonly version: number;
  readonly status: StoredStatus;
  readonly principal: Principal;
  /** The client's own claim, unverified. */
  readonly clientName: string | null;
  readonly sessionStartedAt: number;
  /** The assistant's own words. */
  readonly reason: string;
  readonly requestedAt: number;
  /** When a pending request expires. */
  readonly closesAt: number;
  /** SHA-256 over everything that the approver is shown and that the authority is bound to. */
  readonly digest: string;
  readonly decision: Decision | null;
  /** When the authority ends; `null` before approval. The clock starts at approval. */
  readonly expiresAt: number | null;
  /** The store's epoch at approval. */
  readonly epoch: string | null;
  readonly endedAt: number | null;
  readonly withdrawReason: WithdrawReason | null;
}

export interface BroadGrant extends GrantBase {
  readonly kind: 'broad';
  readonly requested: BroadScope;
  /** Provider id → connection id, as shown; absent when not connected. */
  readonly connections: Readonly<Record<string, string>>;
  readonly granted: BroadScope | null;
  readonly callsMade: number;
  /** Newest first, at most `LAST_CALLS`. */
  readonly lastCalls: readonly CallRecord[];
}

/** The one exact call, without its body, which has a record of its own in the store. */
export interface BoundCall {
  readonly provider: string;
  readonly level: AccessLevel;
  /** A clause that follows “because”. */
  readonly levelReason: string;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** `null`: no body, which is not the same as an empty one. */
  readonly bodyBytes: number | null;
  /** SHA-256 of the canonical call alone; the four words come from it. */
  readonly callDigest: string;
  /** A sentence such as “Archive a page in Notion”, from the provider's `describe`. */
  readonly title: string;
  readonly destructive: boolean;
}

export interface RequestGrant extends GrantBase {
  readonly kind: 'request';
  readonly call: BoundCall;
  /** The connection that the call is bound to; `null` while the provider is not connected. */
  readonly connection: string | null;
  /** How long the approved call may wait to be run. */
  readonly authorityMs: number;
  readonly execution: CallRecord | null;
}

export type AuthorityGrant = BroadGrant | RequestGrant;

export const LAST_CALLS = 5;

/** A call that is still executing after this was lost with its process. Longer than the upper bound of a send. */
export const EXECUTING_MAX_MS = 60_000;

/** The status at `moment`. Pure: the store's clock is the only one that counts. */
export function statusOf(grant: AuthorityGrant, moment: Moment): GrantStatus {
  switch (grant.status) {
    case 'pending':
      return moment.now >= grant.closesAt ? 'expired' : 'pending';
    case 'approved':
      if (grant.expiresAt === null || moment.now >= grant.expiresAt) return 'expired';
      return grant.epoch === moment.epoch ? 'approved' : 'voided';
    case 'executing': {
      const begunAt = grant.kind === 'request' ? (grant.execution?.at ?? 0) : 0;
      return moment.now >= begunAt + EXECUTING_MAX_MS ? 'outcome_unknown' : 'executing';
    }
    default:
      return grant.status;
  }
}

/** Pending, or holding authority, or being used: what a call loads. */
export function isLive(grant: AuthorityGrant, moment: Moment): boolean {
  const status = statusOf(grant, moment);
  return status === 'pending' || status === 'approved' || status === 'executing';
}

/** When a grant stops being live if nothing else happens. */
export function liveUntil(grant: AuthorityGrant): number {
  if (grant.status === 'pending') return grant.closesAt;
  if (grant.status === 'approved') return grant.expiresAt ?? 0;
  if (grant.status === 'executing' && grant.kind === 'request') return (grant.execution?.at ?? 0) + EXECUTING_MAX_MS;
  return 0;
}
