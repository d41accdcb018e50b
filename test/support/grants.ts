import type { Approver, BroadScope, ReasonCode } from '../../server/grants/authority-grant.js';
import { GrantSettings } from '../../server/grants/grant-settings.js';
import type { QuestionView, Transition } from '../../server/grants/grant-store.port.js';
import type { GrantCommand } from '../../server/grants/lifecycle.js';
import type { Question } from '../../server/grants/question.js';
import type { DomainError } from '../../server/kernel/domain-error.js';
import { newId, sessionTag } from '../../server/kernel/ids.js';
import type { Principal } from '../../server/kernel/principal.js';
import type { JudgedCall } from '../../server/providers/call.js';

export const MINUTE_MS = 60_000;

export const SETTINGS = new GrantSettings(10 * MINUTE_MS, 5 * MINUTE_MS, 60 * MINUTE_MS, 5);

export const TAG_KEY = new Uint8Array(32).fill(7);

/** Ada's assistant, unless a test says otherwise. */
export function principal(different: Partial<Principal> = {}): Principal {
  return {
    issuer: 'https://auth.example',
    subject: 'user_ada',
    organization: 'org_acme',
    clientId: 'client_code',
    sid: 'sid_1',
    ...different,
  };
}

/** The person who decides: the principal's own user. */
export function approver(of: Principal = principal()): Approver {
  return { userId: of.subject, organization: of.organization, browserSession: 'b'.repeat(64) };
}

export const SCOPE: BroadScope = {
  level: 'write',
  providers: ['linear', 'notion'],
  durationMs: 5 * MINUTE_MS,
  maxCalls: null,
};

export function broadQuestion(scope: Partial<BroadScope> = {}, reason = 'tidy up the backlog'): Question {
  const connections = { linear: 'account_linear', notion: 'account_notion' };
  return { kind: 'broad', scope: { ...SCOPE, ...scope }, reason, connections };
}

export function judgedCall(body: Uint8Array | null = Buffer.from('{"title":"Hello"}')): JudgedCall {
  return {
    providerId: 'notion',
    call: {
      method: 'PATCH',
      url: 'https://api.notion.com/v1/pages/1',
      headers: [['content-type', 'application/json']],
      body,
    },
    verdict: { level: 'write', reason: 'PATCH on a page changes it' },
    description: { title: 'Change a page in Notion', sentence: '', destructive: null, known: true, resources: [] },
  };
}

export function callQuestion(body?: Uint8Array | null, reason = 'rename the page'): Question {
  return { kind: 'request', judged: judgedCall(body), reason, connection: 'account_notion' };
}

/** A session as a store shows it, with nothing in it. */
export function emptyView(now: number, of: Principal = principal()): QuestionView {
  const session = { tag: sessionTag(TAG_KEY, of), principal: of, clientName: 'Code', startedAt: now, seenAt: now };
  return { now, epoch: 'epoch-1', session, grants: [], denied: [] };
}

export const approve = (digest: string, scope: BroadScope | null = null, by = approver()): GrantCommand => ({
  type: 'approve',
  by,
  digest,
  note: null,
  scope,
  maxDurationMs: SETTINGS.authorityMaxMs,
});

/** “Too broad” keeps only the same question away, so that a test may deny many. */
export const deny = (digest: string, by = approver(), reasonCode: ReasonCode = 'too_broad'): GrantCommand => ({
  type: 'deny',
  by,
  digest,
  note: 'not this one',
  reasonCode,
});

export const begin = (claimId = newId('clm')): Extract<GrantCommand, { type: 'begin' }> => ({
  type: 'begin',
  call: { claimId, provider: 'notion', method: 'PATCH', url: 'https://api.notion.com/v1/pages/1', level: 'write' },
});

export const finish = (claimId: string): GrantCommand => ({ type: 'finish', claimId, status: 200, answerBytes: 2 });

export const revoke: GrantCommand = {
  type: 'revoke',
  actor: { type: 'user', userId: 'user_ada', browserSession: 'b' },
};

export const withdraw: Extract<GrantCommand, { type: 'withdraw' }> = {
  type: 'withdraw',
  reason: 'by_client',
  actor: { type: 'client', clientId: 'client_code' },
};

/** As a client reports that its user would not open the page. */
export const decline: GrantCommand = { ...withdraw, reason: 'declined' };

/** The code of the refusal, or what was answered instead of one. */
export function refusalOf(work: () => Transition): string {
  try {
    return `no refusal: ${work().grant.status}`;
  } catch (error) {
    return codeOf(error);
  }
}

export function codeOf(error: unknown): string {
  return (error as DomainError).code ?? String(error);
}
