import type { Approval } from '../../../server/approvals/approvals.contract.js';
import type { Failure } from '../api/http.js';
import { notArrived, notKnown, offline, refusedDecision, signedOutWhileReading, type Trouble } from '../text/errors.js';

export type Verdict = 'approve' | 'deny';

/**
 *  loading ─▶ ready ─decide─▶ deciding ─answer─▶ settled           ready ─live update─▶ settled
 *     │         ▲                 ├─refused────▶ ready with trouble
 *     │         └─show again── changed ◀─409──┤
 *     └─▶ signed-out │ not-found │ org-mismatch │ failed └─no answer──▶ ready, asking
 *
 * `settled` shows what the server says, also while it goes on (approved, executing, executed).
 */
export type ApprovalState =
  | { readonly at: 'loading' }
  | { readonly at: 'signed-out' }
  | { readonly at: 'not-found' }
  | { readonly at: 'org-mismatch'; readonly organization: { readonly id: string; readonly name: string } | null }
  | { readonly at: 'failed'; readonly failure: Failure }
  | { readonly at: 'ready'; readonly approval: Approval; readonly obstacle: Obstacle | null }
  | { readonly at: 'deciding'; readonly approval: Approval; readonly verdict: Verdict }
  | { readonly at: 'changed'; readonly before: Approval; readonly approval: Approval }
  | { readonly at: 'settled'; readonly approval: Approval; readonly isElsewhere: boolean; readonly isNew: boolean };

/** What stands above the buttons after a decision that was not taken. */
export interface Obstacle {
  readonly trouble: Trouble;
  /** `ask`: read the request again now. `sign-in`: the way on is a sign-in. */
  readonly next: 'ask' | 'reread' | 'sign-in' | null;
  /** Set while it is not known whether this decision arrived. */
  readonly sent: Verdict | null;
}

export type ApprovalEvent =
  | { readonly type: 'read'; readonly approval: Approval }
  | { readonly type: 'read-failed'; readonly failure: Failure }
  | { readonly type: 'decide'; readonly verdict: Verdict }
  | { readonly type: 'decided'; readonly approval: Approval }
  | { readonly type: 'refused'; readonly failure: Failure }
  | { readonly type: 'show-again' };

export const initialState: ApprovalState = { at: 'loading' };

export function reduce(state: ApprovalState, event: ApprovalEvent): ApprovalState {
  switch (event.type) {
    case 'read':
      return read(state, event.approval);
    case 'read-failed':
      return readFailed(state, event.failure);
    case 'decide':
      return state.at === 'ready' ? { at: 'deciding', approval: state.approval, verdict: event.verdict } : state;
    case 'decided':
      if (state.at !== 'deciding') return state;
      return { at: 'settled', approval: event.approval, isElsewhere: false, isNew: true };
    case 'refused':
      if (state.at !== 'deciding') return state;
      return { at: 'ready', approval: state.approval, obstacle: obstacleOf(event.failure, state.verdict) };
    case 'show-again':
      return state.at === 'changed' ? { at: 'ready', approval: state.approval, obstacle: null } : state;
  }
}

function read(state: ApprovalState, approval: Approval): ApprovalState {
  // The answer of the decision itself is on its way and says more.
  if (state.at === 'deciding') return state;
  if (approval.status === 'pending') return readPending(state, approval);
  if (state.at === 'settled') return { ...state, approval };
  const isNew = state.at !== 'loading' && state.at !== 'failed';
  return { at: 'settled', approval, isElsewhere: isNew && !isOurs(state, approval), isNew };
}

function readPending(state: ApprovalState, approval: Approval): ApprovalState {
  if (state.at === 'changed') return { ...state, approval };
  if (state.at !== 'ready') return { at: 'ready', approval, obstacle: null };
  // What would run is another thing than what is on screen: never exchange it under the eyes of the person.
  if (approval.digest !== state.approval.digest) return { at: 'changed', before: state.approval, approval };
  const { obstacle } = state;
  if (obstacle?.sent) return { at: 'ready', approval, obstacle: { trouble: notArrived, next: null, sent: null } };
  return { at: 'ready', approval, obstacle: obstacle?.next === 'reread' ? { ...obstacle, next: null } : obstacle };
}

/** A decision of ours without an answer that turns out to have arrived. */
function isOurs(state: ApprovalState, approval: Approval): boolean {
  if (state.at !== 'ready' || !state.obstacle?.sent || approval.decision === null) return false;
  return (state.obstacle.sent === 'approve') === (approval.decision.outcome === 'approved');
}

function readFailed(state: ApprovalState, failure: Failure): ApprovalState {
  const code = failure.kind === 'problem' ? failure.problem.code : null;
  if (state.at === 'loading' || state.at === 'failed') {
    if (code === 'not_signed_in') return { at: 'signed-out' };
    if (code === 'not_found') return { at: 'not-found' };
    if (failure.kind === 'problem' && code === 'org_mismatch') {
      return { at: 'org-mismatch', organization: failure.problem.organization ?? null };
    }
    return { at: 'failed', failure };
  }
  if (state.at === 'ready' && code === 'not_signed_in') {
    return { ...state, obstacle: { trouble: signedOutWhileReading, next: 'sign-in', sent: null } };
  }
  return state;
}

function obstacleOf(failure: Failure, verdict: Verdict): Obstacle {
  if (failure.kind === 'no-answer') {
    return failure.wasSent
      ? { trouble: notKnown, next: 'ask', sent: verdict }
      : { trouble: offline, next: null, sent: null };
  }
  const { code, status } = failure.problem;
  if (code === 'not_signed_in') return { trouble: signedOutWhileReading, next: 'sign-in', sent: null };
  if (code === 'reauthentication_required') return { trouble: refusedDecision(failure), next: 'sign-in', sent: null };
  // A store that timed out may still have written: it is not known.
  if (status >= 500) return { trouble: notKnown, next: 'ask', sent: verdict };
  const next = REREAD.has(code) ? 'reread' : null;
  return { trouble: refusedDecision(failure), next, sent: null };
}

/** Refusals after which the request on the server is not, or may not be, what is on screen. */
const REREAD: ReadonlySet<string> = new Set([
  'already_decided',
  'already_executing',
  'already_used',
  'authority_revoked',
  'authority_voided',
  'connection_required',
  'csrf_refused',
  'request_changed',
  'request_denied',
  'request_expired',
  'request_withdrawn',
  'superseded',
  'wider_than_asked',
]);

/** Whether the server can still say something new about it. */
export function isOpen(approval: Approval): boolean {
  return approval.status === 'pending' || approval.status === 'approved' || approval.status === 'executing';
}
