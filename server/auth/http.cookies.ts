import { createHash } from 'node:crypto';
import { parseCookie, type SetCookie, stringifySetCookie } from 'cookie';
import { DomainError } from '../kernel/domain-error.js';

/** A sign-in has to be finished within this. */
export const SIGN_IN_MS = 10 * 60_000;

/**
 * `__Host-` (RFC 6265bis §4.1.3.2) keeps sibling domains from setting our cookies. Browsers refuse it without TLS, so on
 * http://localhost the names have no prefix.
 */
export function sessionCookieName(isHttps: boolean): string {
  return `${isHttps ? '__Host-' : ''}pipes_session`;
}

/** One cookie a sign-in, so that two tabs do not disturb each other. */
export function signInCookieName(isHttps: boolean, state: string): string {
  const suffix = createHash('sha256').update(state).digest('hex').slice(0, 16);
  return `${isHttps ? '__Host-' : ''}pipes_login_${suffix}`;
}

/** Strict: our page's own requests are same-site, and nobody else's may carry it. */
export function sessionCookie(isHttps: boolean, value: string): string {
  return made(isHttps, sessionCookieName(isHttps), value, { sameSite: 'strict' });
}

/** Lax: the browser comes back from the identity provider by a link. */
export function signInCookie(isHttps: boolean, state: string, value: string): string {
  return made(isHttps, signInCookieName(isHttps, state), value, { sameSite: 'lax', maxAge: SIGN_IN_MS / 1000 });
}

/** Deletes the cookie in the browser. */
export function clearedCookie(isHttps: boolean, name: string): string {
  return made(isHttps, name, '', { sameSite: 'strict', maxAge: 0 });
}

function made(isHttps: boolean, name: string, value: string, rest: Partial<SetCookie>): string {
  return stringifySetCookie({ name, value, path: '/', httpOnly: true, secure: isHttps, ...rest });
}

/**
 * @returns `null` when the request does not carry the cookie.
 * @throws DomainError `invalid_arguments` when it carries the name twice: one of the two was planted.
 */
export function readCookie(header: string | undefined, name: string): string | null {
  const pairs = header?.split(';').filter((pair) => pair.split('=')[0]?.trim() === name) ?? [];
  if (pairs.length > 1)
    throw new DomainError('invalid_arguments', 'The browser sent a cookie twice. Clear the cookies of this site.');
  return (pairs[0] && parseCookie(pairs[0])[name]) || null;
}
