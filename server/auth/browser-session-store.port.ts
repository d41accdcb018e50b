import type { BrowserSession, BrowserSessionChanges } from './browser-session.js';

/** Keeps browser sessions. Rejects with `store_unavailable` within 1 s when the store is out of reach. */
export abstract class BrowserSessionStore {
  abstract save(session: BrowserSession): Promise<void>;

  /** `null` for none and for one that is over. */
  abstract find(id: string): Promise<BrowserSession | null>;

  /**
   * Changes a session that is still there, in one step, and leaves its other fields as they are: a session that was
   * deleted meanwhile must not come back.
   * @returns `false` when it is gone.
   */
  abstract update(id: string, changes: BrowserSessionChanges): Promise<boolean>;

  abstract delete(id: string): Promise<void>;
}
