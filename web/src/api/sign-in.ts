export interface SignInWish {
  /** The organization to sign in to. */
  readonly organization?: string;
  /** Asks for the credentials again, or for another account's, also where the identity provider still knows the person. */
  readonly isFresh?: boolean;
}

/** A GET of ours that starts a sign-in and comes back to `returnTo`. */
export function signInPath(returnTo: string, { organization, isFresh = false }: SignInWish = {}): string {
  const wish = { ...(organization === undefined ? {} : { organization }), ...(isFresh ? { fresh: '1' } : {}) };
  return `/login?${new URLSearchParams({ ...wish, returnTo })}`;
}
