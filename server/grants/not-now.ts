import { DomainError, type ErrorCode } from '../kernel/domain-error.js';
import { type AuthorityGrant, type Moment, statusOf } from './authority-grant.js';

/** A refusal because of what became of a grant. Its holder may be told all of it; an edge picks what it shows. */
export class NotNow extends DomainError {
  constructor(
    code: ErrorCode,
    message: string,
    readonly grant: AuthorityGrant,
    readonly moment: Moment,
  ) {
    super(code, message, { requestId: grant.id, status: statusOf(grant, moment) });
  }
}

/** The answer for a command that the status does not allow: what happened, then what to do. */
export function notNow(grant: AuthorityGrant, moment: Moment): NotNow {
  const refusal = (code: ErrorCode, message: string) => new NotNow(code, message, grant, moment);
  const status = statusOf(grant, moment);
  switch (status) {
    case 'pending':
      return refusal('request_pending', 'This request waits for a person. Call check_access_request.');
    case 'approved':
      return refusal('already_decided', 'This request is approved already.');
    case 'denied':
      return refusal('request_denied', 'This request was denied. Nothing was allowed.');
    case 'expired': {
      const message =
        grant.status === 'pending'
          ? 'This request closed without a decision. Nothing was allowed. Ask again.'
          : 'The time of this approval is over. Ask again.';
      return refusal('request_expired', message);
    }
    case 'withdrawn': {
      const code = grant.withdrawReason === 'superseded' ? 'superseded' : 'request_withdrawn';
      const how = grant.withdrawReason === 'declined' ? 'declined' : 'taken back';
      return refusal(code, `This request was ${how}. Nothing was allowed.`);
    }
    case 'revoked':
      return refusal('authority_revoked', 'This approval was revoked. Ask again if it is still needed.');
    case 'voided':
      return refusal('authority_voided', 'The store was restarted, which ends every approval. Ask again.');
    case 'executing':
      return refusal('already_executing', 'The approved call is running.');
    default:
      return refusal('already_used', 'The approved call ran once. Ask again for another one.');
  }
}
