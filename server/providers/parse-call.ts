import { DomainError } from '../kernel/domain-error.js';
import type { Call, CallInput, Method } from './call.js';
import { METHODS } from './call.js';
import { readBody } from './call-body.js';
import { readHeaders } from './call-headers.js';
import { readUrl } from './call-url.js';
import type { ProviderDefinition } from './provider.js';

export interface ParsedCall {
  readonly call: Call;
  readonly provider: ProviderDefinition;
}

/**
 * Reads what an assistant passes into the one canonical form, or refuses it. `locate` names the provider that claims a method
 * and URL, or throws.
 * @throws DomainError
 */
export function parseCall(input: CallInput, locate: (method: Method, url: URL) => ProviderDefinition): ParsedCall {
  const method = readMethod(input.method);
  const url = readUrl(input.url);
  const provider = locate(method, url);
  const headersGiven = input.headers ?? {};
  const body = readBody(input.body, method, contentTypeOf(headersGiven, provider));
  const headers = readHeaders(headersGiven, provider, body !== null);
  return { provider, call: { method, url: url.href, headers, body } };
}

function readMethod(text: string): Method {
  const method = METHODS.find((known) => known === text);
  if (method !== undefined) return method;
  throw new DomainError('method_not_allowed', `The method must be one of ${METHODS.join(', ')}, in capitals.`);
}

/** What the body will be sent as. A caller's choice counts only where the provider lets callers choose. */
function contentTypeOf(headers: Readonly<Record<string, string>>, provider: ProviderDefinition): string {
  const chosen = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const allowed = provider.callerHeaders['content-type'];
  return allowed !== undefined && chosen !== undefined ? chosen : provider.contentType;
}
