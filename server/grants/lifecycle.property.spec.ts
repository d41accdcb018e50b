import fc from 'fast-check';
import { approver, broadQuestion, callQuestion, emptyView, SETTINGS } from '../../test/support/grants.js';
import type { AuditEvent } from '../audit/audit-event.js';
import { covers } from '../kernel/access-level.js';
import { DomainError } from '../kernel/domain-error.js';
import { type AuthorityGrant, isLive, type Moment, statusOf } from './authority-grant.js';
import { type GrantCommand, transition } from './lifecycle.js';
import { ask } from './question.js';

const NOW = 1_795_000_000_000;
const ENDED = ['executed', 'failed', 'outcome_unknown', 'denied', 'withdrawn', 'revoked'];

const claimId = fc.constantFrom('clm_1', 'clm_2', 'clm_3');
const actor = { type: 'client', clientId: 'client_code' } as const;
const level = fc.constantFrom('read' as const, 'write' as const);
const scope = fc.option(
  fc.record({
    level,
    providers: fc.subarray(['linear', 'notion', 'snowflake']),
    durationMs: fc.constantFrom(0, 1, 60_000, SETTINGS.authorityMaxMs, SETTINGS.authorityMaxMs + 1),
    maxCalls: fc.constantFrom(null, 1, 2, 5, 9),
  }),
);

