export const CONNECTION_STATES = ['connected', 'needs_reauthorization', 'not_connected'] as const;
export type ConnectionState = (typeof CONNECTION_STATES)[number];

/** One integration of the organization as one person sees it, with the account that they linked to it. */
export interface Connection {
  /** Slug of the integration in WorkOS Pipes. */
  readonly slug: string;
  /** The integration's name as the organization calls it. Untrusted text. */
  readonly name: string;
  readonly state: ConnectionState;
  /** Id of the linked account; `null` when there is none. */
  readonly accountId: string | null;
  readonly scopes: readonly string[];
  /** What the integration asks for and the person did not allow at the provider: calls that need it fail there. */
  readonly missingScopes: readonly string[];
  /** Epoch milliseconds of linking. */
  readonly connectedAt: number | null;
}
