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
    case 'recently_denied':
      return afterDenial(details);
    case 'call_again':
      return `\nCall call_integration_api with requestId ${details.requestId} alone, now: the approval ends by itself.`;
    case 'already_used':
    case 'request_expired':
    case 'authority_voided':
      return '\nIf it is still needed, ask with request_elevated_access.';
    case 'not_found':
      return '\nwhoami tells which requests this session has; request_elevated_access makes a new one.';
    case 'unknown_provider':
      return '\nlist_integrations tells which there are and how each is called.';
    case 'url_not_canonical':
      return details.canonical === undefined
        ? '\nPass the whole URL, from https:// on, as list_integrations shows it.'
        : '';
    case 'store_unavailable':
    case 'workos_unavailable':
    case 'audit_unavailable':
      return '\nNothing was sent. Try again in a few seconds.';
    default:
      return '';
  }
}

/** What may be done at once, instead of putting the same question again. */
function afterDenial({ refusalReason, requestId }: Readonly<Record<string, unknown>>): string {
  if (refusalReason === 'too_broad') {
    return '\nIt was too broad. Ask for less: read instead of write, fewer providers, less time, fewer calls, or one exact call.';
  }
  if (refusalReason === 'wrong_account') {
    return '\nIt was the wrong account. Ask again once the user has connected the right one: connect_integration gives the link.';
  }
  const note =
    typeof requestId === 'string' ? ` check_access_request with requestId ${requestId} tells the user’s note.` : '';
  return `\nGo on without it, or ask something else.${note}`;
}
