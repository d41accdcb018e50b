import type { Approval } from '../../../server/approvals/approvals.contract.js';
import { approvedDecision, broadApproval, callApproval, NOW } from '../../../web/src/testing/approval-fixture.js';
import type { Scene, Script } from '../../support/stage.js';
import { ID, MINUTE, signedIn } from './casts.js';

function outcome(name: string, approval: Approval, shows: RegExp, more: Script = {}): Scene {
  return { name: `outcome-${name}`, path: `/approve/${ID}`, script: { ...signedIn, approval, ...more }, shows };
}

const granted = { level: 'read' as const, providers: ['linear'], durationMs: 900_000, maxCalls: 20 };
const decision = { ...approvedDecision, note: 'Only the Billing project, please.' };
const denied = {
  outcome: 'denied' as const,
  at: NOW - MINUTE,
  note: 'Ask for reading first.',
  reasonCode: 'too_broad' as const,
  askAgainAt: NOW + 14 * MINUTE,
  brake: null,
};
const live = { status: 'approved' as const, version: 2, decision, expiresAt: NOW + 4 * MINUTE };
const ended = { version: 3, decision, expiresAt: NOW + MINUTE, endedAt: NOW - 5000 };
const execution = { startedAt: NOW - 9000, finishedAt: NOW - 8400, status: 200, answerBytes: 4_812, failure: null };
const unanswered = { status: null, answerBytes: null };

export const OUTCOMES: readonly Scene[] = [
  outcome('approved', broadApproval(live, { granted, callsMade: 3 }), /may read/),
  outcome('approved-call', callApproval(live), /has not run yet/),
  outcome(
    'running',
    callApproval({
      ...live,
      status: 'executing',
      execution: { ...execution, ...unanswered, finishedAt: null },
    }),
    /is running/,
  ),
  outcome('executed', callApproval({ ...ended, status: 'executed', execution }), /ran once/),
  outcome(
    'executed-error',
    callApproval({ ...ended, status: 'executed', execution: { ...execution, status: 403 } }),
    /answered 403/,
  ),
  outcome(
    'failed',
    callApproval({
      ...ended,
      status: 'failed',
      execution: { ...execution, ...unanswered, failure: 'upstream_unreachable' },
    }),
    /was not sent/,
  ),
  outcome(
    'unknown',
    callApproval({
      ...ended,
      status: 'outcome_unknown',
      execution: { ...execution, ...unanswered, failure: 'upstream_timeout' },
    }),
    /may have run/,
  ),
  outcome(
    'denied',
    broadApproval({ status: 'denied', version: 2, decision: denied, endedAt: NOW - MINUTE }),
    /You denied/,
  ),
  outcome(
    'denied-often',
    callApproval({
      status: 'denied',
      version: 2,
      decision: {
        ...denied,
        reasonCode: 'not_now',
        askAgainAt: NOW + 4 * MINUTE,
        brake: { until: NOW + 14 * MINUTE, providers: ['Notion'] },
      },
      endedAt: NOW - MINUTE,
    }),
    /You denied/,
  ),
  outcome('closed', broadApproval({ status: 'expired', closesAt: NOW - MINUTE }), /without a decision/),
  outcome(
    'over',
    broadApproval({ ...live, status: 'expired', expiresAt: NOW - MINUTE }, { granted, callsMade: 20 }),
    /./,
  ),
  outcome('unused', callApproval({ ...live, status: 'expired', expiresAt: NOW - MINUTE }), /./),
  outcome(
    'superseded',
    broadApproval({ status: 'withdrawn', version: 2, withdrawReason: 'superseded', endedAt: NOW - MINUTE }),
    /took this request back/,
  ),
  outcome(
    'withdrawn',
    callApproval({ status: 'withdrawn', version: 2, withdrawReason: 'by_client', endedAt: NOW - MINUTE }),
    /took this request back/,
  ),
  outcome('revoked', broadApproval({ ...ended, status: 'revoked' }, { granted, callsMade: 2 }), /./),
  outcome('voided', broadApproval({ ...ended, status: 'voided' }, { granted, callsMade: 2 }), /./),
  outcome('decided-elsewhere', broadApproval(), /You approved this request at/, {
    later: broadApproval(live, { granted }),
  }),
];
