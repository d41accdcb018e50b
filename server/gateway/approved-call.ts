import canonicalize from 'canonicalize';
import type { AuthorityGrant, RequestGrant } from '../grants/authority-grant.js';
import { executionDigest } from '../grants/digest.js';
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

/**
 * I10: the digest is checked at execution, too. What was changed in the store since the approval, a body as well, is not what was shown.
 * @throws DomainError `request_changed`. Nothing is spent.
 */
export function isWhatWasApproved(grant: AuthorityGrant, call: Call): void {
  if (executionDigest(grant, call) === grant.digest) return;
  const message =
    'What is stored is no longer what was approved, so nothing was sent. Ask again, and tell the operator.';
  throw new DomainError('request_changed', message, { requestId: grant.id });
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
