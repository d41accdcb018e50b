import type { GrantFacts } from '../grant-facts.js';

/** What became of a request and what to do now, for the model. The note is quoted as the user's, never as ours. */
export function grantText(facts: GrantFacts): string {
  const note = facts.userNote === undefined ? '' : `\nThe user asks, in a note: ${JSON.stringify(facts.userNote)}`;
  return `${happened(facts)}${note}`;
}

function happened(facts: GrantFacts): string {
  switch (facts.status) {
    case 'pending':
      return (
        `A person has to decide. Show the user this link: ${facts.approvalUrl}` +
        (facts.call ? ` and these four words, which the page shows too: ${facts.call.words}.` : '') +
        ` Then call check_access_request with requestId ${facts.requestId} and waitSeconds 25. The request closes at ${facts.closesAt}.`
      );
    case 'approved':
      if (facts.callsLeft === 0)
        return 'All calls of this approval are made. Ask again with request_elevated_access if more is needed.';
      return facts.kind === 'broad'
        ? `Approved until ${facts.expiresAt}: you may ${facts.granted?.level} with ${facts.granted?.providers.join(', ')}.${narrowed(facts)}${callsLeftText(facts.callsLeft)} Use call_integration_api now.`
        : `Approved. Run it once before ${facts.expiresAt}: call call_integration_api with requestId ${facts.requestId} alone.`;
    case 'executing':
      return 'The approved call is running. Ask again in a moment.';
    case 'executed':
      return `The approved call ran once; the provider answered ${facts.providerStatus}. The approval is used up. Ask for another call with request_elevated_access.`;
    case 'failed':
      return `The approved call was not sent${because(facts)}. The approval has ended; ask again if it is still needed.`;
    case 'outcome_unknown':
      return `The approved call may have run${because(facts)}. Do not repeat it. Look at the provider first, or ask the user.`;
    case 'denied':
      return `Denied.${facts.refusalReason ? ` Reason: ${REASONS[facts.refusalReason]}` : ''} Nothing was allowed. ${facts.mayAskAgain ? 'You may ask again with that mended.' : 'Do not ask again unless the user tells you to.'}${again(facts)}`;
    case 'withdrawn':
      return facts.askAgainAt === undefined
        ? 'This request was taken back. Nothing was allowed.'
        : `The user declined to open the approval page. Nothing was allowed. Do not ask again unless the user tells you to.${again(facts)}`;
    case 'revoked':
      return 'The approval was revoked. Ask again only if the user wants it.';
    case 'expired':
      return 'The time is over. Ask again with request_elevated_access if it is still needed.';
    case 'voided':
      return 'The store was restarted, which ends every approval. Ask again with request_elevated_access.';
  }
}

function again({ askAgainAt }: GrantFacts): string {
  return askAgainAt === undefined ? '' : ` The same question is refused until ${askAgainAt}.`;
}

function because({ failure }: GrantFacts): string {
  return failure === undefined ? '' : ` (${failure})`;
}

/** Says that less was allowed than was asked: a model that overlooks it calls in vain. */
function narrowed({ requested, granted }: GrantFacts): string {
  if (requested === undefined || granted === undefined) return '';
  const left = requested.providers.filter((provider) => !granted.providers.includes(provider));
  const without = left.length === 0 ? '' : ` Not allowed of what you asked: ${left.join(', ')}.`;
  return `${granted.level === requested.level ? '' : ' You asked to write; only reading is allowed.'}${without}`;
}

export function callsLeftText(callsLeft: number | undefined): string {
  if (callsLeft === undefined) return '';
  return callsLeft === 1 ? ' One call is left.' : ` ${callsLeft} calls are left.`;
}

const REASONS = {
  wrong_account: 'it is the wrong account.',
  too_broad: 'it is too broad. Ask for less.',
  not_now: 'not now.',
  no: 'no.',
} as const;
