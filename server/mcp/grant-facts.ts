import * as z from 'zod';
import {
  type AuthorityGrant,
  type BroadScope,
  GRANT_STATUSES,
  type Moment,
  REASON_CODES,
  statusOf,
} from '../grants/authority-grant.js';
import { askAgainAt } from '../grants/cool-down.js';
import { callWords } from '../grants/digest.js';

const scope = z.strictObject({
  level: z.enum(['read', 'write']),
  providers: z.array(z.string()),
  durationMs: z.number(),
  /** `null`: no limit within the time. */
  maxCalls: z.number().nullable(),
});

/**
 * One grant as an assistant is told of it, in the same words by every tool. Instants are ISO 8601. What the facts mean is said by the
 * text that they come with, and not once more in the list of tools.
 */
export const grantFacts = z.strictObject({
  requestId: z.string(),
  kind: z.enum(['broad', 'request']),
  status: z.enum(GRANT_STATUSES),
  approvalUrl: z.string().optional(),
  closesAt: z.string().optional(),
  expiresAt: z.string().optional(),
  requested: scope.optional(),
  granted: scope.optional(),
  callsLeft: z.number().optional(),
  call: z
    .strictObject({
      title: z.string(),
      provider: z.string(),
      level: z.enum(['read', 'write']),
      method: z.string(),
      url: z.string(),
      words: z.string(),
    })
    .optional(),
  userNote: z.string().optional(),
  refusalReason: z.enum(REASON_CODES).optional(),
  mayAskAgain: z.boolean().optional(),
  askAgainAt: z.string().optional(),
  failure: z.string().optional(),
  providerStatus: z.number().optional(),
});

export type GrantFacts = z.infer<typeof grantFacts>;

export function factsOf(grant: AuthorityGrant, moment: Moment, publicUrl: string): GrantFacts {
  const status = statusOf(grant, moment);
  return {
    ...commonFacts(grant),
    kind: grant.kind,
    status,
    ...(status === 'pending' ? { approvalUrl: `${publicUrl}/approve/${grant.id}`, closesAt: iso(grant.closesAt) } : {}),
    ...(status === 'approved' && grant.expiresAt !== null ? { expiresAt: iso(grant.expiresAt) } : {}),
    ...(grant.kind === 'broad' ? broadFacts(grant) : requestFacts(grant)),
    ...refusalFacts(grant),
  };
}

/** What the answer of a call tells of its approval, too. */
export function commonFacts(grant: AuthorityGrant): Pick<GrantFacts, 'requestId' | 'callsLeft' | 'userNote'> {
  const maxCalls = grant.kind === 'broad' ? (grant.granted?.maxCalls ?? null) : null;
  return {
    requestId: grant.id,
    ...(maxCalls !== null && grant.kind === 'broad' ? { callsLeft: Math.max(0, maxCalls - grant.callsMade) } : {}),
    ...(grant.decision?.note ? { userNote: grant.decision.note } : {}),
  };
}

function broadFacts(grant: Extract<AuthorityGrant, { kind: 'broad' }>): Partial<GrantFacts> {
  return {
    requested: plain(grant.requested),
    ...(grant.granted ? { granted: plain(grant.granted) } : {}),
  };
}

function requestFacts(grant: Extract<AuthorityGrant, { kind: 'request' }>): Partial<GrantFacts> {
  const { title, provider, level, method, url, callDigest } = grant.call;
  const status = grant.execution?.status ?? null;
  const failure = grant.execution?.failure ?? null;
  return {
    call: { title, provider, level, method, url, words: callWords(callDigest).join(' ') },
    ...(status === null ? {} : { providerStatus: status }),
    ...(failure === null ? {} : { failure }),
  };
}

function refusalFacts(grant: AuthorityGrant): Partial<GrantFacts> {
  const reasonCode = grant.decision?.reasonCode ?? null;
  const until = askAgainAt(grant);
  if (until === null) return {};
  return {
    ...(reasonCode === null ? {} : { refusalReason: reasonCode }),
    mayAskAgain: reasonCode === 'too_broad' || reasonCode === 'wrong_account',
    askAgainAt: iso(until),
  };
}

function plain(scope: BroadScope): z.infer<typeof grantFacts>['requested'] {
  return { ...scope, providers: [...scope.providers] };
}

export function iso(at: number): string {
  return new Date(at).toISOString();
}