/** `digest: true` stands for the digest that the grant then has: what the person was shown. */
const command = fc.oneof(
  fc.record({ type: fc.constant('approve' as const), isShown: fc.boolean(), scope }),
  fc.record({ type: fc.constant('approve' as const), isShown: fc.constant(true), scope: fc.constant(null) }),
  fc.record({ type: fc.constant('deny' as const), isShown: fc.boolean() }),
  fc.record({ type: fc.constantFrom('begin' as const, 'finish' as const, 'fail' as const, 'lose' as const), claimId }),
  fc.record({ type: fc.constantFrom('withdraw' as const, 'revoke' as const, 'rebind' as const) }),
);
const step = fc.record({
  command,
  passes: fc.constantFrom(0, 1, 60_000, SETTINGS.requestTtlMs),
  restarts: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const kind = fc.constantFrom('broad' as const, 'limited' as const, 'read' as const, 'request' as const);

function askedFor(of: 'broad' | 'limited' | 'read' | 'request'): AuthorityGrant {
  const scopes = { broad: {}, limited: { maxCalls: 2 }, read: { level: 'read' as const } };
  const question = of === 'request' ? callQuestion() : broadQuestion(scopes[of]);
  const asked = ask(emptyView(NOW), question, SETTINGS, 0);
  if ('existing' in asked) throw new Error('not a new request');
  return asked.grant;
}

function commandOf(given: Step['command'], grant: AuthorityGrant): GrantCommand {
  const shown = (isShown: boolean) => (isShown ? grant.digest : '0'.repeat(64));
  const call = {
    provider: 'notion',
    method: 'PATCH',
    url: 'https://api.notion.com/v1/pages/1',
    level: 'write',
  } as const;
  switch (given.type) {
    case 'approve': {
      const { scope: chosen, isShown } = given;
      return {
        type: 'approve',
        by: approver(),
        digest: shown(isShown),
        note: null,
        scope: chosen,
        maxDurationMs: SETTINGS.authorityMaxMs,
      };
    }
    case 'deny':
      return { type: 'deny', by: approver(), digest: shown(given.isShown), note: null, reasonCode: null };
    case 'begin':
      return { type: 'begin', call: { claimId: given.claimId, ...call } };
    case 'finish':
      return { type: 'finish', claimId: given.claimId, status: 200, answerBytes: 0 };
    case 'fail':
    case 'lose':
      return { type: given.type, claimId: given.claimId, code: 'cancelled' };
    case 'withdraw':
      return { type: 'withdraw', reason: 'by_client', actor };
    case 'revoke':
      return { type: 'revoke', actor };
    case 'rebind':
      return {
        type: 'rebind',
        connections: { linear: 'account_linear', notion: 'account_notion' },
        digest: grant.digest,
      };
  }
}

interface Life {
  readonly before: AuthorityGrant;
  readonly grant: AuthorityGrant;
  readonly moment: Moment;
  readonly events: readonly AuditEvent[];
  readonly given: Step['command'];
}

/** Runs a life and asks `isRight` after each step. */
function live(of: Parameters<typeof askedFor>[0], steps: readonly Step[], isRight: (life: Life) => boolean): void {
  let moment: Moment = { now: NOW, epoch: 'epoch-0' };
  let grant = askedFor(of);
  let epochs = 0;
  const events: AuditEvent[] = [];
  for (const { command: given, passes, restarts } of steps) {
    if (restarts) epochs += 1;
    moment = { now: moment.now + passes, epoch: `epoch-${epochs}` };
    const before = grant;
    try {
      const changed = transition(grant, commandOf(given, grant), moment);
      if (changed.notAfter === null || moment.now < changed.notAfter) {
        grant = changed.grant;
        if (changed.event) events.push(changed.event);
      }
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
    const life = { before, grant, moment, events, given };
    if (!isRight(life)) throw new Error(`broken by ${JSON.stringify(life)}`);
  }
}

/** Most lives begin on the way that lets a call run; from there anything may happen. */
const plain = (given: Step['command']): Step => ({ command: given, passes: 1, restarts: false });
const opening = fc
  .tuple(claimId, fc.constantFrom('finish' as const, 'fail' as const, 'lose' as const), fc.nat(3))
  .map(([id, end, length]) =>
    [
      plain({ type: 'approve', isShown: true, scope: null }),
      plain({ type: 'begin', claimId: id }),
      plain({ type: end, claimId: id }),
    ].slice(0, length),
  );

const lives = (isRight: (life: Life) => boolean, options: { seed?: number } = {}) =>
  fc.assert(
    fc.property(kind, opening, fc.array(step, { maxLength: 20 }), (of, first, steps) =>
      live(of, [...first, ...steps], isRight),
    ),
    { numRuns: 1_000, ...options },
  );

const count = (events: readonly AuditEvent[], ...actions: string[]) =>
  events.filter((event) => actions.includes(event.action)).length;

/** `null` is no limit. */
const atMost = (number: number | null, limit: number | null) => limit === null || (number !== null && number <= limit);

describe('any sequence of commands', () => {
  it('I6: from no sequence of commands does authority appear without an approval', () => {
    lives(({ grant, moment, events }) => {
      const actions = events.map(({ action }) => action);
      const isUsed = actions.includes('call.started');
      const hasAuthority = isUsed || ['approved', 'executing', 'executed'].includes(statusOf(grant, moment));
      if (!hasAuthority) return true;
      const approval = actions.indexOf('access.approved');
      return approval !== -1 && (!isUsed || approval < actions.indexOf('call.started'));
    });
  });

  it('I6: only what was shown can be approved', () => {
    lives(({ before, grant, given }) => {
      const isApprovedNow = before.decision === null && grant.status === 'approved';
      return !isApprovedNow || (given.type === 'approve' && given.isShown);
    });
  });

  it('I12: what is granted is never wider than what was asked, and never used more often than granted', () => {
    lives(({ grant }) => {
      if (grant.kind !== 'broad' || grant.granted === null) return true;
      const { requested, granted, connections, callsMade } = grant;
      return (
        covers(requested.level, granted.level) &&
        granted.providers.length > 0 &&
        granted.providers.every((provider) => requested.providers.includes(provider) && provider in connections) &&
        granted.durationMs <= SETTINGS.authorityMaxMs &&
        atMost(granted.maxCalls, requested.maxCalls) &&
        atMost(callsMade, granted.maxCalls)
      );
    });
  });

  it('I8: terminal states absorb, and one decision is the only one', () => {
    lives(({ before, grant }) => {
      const isEndKept = !ENDED.includes(before.status) || grant.status === before.status;
      return isEndKept && (before.decision === null || grant.decision === before.decision);
    });
  });

  it('I8, I11: what is over, by time or by a lost epoch, is not live again', () => {
    lives(({ before, grant, moment }) => isLive(before, moment) || !isLive(grant, moment));
  });

  it('I9: an exact call is begun at most once, and concluded at most once', () => {
    lives(({ grant, events }) => {
      if (grant.kind !== 'request') return true;
      const begun = count(events, 'call.started');
      return begun <= 1 && count(events, 'call.finished', 'call.failed', 'call.unknown') <= begun;
    });
  });

  it('I44: every change has one event and one version, and a refusal has neither', () => {
    lives(({ grant, events }) => grant.version === 1 + events.length);
  });

  it('reaches every end, so that the promises above are not empty', () => {
    const seen = new Set<string>();
    lives(({ grant, moment }) => seen.add(`${grant.kind} ${statusOf(grant, moment)}`).size > 0, { seed: 7 });
    const both = ['pending', 'approved', 'denied', 'withdrawn', 'revoked', 'expired', 'voided'];
    const request = ['executing', 'executed', 'failed', 'outcome_unknown'];
    const ends = [
      ...both.flatMap((end) => [`broad ${end}`, `request ${end}`]),
      ...request.map((end) => `request ${end}`),
    ];
    expect([...seen].sort()).toEqual(ends.sort());
  });
});
