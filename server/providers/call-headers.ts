import { DomainError } from '../kernel/domain-error.js';
import type { ProviderDefinition } from './provider.js';

const HEADERS_MAX = 16;
const VALUE_MAX = 1024;
const NAME = /^[a-z0-9!#$%&'*+.^_`|~-]{1,64}$/;
const VALUE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

/**
 * All headers that a call will carry but the credential, lower case and sorted: the provider's own, the content type of a body,
 * and those of the caller that the provider allows. Anything else is refused by name, never dropped (I19).
 * @throws DomainError `header_not_allowed`
 */
export function readHeaders(
  input: Readonly<Record<string, string>>,
  provider: ProviderDefinition,
  hasBody: boolean,
): readonly (readonly [name: string, value: string])[] {
  const headers = new Map(Object.entries(provider.headers).map(([name, value]) => [name.toLowerCase(), value]));
  if (hasBody) headers.set('content-type', provider.contentType);
  const entries = Object.entries(input);
  if (entries.length > HEADERS_MAX) refuse('', `At most ${HEADERS_MAX} headers are allowed.`);
  const seen = new Set<string>();
  for (const [written, value] of entries) {
    const name = written.toLowerCase();
    if (seen.has(name)) refuse(name, `The header “${name}” is there twice, in different case.`);
    seen.add(name);
    checkHeader(name, value, provider, headers);
    headers.set(name, value);
  }
  return [...headers].sort(([a], [b]) => (a < b ? -1 : 1));
}

function checkHeader(
  name: string,
  value: unknown,
  provider: ProviderDefinition,
  own: ReadonlyMap<string, string>,
): void {
  if (!NAME.test(name)) refuse(name.slice(0, 64), `${JSON.stringify(name.slice(0, 64))} is not a header name.`);
  const allowed = Object.hasOwn(provider.callerHeaders, name) ? provider.callerHeaders[name] : undefined;
  // Assistants like to say the content type that we send anyway. Saying the same changes nothing.
  const isOurs = name === 'content-type' && value === own.get(name);
  if (allowed === undefined && !isOurs) {
    const names = Object.keys(provider.callerHeaders);
    const allows =
      names.length === 0 ? `${provider.name} takes no headers from you` : `${provider.name} takes ${names.join(', ')}`;
    refuse(
      name,
      `The header “${name}” is not allowed: ${allows}. Credentials and versions are added when the call is sent.`,
    );
  }
  if (typeof value !== 'string' || value.length > VALUE_MAX || !VALUE.test(value)) {
    refuse(name, `The value of the header “${name}” is not visible ASCII of at most ${VALUE_MAX} characters.`);
  }
  if (allowed !== undefined && allowed !== 'any' && !allowed.includes(value)) {
    refuse(name, `The header “${name}” may be ${allowed.join(' or ')}.`);
  }
}

function refuse(header: string, message: string): never {
  throw new DomainError('header_not_allowed', message, { header });
}
