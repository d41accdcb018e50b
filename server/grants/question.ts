import { auditEvent } from '../audit/audit-event.js';
import { DomainError } from '../kernel/domain-error.js';
import { newGrantId } from '../kernel/ids.js';
import type { JudgedCall } from '../providers/call.js';
import type { AuthorityGrant, BroadGrant, BroadScope, RequestGrant } from './authority-grant.js';
import { checkNotRecentlyDenied } from './cool-down.js';
import { callDigest, grantDigest } from './digest.js';
import type { GrantSettings } from './grant-settings.js';
import type { Asked, QuestionView } from './grant-store.port.js';
import { transition } from './lifecycle.js';

/** What an assistant asks for, with the connections as they are at the time of asking. */
export type Question =
  | {
      readonly kind: 'broad';
      readonly scope: BroadScope;
      readonly reason: string;
      readonly connections: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'request';
      readonly judged: JudgedCall;
      readonly reason: string;
      readonly connection: string | null;
    };

/**
 * Puts a question to a session (I13). The same question while pending gets the same request, its first reason unchanged. A
 * new broad question withdraws the session's older pending broad one; exact calls never supersede each other. `pendingElsewhere`
 * counts what the same person and client have pending in other sessions.
 * @throws DomainError `recently_denied`, `too_many_pending`
 */
export function ask(view: QuestionView, question: Question, settings: GrantSettings, pendingElsewhere: number): Asked {
  const grant = pendingGrant(view, question, settings);
  const pending = view.grants.filter((other) => other.status === 'pending');
  const existing = pending.find((other) => isSameQuestion(other, grant));
  if (existing) return { existing };
  checkNotRecentlyDenied(view.denied, grant, view.now);
  const superseded = pending.filter((other) => other.kind === 'broad' && grant.kind === 'broad');
  if (pending.length - superseded.length + pendingElsewhere >= settings.pendingMax) {
    throw new DomainError(
      'too_many_pending',
      `${settings.pendingMax} requests wait for this person already. Let them be decided, or take some back with revoke_access.`,
      { requestIds: pending.map((other) => other.id) },
    );
  }
  const actor = { type: 'client', clientId: grant.principal.clientId } as const;
  const details = { kind: grant.kind, digest: grant.digest };
  return {
    grant,
    body: question.kind === 'request' ? question.judged.call.body : null,
    event: auditEvent('access.requested', view.now, actor, { principal: grant.principal, grantId: grant.id }, details),
    withdrawn: superseded.map((other) => transition(other, { type: 'withdraw', reason: 'superseded', actor }, view)),
  };
}

function pendingGrant(view: QuestionView, question: Question, settings: GrantSettings): AuthorityGrant {
  const base = {
    id: newGrantId(view.session.tag),
    version: 1,
    status: 'pending',
    principal: view.session.principal,
    clientName: view.session.clientName,
    sessionStartedAt: view.session.startedAt,
    reason: question.reason,
    requestedAt: view.now,
    closesAt: view.now + settings.requestTtlMs,
    decision: null,
    expiresAt: null,
    epoch: null,
    endedAt: null,
    withdrawReason: null,
  } as const;
  if (question.kind === 'broad') {
    const providers = [...new Set(question.scope.providers)].sort();
    const requested = { ...question.scope, providers };
    const grant = { ...base, kind: 'broad', requested, connections: question.connections } as const;
    return { ...grant, digest: grantDigest(grant), granted: null, callsMade: 0, lastCalls: [] } satisfies BroadGrant;
  }
  const { call, verdict, description, providerId } = question.judged;
  const bound = {
    provider: providerId,
    level: verdict.level,
    levelReason: verdict.reason,
    method: call.method,
    url: call.url,
    headers: call.headers,
    bodyBytes: call.body?.byteLength ?? null,
    callDigest: callDigest(call),
    title: description.title,
    destructive: description.destructive !== null,
  };
  const connection = question.connection;
  const grant = { ...base, kind: 'request', call: bound, connection, authorityMs: settings.authorityMs } as const;
  return { ...grant, digest: grantDigest(grant), execution: null } satisfies RequestGrant;
}

function isSameQuestion(a: AuthorityGrant, b: AuthorityGrant): boolean {
  if (a.kind === 'broad' && b.kind === 'broad') return JSON.stringify(a.requested) === JSON.stringify(b.requested);
  return a.kind === 'request' && b.kind === 'request' && a.call.callDigest === b.call.callDigest;
}
