import { createHash } from 'node:crypto';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import canonicalize from 'canonicalize';
import type { Call } from '../providers/call.js';
import type { AuthorityGrant, BroadGrant, RequestGrant } from './authority-grant.js';

/** Raised when what a digest covers changes, so that no approval of the old meaning fits the new one. */
const POLICY_VERSION = 1;

function sha256OfJson(value: unknown): string {
  return createHash('sha256')
    .update(canonicalize(value) as string)
    .digest('hex');
}

/** SHA-256 of the canonical call alone, over its RFC 8785 form. It never changes once the call is asked for. */
export function callDigest(call: Call): string {
  return sha256OfJson({
    method: call.method,
    url: call.url,
    headers: call.headers,
    body: call.body === null ? null : Buffer.from(call.body).toString('base64'),
  });
}

/** Four words of a list of 2,048 (44 bits), for people to compare by eye. The page sends back the whole digest. */
export function callWords(digest: string): readonly string[] {
  const bits = BigInt(`0x${digest.slice(0, 11)}`);
  return [33n, 22n, 11n, 0n].map((shift) => wordlist[Number((bits >> shift) & 2047n)] as string);
}

/** SHA-256 over the RFC 8785 form of everything that a grant allows and is bound to, as the approver is shown it. */
export function grantDigest(
  grant:
    | Pick<BroadGrant, 'kind' | 'id' | 'principal' | 'requested' | 'connections'>
    | Pick<RequestGrant, 'kind' | 'id' | 'principal' | 'call' | 'connection' | 'authorityMs'>,
): string {
  const binding = { ...grant.principal, id: grant.id, policy: POLICY_VERSION };
  if (grant.kind === 'broad') {
    return sha256OfJson({ kind: 'broad', binding, scope: grant.requested, connections: grant.connections });
  }
  return sha256OfJson({
    kind: 'request',
    binding,
    call: grant.call.callDigest,
    provider: grant.call.provider,
    level: grant.call.level,
    connection: grant.connection,
    authorityMs: grant.authorityMs,
  });
}

/**
 * The digest of what is about to run: made again from the grant as it is stored and, for an exact call, from the very bytes that would be
 * sent. It equals the stored digest, which is the one that the approver sent back, or nothing may be sent (I10).
 */
export function executionDigest(grant: AuthorityGrant, call: Call): string {
  if (grant.kind === 'broad') return grantDigest(grant);
  return grantDigest({ ...grant, call: { ...grant.call, callDigest: callDigest(call) } });
}
