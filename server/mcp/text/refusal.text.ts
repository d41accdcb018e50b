import type { DomainError, ErrorCode } from '../../kernel/domain-error.js';

interface Place {
  readonly publicUrl: string;
}

/** What a model reads when it is refused: what happened, then the next step. */
export function refusalText(error: DomainError, place: Place): string {
  return `${error.message}${nextStep(error.code, error.details, place)}`;
}

function nextStep(code: ErrorCode, details: Readonly<Record<string, unknown>>, place: Place): string {
  switch (code) {
    case 'authority_required':
      return (
        '\nFor this call alone, call request_elevated_access with the arguments in askForThisCall and a reason.' +
        ' For several calls, use askForSomeTime and a reason. Then show the approval link to the user.'
      );
    case 'connection_required':
      return typeof details.slug === 'string'
        ? `\nShow the user this link: ${place.publicUrl}/connect/${details.slug} Nothing was sent and no approval was spent.`
        : '';
    case 'connection_changed':
      return '\nNothing was sent and no approval was spent.';
    case 'request_pending':
      return typeof details.requestId === 'string'
        ? `\nThe link for the user: ${place.publicUrl}/approve/${details.requestId}`
        : '';
    case 'store_unavailable':
    case 'workos_unavailable':
    case 'audit_unavailable':
      return '\nNothing was sent. Try again in a few seconds.';
    default:
      return '';
  }
}
