import type { Principal } from '../kernel/principal.js';

/** One client's signed-in connection for one principal. Holds no authority: grants point to it, never the reverse. */
export interface Session {
  readonly tag: string;
  readonly principal: Principal;
  /** The client's own claim, unverified. */
  readonly clientName: string | null;
  readonly startedAt: number;
  readonly seenAt: number;
}

const NAME_MAX = 100;

/** What is kept of a client's claim about its name. Nothing that is empty, nothing without end. */
export function claimedName(claim: unknown): string | undefined {
  return typeof claim === 'string' ? claim.trim().slice(0, NAME_MAX) || undefined : undefined;
}
