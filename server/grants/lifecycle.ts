import type { AuditAction, AuditActor } from '../audit/audit-event.js';
import { DomainError } from '../kernel/domain-error.js';
import {
  type Approver,
  type AuthorityGrant,
  type BroadScope,
  type CallRecord,
  type GrantStatus,
  LAST_CALLS,
  type Moment,
  type ReasonCode,
  statusOf,
  type WithdrawReason,
} from './authority-grant.js';
import { change } from './change.js';
import type { Transition } from './grant-store.port.js';
import { checkNotWider } from './narrowing.js';
import { notNow } from './not-now.js';

export type GrantCommand =
  | { readonly type: 'rebind'; readonly connections: Readonly<Record<string, string>>; readonly digest: string }
  | {
      readonly type: 'approve';
      readonly by: Approver;
      readonly digest: string;
      readonly note: string | null;
      /** Broad grants only: what is allowed of what was asked. */
      readonly scope: BroadScope | null;
      readonly maxDurationMs: number;
    }
  | {
      readonly type: 'deny';
      readonly by: Approver;
      readonly digest: string;
      readonly note: string | null;
      readonly reasonCode: ReasonCode | null;
    }
  | { readonly type: 'withdraw'; readonly reason: WithdrawReason; readonly actor: AuditActor }
  | { readonly type: 'revoke'; readonly actor: AuditActor }
  | {
      readonly type: 'begin';
      readonly call: Omit<CallRecord, 'at' | 'finishedAt' | 'result' | 'status' | 'answerBytes' | 'failure'>;
    }
  | { readonly type: 'finish'; readonly claimId: string; readonly status: number; readonly answerBytes: number }
  | { readonly type: 'fail'; readonly claimId: string; readonly code: string }
  | { readonly type: 'lose'; readonly claimId: string; readonly code: string };

/**
 * Applies one command to a grant at the store's moment. Pure: no clock, no store. The change and its audit fact are born
 * together.
 * @throws DomainError with the code that says why the grant does not allow the command now. Terminal states absorb.
 */
export function transition(grant: AuthorityGrant, command: GrantCommand, moment: Moment): Transition {
  const status = statusOf(grant, moment);
  switch (command.type) {
    case 'rebind':
      return whilePending(grant, moment, () => rebind(grant, command, moment));
    case 'approve':
      return whilePending(grant, moment, () => approve(grant, command, moment));
    case 'deny':
      return whilePending(grant, moment, () => {
        isWhatWasShown(grant, command.digest);
        const decision = { at: moment.now, by: command.by, note: command.note, reasonCode: command.reasonCode };
        const patch = { status: 'denied', decision, endedAt: moment.now } as const;
        return change(grant, moment, 'access.denied', person(command.by), patch, {
          reasonCode: command.reasonCode,
          digest: grant.digest,
        });
      });
    case 'withdraw': {
      if (status !== 'pending') throw notNow(grant, moment);
      const patch = { status: 'withdrawn', withdrawReason: command.reason, endedAt: moment.now } as const;
      return change(grant, moment, 'access.withdrawn', command.actor, patch, { reason: command.reason });
    }
    case 'revoke': {
      if (status !== 'approved') throw notNow(grant, moment);
      return change(grant, moment, 'access.revoked', command.actor, { status: 'revoked', endedAt: moment.now });
    }
    case 'begin':
      return begin(grant, status, command.call, moment);
    case 'finish':
      return conclude(grant, command.claimId, moment, 'call.finished', {
        result: 'answered',
        status: command.status,
        answerBytes: command.answerBytes,
      });
    case 'fail':
      return conclude(grant, command.claimId, moment, 'call.failed', { result: 'failed' }, command.code);
    case 'lose':
      return conclude(grant, command.claimId, moment, 'call.unknown', { result: 'outcome_unknown' }, command.code);
  }
}

function approve(
  grant: AuthorityGrant,
  command: Extract<GrantCommand, { type: 'approve' }>,
  moment: Moment,
): Transition {
  isWhatWasShown(grant, command.digest);
  const decision = { at: moment.now, by: command.by, note: command.note, reasonCode: null };
  const actor = person(command.by);
  if (grant.kind === 'request') {
    if (command.scope !== null)
      throw new DomainError('invalid_arguments', 'An exact call is approved as it is, or denied.');
    if (grant.connection === null) {
      throw new DomainError('connection_required', 'Connect the provider first, then approve.', {
        provider: grant.call.provider,
      });
    }
    const expiresAt = moment.now + grant.authorityMs;
    const patch = { status: 'approved', decision, expiresAt, epoch: moment.epoch } as const;
    return change(grant, moment, 'access.approved', actor, patch, { expiresAt, digest: grant.digest }, grant.closesAt);
  }
  const granted = command.scope ?? grant.requested;
  checkNotWider(grant, granted, command.maxDurationMs);
  const expiresAt = moment.now + granted.durationMs;
  const patch = { status: 'approved', decision, granted, expiresAt, epoch: moment.epoch } as const;
  const details = {
    expiresAt,
    digest: grant.digest,
    level: granted.level,
    providers: granted.providers.join(' '),
    maxCalls: granted.maxCalls,
  };
  return change(grant, moment, 'access.approved', actor, patch, details, grant.closesAt);
}

