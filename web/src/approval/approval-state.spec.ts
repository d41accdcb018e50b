import { approvedDecision, broadApproval, callApproval } from '../testing/approval-fixture.js';
import { refusal } from '../testing/fake-api.js';
import { type ApprovalEvent, type ApprovalState, initialState, reduce } from './approval-state.js';
import { OUTCOME_KINDS, outcomeKind } from './outcome-kind.js';

const pending = broadApproval();
const approved = broadApproval({ status: 'approved', version: 2, decision: approvedDecision });
const denied = broadApproval({ status: 'denied', version: 2, decision: { ...approvedDecision, outcome: 'denied' } });
const renewed = broadApproval({ version: 2, digest: 'e'.repeat(64) });
const lost = { kind: 'no-answer', wasSent: true } as const;
const ready: ApprovalState = { at: 'ready', approval: pending, obstacle: null };
const deciding: ApprovalState = { at: 'deciding', approval: pending, verdict: 'approve' };
const asking = reduce(deciding, { type: 'refused', failure: lost });
const settled: ApprovalState = { at: 'settled', approval: approved, isElsewhere: false, isNew: true };

describe('the states of the consent page', () => {
  const table: readonly { story: string; from: ApprovalState; event: ApprovalEvent; to: object }[] = [
    {
      story: 'a stranger sees the sign-in',
      from: initialState,
      event: failed(401, 'not_signed_in'),
      to: { at: 'signed-out' },
    },
    {
      story: 'a wrong account sees nothing',
      from: initialState,
      event: failed(404, 'not_found'),
      to: { at: 'not-found' },
    },
    {
      story: 'another organization is offered',
      from: initialState,
      event: {
        type: 'read-failed',
        failure: refusal(403, 'org_mismatch', { organization: { id: 'o2', name: 'Beta' } }).failure,
      },
      to: { at: 'org-mismatch', organization: { id: 'o2', name: 'Beta' } },
    },
    {
      story: 'an unreachable server is said',
      from: initialState,
      event: { type: 'read-failed', failure: lost },
      to: { at: 'failed' },
    },
    {
      story: 'a request is shown',
      from: initialState,
      event: { type: 'read', approval: pending },
      to: { at: 'ready', obstacle: null },
    },
    {
      story: 'an old link shows its outcome, not as news',
      from: initialState,
      event: { type: 'read', approval: approved },
      to: { at: 'settled', isElsewhere: false, isNew: false },
    },
    {
      story: 'a decision is sent once',
      from: deciding,
      event: { type: 'decide', verdict: 'deny' },
      to: { at: 'deciding', verdict: 'approve' },
    },
    {
      story: 'nothing is decided before the request is there',
      from: initialState,
      event: { type: 'decide', verdict: 'approve' },
      to: { at: 'loading' },
    },
    {
      story: 'the outcome is the server’s',
      from: deciding,
      event: { type: 'decided', approval: denied },
      to: { at: 'settled', approval: denied, isElsewhere: false },
    },
    {
      story: 'a live answer waits for the decision’s own',
      from: deciding,
      event: { type: 'read', approval: approved },
      to: { at: 'deciding' },
    },
    {
      story: 'a decision of another tab replaces the sheet',
      from: ready,
      event: { type: 'read', approval: denied },
      to: { at: 'settled', isElsewhere: true, isNew: true },
    },
    {
      story: 'another call never takes the place of the one on screen',
      from: ready,
      event: { type: 'read', approval: renewed },
      to: { at: 'changed', before: pending, approval: renewed },
    },
    {
      story: 'the changed request is shown again',
      from: { at: 'changed', before: pending, approval: renewed },
      event: { type: 'show-again' },
      to: { at: 'ready', approval: renewed },
    },
    {
      story: 'a changed request is read again',
      from: deciding,
      event: refused(409, 'request_changed'),
      to: { at: 'ready', obstacle: { next: 'reread' } },
    },
    {
      story: 'a decided request is read again',
      from: deciding,
      event: refused(409, 'already_decided'),
      to: { at: 'ready', obstacle: { next: 'reread' } },
    },
    {
      story: 'a run-out sign-in keeps the sheet',
      from: deciding,
      event: refused(401, 'not_signed_in'),
      to: { at: 'ready', obstacle: { next: 'sign-in', sent: null } },
    },
    {
      story: 'a sign-in that ran out while reading is said',
      from: ready,
      event: failed(401, 'not_signed_in'),
      to: { at: 'ready', obstacle: { next: 'sign-in' } },
    },
    {
      story: 'a network that fails while reading changes nothing',
      from: ready,
      event: { type: 'read-failed', failure: lost },
      to: ready,
    },
    {
      story: 'a decision that never left is said to be nothing',
      from: deciding,
      event: { type: 'refused', failure: { kind: 'no-answer', wasSent: false } },
      to: {
        at: 'ready',
        obstacle: { next: null, sent: null, trouble: { body: expect.stringContaining('Nothing was allowed') } },
      },
    },
    {
      story: 'a lost answer is not called nothing',
      from: deciding,
      event: { type: 'refused', failure: lost },
      to: {
        at: 'ready',
        obstacle: { next: 'ask', sent: 'approve', trouble: { body: expect.not.stringContaining('Nothing') } },
      },
    },
    {
      story: 'a store that failed may still have written',
      from: deciding,
      event: refused(503, 'store_unavailable'),
      to: { at: 'ready', obstacle: { next: 'ask', sent: 'approve' } },
    },
    {
      story: 'a lost decision that still waits did not arrive',
      from: asking,
      event: { type: 'read', approval: pending },
      to: { at: 'ready', obstacle: { next: null, sent: null } },
    },
    {
      story: 'a lost decision that arrived is ours',
      from: asking,
      event: { type: 'read', approval: approved },
      to: { at: 'settled', isElsewhere: false },
    },
    {
      story: 'a lost approval that turns out denied is another’s',
      from: asking,
      event: { type: 'read', approval: denied },
      to: { at: 'settled', isElsewhere: true },
    },
    {
      story: 'an outcome goes on',
      from: settled,
      event: { type: 'read', approval: { ...approved, version: 3 } },
      to: { at: 'settled', approval: { version: 3 }, isElsewhere: false },
    },
  ];
  it.each(table)('$story', ({ from, event, to }) => {
    expect(reduce(from, event)).toMatchObject(to);
  });
});

