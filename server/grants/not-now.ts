import { DomainError } from '../kernel/domain-error.js';
import type { AuthorityGrant, GrantStatus } from './authority-grant.js';

/** The answer for a command that the status does not allow: what happened, then what to do. */
export function notNow(grant: AuthorityGrant, status: GrantStatus): DomainError {
  const details = { requestId: grant.id, status };
  switch (status) {
    case 'pending':
      return new DomainError('request_pending', 'This request waits for a person. Call check_access_request.', details);
    case 'approved':
      return new DomainError('already_decided', 'This request is approved already.', details);
    case 'denied':
      return new DomainError('request_denied', 'This request was denied. Nothing was allowed.', details);
    case 'expired': {
      const message =
        grant.status === 'pending'
          ? 'This request closed without a decision. Nothing was allowed. Ask again.'
          : 'The time of this approval is over. Ask again.';
      return new DomainError('request_expired', message, details);
    }
    case 'withdrawn': {
      const code = grant.withdrawReason === 'superseded' ? 'superseded' : 'request_withdrawn';
      return new DomainError(code, 'This request was taken back. Nothing was allowed.', details);
    }
    case 'revoked':
      return new DomainError(
        'authority_revoked',
        'This approval was revoked. Ask again if it is still needed.',
        details,
      );
    case 'voided':
      return new DomainError(
        'authority_voided',
        'The store was restarted, which ends every approval. Ask again.',
        details,
      );
    case 'executing':
      return new DomainError('already_executing', 'The approved call is running.', details);
    default:
      return new DomainError('already_used', 'The approved call ran once. Ask again for another one.', details);
  }
}
