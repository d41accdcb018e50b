import canonicalize from 'canonicalize';
import type { RequestGrant } from '../grants/authority-grant.js';
import { DomainError } from '../kernel/domain-error.js';
import type { Call } from '../providers/call.js';

/**
 * I10: what a caller passes along with a request id is only compared; the stored bytes are sent. Equal JSON values count as
 * equal bodies, whatever their formatting.
 * @throws DomainError `request_mismatch`, naming the part that differs. Nothing is spent.
 */
export function isTheApprovedCall(grant: RequestGrant, approvedBody: Uint8Array | null, passed: Call): void {
  const differing = differingPart(grant, approvedBody, passed);
  if (differing === null) return;
  throw new DomainError(
    'request_mismatch',
    `The ${differing} differs from the approved call. Send the request id alone to run what was approved, or ask for the other call.`,
    { requestId: grant.id, part: differing },
  );
}

function differingPart(grant: RequestGrant, approvedBody: Uint8Array | null, passed: Call): string | null {
  if (passed.method !== grant.call.method) return 'method';
  if (passed.url !== grant.call.url) return 'url';
  if (JSON.stringify(passed.headers) !== JSON.stringify(grant.call.headers)) return 'headers';
  return isSameBody(approvedBody, passed.body) ? null : 'body';
}

function isSameBody(a: Uint8Array | null, b: Uint8Array | null): boolean {
  if (a === null || b === null) return a === b;
  if (Buffer.from(a).equals(b)) return true;
  const [left, right] = [jsonForm(a), jsonForm(b)];
  return left !== null && left === right;
}

function jsonForm(bytes: Uint8Array): string | null {
  try {
    return canonicalize(JSON.parse(Buffer.from(bytes).toString('utf8'))) ?? null;
  } catch {
    return null;
  }
}
