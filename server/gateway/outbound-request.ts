import { DomainError } from '../kernel/domain-error.js';
import type { Secret } from '../kernel/secret.js';
import type { Call } from '../providers/call.js';
import type { ProviderDefinition } from '../providers/provider.js';
import type { OutboundRequest } from './transport.port.js';

const TOKEN_MAX = 16 * 1024;

/**
 * The request as it goes on the wire: the call as it was judged and shown, the credential, and that we want the answer unencoded.
 * Nothing else is added here and nothing is changed (I10).
 * @throws DomainError `workos_unavailable` when the token is not one that can stand in a header: nothing is sent
 */
export function outboundRequest(call: Call, provider: ProviderDefinition, token: Secret): OutboundRequest {
  const raw = token.reveal();
  if (raw.length > TOKEN_MAX || !/^[\x21-\x7e]+$/.test(raw)) {
    throw new DomainError('workos_unavailable', `The token for ${provider.name} came back unusable. Try again later.`);
  }
  const [name, value] = provider.credential(raw);
  const credential = name.toLowerCase();
  const own = call.headers.filter(([header]) => header !== credential && header !== 'accept-encoding');
  if (own.length !== call.headers.length) {
    throw new DomainError('header_not_allowed', 'The call carries a header that only this server may set.');
  }
  const headers = [...own, [credential, value] as const, ['accept-encoding', 'identity'] as const];
  return { method: call.method, url: call.url, headers, body: call.body };
}