describe('which outcome is shown', () => {
  const call = (status: ReturnType<typeof callApproval>['status'], httpStatus: number | null = null) =>
    callApproval({
      status,
      decision: approvedDecision,
      execution: { startedAt: 1, finishedAt: 2, status: httpStatus, answerBytes: null, failure: null },
    });
  it.each([
    [approved, false, 'approved'],
    [approved, true, 'decided'],
    [denied, false, 'denied'],
    [denied, true, 'decided'],
    [broadApproval({ status: 'expired' }), false, 'closed'],
    [broadApproval({ status: 'expired', decision: approvedDecision }), false, 'over'],
    [call('expired'), false, 'unused'],
    [call('approved'), false, 'approved-call'],
    [call('executing'), false, 'running'],
    [call('executed', 200), false, 'executed'],
    [call('executed', 400), false, 'executed-error'],
    [call('failed'), false, 'failed'],
    [call('outcome_unknown'), false, 'unknown'],
    [broadApproval({ status: 'withdrawn' }), false, 'withdrawn'],
    [broadApproval({ status: 'revoked' }), false, 'revoked'],
    [broadApproval({ status: 'voided' }), false, 'voided'],
  ] as const)('%#: %o', (approval, isElsewhere, kind) => {
    expect(outcomeKind(approval, isElsewhere)).toBe(kind);
    expect(OUTCOME_KINDS).toContain(kind);
  });
});

function failed(status: number, code: string): ApprovalEvent {
  return { type: 'read-failed', failure: refusal(status, code).failure };
}

function refused(status: number, code: string): ApprovalEvent {
  return { type: 'refused', failure: refusal(status, code).failure };
}
