import type { BrowserSession } from './browser-session.js';

/** Told before a browser session ends, so that what was approved in it ends first. */
export abstract class BrowserSessionEnded {
  /**
   * Ends the grants that were approved in this session.
   * @returns how many it ended. Rejects when it could not: then the session stays, and signing out can be tried again.
   */
  abstract ended(session: BrowserSession): Promise<number>;
}
