import { type AuthorityGrant, type RequestGrant, statusOf } from '../grants/authority-grant.js';
import { type Authorization, authorize } from '../grants/authorize.js';
import { callDigest } from '../grants/digest.js';
import type { SessionView } from '../grants/grant-store.port.js';
import type { AccessLevel } from '../kernel/access-level.js';
import { DomainError } from '../kernel/domain-error.js';
import type { Call, CallInput, JudgedCall } from '../providers/call.js';

/** A call that has its authority: what will be sent and the grant that allows it. */
export interface PlannedCall {
  readonly grant: AuthorityGrant;
  readonly providerId: string;
  readonly level: AccessLevel;
  readonly call: Call;
}

/** A request grant that is approved for exactly this call, passed without its id. The words are the same, so the bytes are. */
export function approvedFor(view: SessionView, judged: JudgedCall): RequestGrant | null {
  const digest = callDigest(judged.call);
  const isMatch = (grant: AuthorityGrant): grant is RequestGrant =>
    grant.kind === 'request' && grant.call.callDigest === digest && statusOf(grant, view) === 'approved';
  return view.grants.find(isMatch) ?? null;
}

/**
 * The broad grant for a judged call, of the whole session or of one named grant.
 * @throws DomainError `authority_required` with the exact arguments that would ask. Nothing is created.
 */
export function plannedUnder(view: SessionView, judged: JudgedCall, input: CallInput): PlannedCall {
  const authorization = authorize(view, judged.providerId, judged.verdict.level);
  if (!authorization.isAllowed) throw authorityRequired(authorization, judged, input);
  return {
    grant: authorization.grant,
    providerId: judged.providerId,
    level: judged.verdict.level,
    call: judged.call,
  };
}

function authorityRequired(
  { because }: Extract<Authorization, { isAllowed: false }>,
  { providerId, verdict }: JudgedCall,
  input: CallInput,
): DomainError {
  const why = {
    no_grant: `Nobody has allowed you to use ${providerId} now.`,
    level: `You may read ${providerId} now, and this call is a write, because ${verdict.reason}.`,
    calls_used: `All calls that were allowed for ${providerId} are made.`,
  }[because];
  const { method, url, headers, body } = input;
  return new DomainError('authority_required', `${why} Ask with request_elevated_access; a person decides.`, {
    provider: providerId,
    level: verdict.level,
    because,
    askForThisCall: {
      kind: 'request',
      method,
      url,
      ...(headers === undefined ? {} : { headers }),
      ...(body === undefined ? {} : { body }),
    },
    askForSomeTime: { kind: 'broad', level: verdict.level, providers: [providerId] },
  });
}
