export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
}

export interface Membership {
  readonly organizationId: string;
  readonly organizationName: string;
}

/** What a finished browser sign-in tells. `sealed` is the provider's own session, opaque to us. */
export interface SignIn {
  readonly user: User;
  readonly organization: string | null;
  /** The provider's id of the browser session. Never the `sid` of an MCP token. */
  readonly providerSession: string;
  readonly isImpersonated: boolean;
  /** Epoch milliseconds of the last time the person proved who they are. */
  readonly authenticatedAt: number;
  readonly sealed: string;
}

export interface SignInStart {
  readonly url: string;
  readonly state: string;
  readonly codeVerifier: string;
}

/** Browser sign-in, people and memberships. Rejects with `workos_unavailable` within 10 s when it is out of reach. */
export abstract class Identity {
  abstract begin(options: { organization?: string; isFresh?: boolean }): Promise<SignInStart>;

  /** @throws DomainError `sign_in_failed` for a code that is wrong, used or of another browser. */
  abstract finish(answer: { code: string; codeVerifier: string; ip?: string; userAgent?: string }): Promise<SignIn>;

  /**
   * Renews the browser session, optionally in another organization of the person.
   * @returns `null` when the provider has ended it.
   */
  abstract renew(sealed: string, organization?: string): Promise<SignIn | null>;

  /** Where the browser ends its session at the provider. */
  abstract signOutUrl(providerSession: string, returnTo: string): string;

  abstract user(userId: string): Promise<User | null>;

  abstract memberships(userId: string): Promise<readonly Membership[]>;
}
