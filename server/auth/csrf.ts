import { createHmac } from 'node:crypto';
import type { BrowserSession } from './browser-session.js';
import { isSameSecret } from './constant-time.js';
import type { Keys } from './keys.js';

/** What a token is good for: the decision of one request, or every other unsafe request of one session. */
export type CsrfPurpose = { readonly for: 'session' } | { readonly for: 'decide'; readonly approvalId: string };

/** The token that the page sends back as `X-CSRF-Token`. Good for this browser session and this purpose alone. */
export function csrfToken(keys: Keys, session: Pick<BrowserSession, 'id'>, purpose: CsrfPurpose): string {
  return made(keys.current('csrf'), session.id, purpose);
}

export function isCsrfToken(
  keys: Keys,
  session: Pick<BrowserSession, 'id'>,
  purpose: CsrfPurpose,
  token: string,
): boolean {
  return keys.all('csrf').some((key) => isSameSecret(made(key, session.id, purpose), token));
}

function made(key: Uint8Array, sessionId: string, purpose: CsrfPurpose): string {
  // A JSON array keeps the parts apart, whatever characters they contain.
  const parts = [purpose.for, sessionId, purpose.for === 'decide' ? purpose.approvalId : null];
  return createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');
}
