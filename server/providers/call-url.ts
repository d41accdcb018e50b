import { DomainError } from '../kernel/domain-error.js';
import { carriesCredential, overridesMethod, parameterNames } from './forbidden-names.js';

export const URL_MAX = 4096;

/**
 * Reads a URL that everyone on its way reads alike (I16): the identity rule of WHATWG, and what that rule lets pass. Whether a
 * provider has such a host and path is not asked here. An encoded slash passes here and is judged by the path template.
 * @throws DomainError `url_not_canonical`, with the canonical form in the message and in `details.canonical` when there is one.
 */
export function readUrl(text: string): URL {
  const problem = problemOf(text);
  if (problem !== null) {
    const canonical = canonicalFormOf(text);
    const advice = canonical === null ? '' : ` Write it as ${canonical}.`;
    throw new DomainError('url_not_canonical', `The URL ${problem}.${advice}`, canonical === null ? {} : { canonical });
  }
  const url = new URL(text);
  for (const name of parameterNames(url.search.slice(1))) refuseParameter(name);
  return url;
}

function refuseParameter(name: string): void {
  if (overridesMethod(name)) {
    const message = `The query parameter “${name}” changes the method for some servers. Use the method itself.`;
    throw new DomainError('call_not_allowed', message, { parameter: name });
  }
  if (carriesCredential(name)) {
    const message = `The query parameter “${name}” carries a credential. Leave it out: the user's own token is added when the call is sent.`;
    throw new DomainError('call_not_allowed', message, { parameter: name });
  }
}

/** What is wrong, as a clause that follows “The URL”; `null` when nothing is. */
function problemOf(text: string): string | null {
  if (text.length > URL_MAX) return `is longer than ${URL_MAX} characters`;
  const url = parsed(text);
  if (url === null) return 'is not an absolute URL';
  if (url.protocol !== 'https:') return 'does not begin with https://';
  if (url.username !== '' || url.password !== '') return 'has a user name or password before the host';
  if (url.port !== '') return 'has a port';
  if (text.includes('#')) return 'has a fragment, which is never sent';
  if (url.hostname.endsWith('.')) return 'has a host that ends in a dot';
  if (/(^|\.)xn--/.test(url.hostname)) return 'has a host with characters outside ASCII';
  if (url.href !== text) return 'is not in its canonical form';
  if (text.endsWith('?')) return 'has an empty query';
  if (url.search.startsWith('??')) return 'has two question marks before its query';
  return problemOfPath(url.pathname) ?? problemOfEncoding(url.search, 'query');
}

function problemOfPath(path: string): string | null {
  if (path.includes('//')) return 'has an empty path segment (//)';
  if (path.includes(';')) return 'has path parameters (;)';
  if (/%2e/i.test(path)) return 'has an encoded dot in its path (%2E)';
  if (/%5c/i.test(path)) return 'has an encoded backslash in its path (%5C)';
  if (/%(?:[01][0-9a-f]|7f)/i.test(path)) return 'has an encoded control character in its path';
  if (/%(?:3[0-9]|[46][1-9a-f]|[57][0-9a]|2d|5f|7e)/i.test(path)) return 'encodes characters that need no encoding';
  return problemOfEncoding(path, 'path');
}

function problemOfEncoding(text: string, where: 'path' | 'query'): string | null {
  if (/%00/.test(text)) return `has an encoded NUL in its ${where}`;
  if (/%(?![0-9a-f]{2})/i.test(text)) return `has a % that encodes nothing in its ${where}`;
  try {
    decodeURIComponent(text);
    return null;
  } catch {
    return `has bytes that are not UTF-8 in its ${where}`;
  }
}

function parsed(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** The form that would be accepted, only if there is one. Never echoes a user name, a password or a fragment. */
function canonicalFormOf(text: string): string | null {
  const url = text.length > URL_MAX ? null : parsed(text);
  if (url === null || url.protocol !== 'https:') return null;
  url.username = '';
  url.password = '';
  url.hash = '';
  url.port = '';
  if (url.search === '') url.search = '';
  url.pathname = url.pathname
    .replace(/\/{2,}/g, '/')
    .replace(/%(?:3[0-9]|[46][1-9a-f]|[57][0-9a]|2d|5f|7e)/gi, decodeURIComponent);
  return problemOf(url.href) === null ? url.href : null;
}
