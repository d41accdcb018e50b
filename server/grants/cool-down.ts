import type { AuthorityGrant, ReasonCode } from './authority-grant.js';

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

/** The longest: a store keeps a denial at hand for this long. */
export const COOL_DOWN_MAX_MS = Math.max(WITHOUT_REASON_MS, ...Object.values(COOL_DOWN_MS));

/** Until when the question of a denied grant is not put again; `null` for a grant that was not denied. */
export function askAgainAt({ status, decision }: AuthorityGrant): number | null {
  if (status !== 'denied' || decision === null) return null;
  return decision.at + (decision.reasonCode === null ? WITHOUT_REASON_MS : COOL_DOWN_MS[decision.reasonCode]);
}
