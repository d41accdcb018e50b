import type { BrowserSession } from './browser-session.js';

/** Keeps browser sessions. Rejects with `store_unavailable` within 1 s when the store is out of reach. */
export abstract class BrowserSessionStore {
  abstract save(session: BrowserSession): Promise<void>;

  /** `null` for none and for one that is over. */
  abstract find(id: string): Promise<BrowserSession | null>;

  abstract delete(id: string): Promise<void>;
}
