/** Labels and short texts that are the same everywhere. */
export const words = {
  brand: 'Countersign',
  skip: 'Skip to content',
  site: 'Site',
  myAccess: 'My access',
  signOut: 'Sign out',
  signIn: 'Sign in with your company account',
  signInShort: 'Sign in',
  signInOther: 'Sign in with another account',
  tryAgain: 'Try again',
  sending: 'Sending…',
  read: 'Read',
  write: 'Write',
  readAndWrite: 'Read and write',
  destructive: 'Destructive',
  exactCall: 'one exact call',
  notVerified: 'name not verified',
  unnamedClient: 'a client without a name',
  connected: 'Connected',
  notConnected: 'Not connected',
  lacksScopes: 'Scopes are missing',
  missingScopes: 'Missing scopes',
  missingHint: 'Your organization asks for them, and this connection does not have them. Reconnect to allow them.',
  needsReconnect: 'Needs to be connected again',
  none: 'none',
  copy: 'Copy',
  copied: 'Copied',
  loading: 'Loading',
  revoke: 'Revoke',
  revokeNow: 'Revoke now',
  revoked: 'Revoked',
  connect: 'Connect',
  reconnect: 'Reconnect',
  disconnect: 'Disconnect',
  noOrganization: 'no organization',
} as const;

export const sandboxText = {
  label: 'Sandbox',
  title: 'Sandbox.',
  body: ' Accounts, consents and APIs on this server are played locally. Nothing reaches a real service.',
} as const;

export const signOutText = {
  title: 'Sign out of Countersign?',
  body: 'What you approved in this browser session ends with it. No call begins after that. One that had begun may still arrive.',
  stay: 'Stay signed in',
  failed: 'You are still signed in: the server did not answer. Try again.',
} as const;

/** What stands in the window's title. */
export function windowTitle(page: string): string {
  return `${page} · Countersign`;
}
