import type { Approver, AuthorityGrant, BroadScope } from '../grants/authority-grant.js';
import type { GrantCommand } from '../grants/lifecycle.js';
import { DomainError } from '../kernel/domain-error.js';
import type { DecisionBody } from './approvals.contract.js';

/**
 * Turns the strict decision body into a command. What is absent stays as asked; what is not connected is left out only when
 * the person says so.
 * @throws DomainError `invalid_arguments` when a field does not belong to the kind of grant or to the decision.
 */
export function decisionCommand(
  grant: AuthorityGrant,
  body: DecisionBody,
  by: Approver,
  maxDurationMs: number,
): Extract<GrantCommand, { type: 'approve' | 'deny' }> {
  const note = body.note?.trim() ? body.note : null;
  const narrowing = (['providers', 'level', 'durationMs', 'maxCalls'] as const).filter(
    (field) => body[field] !== undefined,
  );
  if (body.decision === 'deny') {
    refuseFields(narrowing, 'A denial allows nothing, so it cannot narrow.');
    return { type: 'deny', by, digest: body.digest, note, reasonCode: body.reasonCode ?? null };
  }
  if (body.reasonCode !== undefined) refuseFields(['reasonCode'], 'A reason code belongs to a denial.');
  if (grant.kind === 'request') {
    refuseFields(narrowing, 'An exact call is approved as it is, or denied.');
    return { type: 'approve', by, digest: body.digest, note, scope: null, maxDurationMs };
  }
  const { requested } = grant;
  const scope: BroadScope = {
    level: body.level ?? requested.level,
    providers: [...(body.providers ?? requested.providers)].sort(),
    durationMs: body.durationMs ?? requested.durationMs,
    maxCalls: body.maxCalls === undefined ? requested.maxCalls : body.maxCalls,
  };
  return { type: 'approve', by, digest: body.digest, note, scope, maxDurationMs };
}

function refuseFields(fields: readonly string[], why: string): void {
  if (fields.length === 0) return;
  const problems = fields.map((field) => ({ field, problem: why }));
  throw new DomainError('invalid_arguments', `${why} Remove: ${fields.join(', ')}.`, { fields: problems });
}
