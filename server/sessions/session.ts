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
