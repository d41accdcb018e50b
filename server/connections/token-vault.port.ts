import type { Secret } from '../kernel/secret.js';
import type { Connection } from './connection.js';

/** Whose connections: an account linked with an organization is another one than the same person's without. */
export interface Owner {
  readonly userId: string;
  readonly organization: string | null;
}

export type TokenAnswer =
  | {
      readonly kind: 'token';
      readonly token: Secret;
      /** The linked account that the token belongs to: `Connection.accountId`. */
      readonly accountId: string;
    }
  | { readonly kind: 'not_connected' }
  | { readonly kind: 'needs_reauthorization' };

/** Holds people's provider tokens. Rejects with `workos_unavailable` within 10 s when it is out of reach. */
export abstract class TokenVault {
  /** The integrations that are switched on for this person, with the state of each connection. */
  abstract connections(owner: Owner): Promise<readonly Connection[]>;

  /**
   * The token for one call. Never logged, never stored; held in memory for at most 60 s unless `isFresh` asks for one that
   * was fetched now.
   */
  abstract token(owner: Owner, slug: string, options?: { isFresh: boolean }): Promise<TokenAnswer>;

  /** Forgets what is held in memory, after the provider refused the token. */
  abstract forget(owner: Owner, slug: string): void;

  /**
   * A URL at which this person can link an account, for our own signed-in page only.
   * @throws DomainError `not_found` when the integration is not switched on.
   */
  abstract authorizeUrl(owner: Owner, slug: string, returnTo: string): Promise<string>;

  /** Unlinks. Does nothing when there is no connection. */
  abstract disconnect(owner: Owner, slug: string): Promise<void>;
}
