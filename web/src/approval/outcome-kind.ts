import type { Approval } from '../../../server/approvals/approvals.contract.js';

export const OUTCOME_KINDS = [
  'approved',
  'approved-call',
  'running',
  'executed',
  'executed-error',
  'failed',
  'unknown',
  'denied',
  'closed',
  'over',
  'unused',
  'withdrawn',
  'revoked',
  'voided',
  'decided',
] as const;
export type OutcomeKind = (typeof OUTCOME_KINDS)[number];

/** Which outcome page the server's answer asks for. `isElsewhere`: the decision was made while this page was open, not by it. */
export function outcomeKind(approval: Approval, isElsewhere: boolean): OutcomeKind {
  switch (approval.status) {
    case 'pending':
    case 'approved':
      if (isElsewhere) return 'decided';
      return approval.kind === 'broad' ? 'approved' : 'approved-call';
    case 'executing':
      return 'running';
    case 'executed':
      return (approval.execution?.status ?? 0) >= 400 ? 'executed-error' : 'executed';
    case 'failed':
      return 'failed';
    case 'outcome_unknown':
      return 'unknown';
    case 'denied':
      return isElsewhere ? 'decided' : 'denied';
    case 'expired':
      if (approval.decision === null) return 'closed';
      return approval.kind === 'broad' ? 'over' : 'unused';
    case 'withdrawn':
      return 'withdrawn';
    case 'revoked':
      return 'revoked';
    case 'voided':
      return 'voided';
  }
}