function begin(
  grant: AuthorityGrant,
  status: GrantStatus,
  call: Extract<GrantCommand, { type: 'begin' }>['call'],
  moment: Moment,
): Transition {
  const record: CallRecord = {
    ...call,
    at: moment.now,
    finishedAt: null,
    result: 'started',
    status: null,
    answerBytes: null,
    failure: null,
  };
  const actor: AuditActor = { type: 'client', clientId: grant.principal.clientId };
  const details = {
    claimId: call.claimId,
    provider: call.provider,
    method: call.method,
    url: call.url,
    level: call.level,
    digest: grant.digest,
  };
  if (isBegun(grant, status, call.claimId, moment)) return { grant, event: null, notAfter: grant.expiresAt };
  if (status !== 'approved') throw notNow(grant, moment);
  if (grant.kind === 'request') {
    return change(
      grant,
      moment,
      'call.started',
      actor,
      { status: 'executing', execution: record },
      details,
      grant.expiresAt,
    );
  }
  const maxCalls = grant.granted?.maxCalls ?? null;
  if (maxCalls !== null && grant.callsMade >= maxCalls) {
    throw new DomainError('already_used', `All ${maxCalls} calls of this approval are made. Ask again.`, {
      requestId: grant.id,
    });
  }
  const patch = { callsMade: grant.callsMade + 1, lastCalls: [record, ...grant.lastCalls].slice(0, LAST_CALLS) };
  return change(grant, moment, 'call.started', actor, patch, details, grant.expiresAt);
}

/**
 * A claim that is sent again, because its first answer was lost, finds itself: one claim, one call spent, one audit fact. It
 * is answered only while the authority itself would still be good.
 */
function isBegun(grant: AuthorityGrant, status: GrantStatus, claimId: string, moment: Moment): boolean {
  if (grant.kind === 'broad') {
    return (
      status === 'approved' && grant.lastCalls.some((call) => call.claimId === claimId && call.finishedAt === null)
    );
  }
  const isGood = grant.epoch === moment.epoch && moment.now < (grant.expiresAt ?? 0);
  return status === 'executing' && isGood && grant.execution?.claimId === claimId;
}

function conclude(
  grant: AuthorityGrant,
  claimId: string,
  moment: Moment,
  action: AuditAction,
  end: Pick<CallRecord, 'result'> & Partial<CallRecord>,
  code: string | null = null,
): Transition {
  const details = { claimId, status: end.status ?? null, code };
  const finish = (record: CallRecord): CallRecord =>
    record.claimId === claimId ? { ...record, ...end, failure: code, finishedAt: moment.now } : record;
  if (grant.kind === 'broad') {
    const isConcluded = grant.lastCalls.some((record) => record.claimId === claimId && record.finishedAt !== null);
    if (isConcluded || grant.callsMade === 0) {
      throw new DomainError('already_used', 'No such call is running.', { requestId: grant.id });
    }
    return change(grant, moment, action, { type: 'system' }, { lastCalls: grant.lastCalls.map(finish) }, details);
  }
  if (grant.status !== 'executing' || grant.execution?.claimId !== claimId) throw notNow(grant, moment);
  const status = end.result === 'answered' ? 'executed' : end.result === 'failed' ? 'failed' : 'outcome_unknown';
  const patch = { status, execution: finish(grant.execution), endedAt: moment.now } as const;
  return change(grant, moment, action, { type: 'system' }, patch, details);
}

function isWhatWasShown(grant: AuthorityGrant, digest: string): void {
  if (digest === grant.digest) return;
  throw new DomainError(
    'request_changed',
    'This request changed while you were reading. Read it again from the start.',
  );
}

function whilePending(grant: AuthorityGrant, moment: Moment, next: () => Transition): Transition {
  if (statusOf(grant, moment) === 'pending') return next();
  if (grant.decision === null) throw notNow(grant, moment);
  const outcome = grant.status === 'denied' ? 'denied' : 'approved';
  throw new DomainError('already_decided', `This request was ${outcome} already.`, { requestId: grant.id, outcome });
}

/** The digest that is shown from now on is part of the record, as the first one is. */
function rebind(grant: AuthorityGrant, command: Extract<GrantCommand, { type: 'rebind' }>, moment: Moment): Transition {
  const { connections, digest } = command;
  const patch =
    grant.kind === 'broad' ? { connections, digest } : { connection: connections[grant.call.provider] ?? null, digest };
  return change(grant, moment, 'approval.viewed', { type: 'system' }, patch, { digest }, grant.closesAt);
}

function person(by: Approver): AuditActor {
  return { type: 'user', userId: by.userId, browserSession: by.browserSession };
}
