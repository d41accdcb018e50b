/** A GET of ours that starts a sign-in and comes back to `returnTo`. */
export function signInPath(returnTo: string, organization?: string): string {
  const query = new URLSearchParams({ ...(organization === undefined ? {} : { organization }), returnTo });
  return `/login?${query}`;
}
