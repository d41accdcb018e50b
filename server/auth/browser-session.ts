/** One signed-in browser. Kept by the server under the SHA-256 of the cookie's 256-bit id; the cookie holds only the id. */
export interface BrowserSession {
  /** SHA-256 of the cookie value, hex. Names the row and appears in audit events; it opens nothing. */
  readonly id: string;
  readonly userId: string;
  readonly email: string;
  readonly name: string | null;
  readonly organization: string | null;
  readonly providerSession: string;
  readonly isImpersonated: boolean;
  readonly authenticatedAt: number;
  /** Sealed by the identity provider's SDK. */
  readonly sealed: string;
  readonly startedAt: number;
  readonly seenAt: number;
  /** Ids that this person's session had before in this browser: what was approved under them is still theirs to end. */
  readonly replaced?: readonly string[];
}

/** `id` names this session, or one that it took the place of. */
export function isSessionOrReplaced(session: BrowserSession, id: string): boolean {
  return session.id === id || (session.replaced?.includes(id) ?? false);
}

/** What a living session may change. Another person or organization is another session with another id. */
export type BrowserSessionChanges = Partial<Pick<BrowserSession, 'seenAt' | 'sealed'>>;

export const BROWSER_SESSION_IDLE_MS = 30 * 60_000;
export const BROWSER_SESSION_MAX_MS = 8 * 3_600_000;

export function isBrowserSessionLive(session: BrowserSession, now: number): boolean {
  return now < session.seenAt + BROWSER_SESSION_IDLE_MS && now < session.startedAt + BROWSER_SESSION_MAX_MS;
}
