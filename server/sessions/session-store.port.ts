import type { Principal } from '../kernel/principal.js';
import type { Session } from './session.js';

/** Keeps sessions. Rejects with `store_unavailable` within 1 s when the store is out of reach. */
export abstract class SessionStore {
  /** The principal's session, begun when it is new, with `clientName` remembered when it is given. */
  abstract identify(principal: Principal, clientName?: string): Promise<Session>;
}
