import {
  approve,
  approver,
  begin,
  broadQuestion,
  callQuestion,
  decline,
  deny,
  emptyView,
  finish,
  MINUTE_MS,
  revoke,
  SCOPE,
  SETTINGS,
  withdraw,
} from '../../test/support/grants.js';
import { misfit } from '../../test/support/mcp-call.js';
import type { AuthorityGrant, GrantStatus, Moment, ReasonCode } from '../grants/authority-grant.js';
import { type GrantCommand, transition } from '../grants/lifecycle.js';
import { ask, type Question } from '../grants/question.js';
import { advertisedOutput } from './advertised-output.js';
import { factsOf, grantFacts } from './grant-facts.js';

const START = Date.parse('2026-01-01T00:00:00Z');
const URL = 'https://countersign.example';
const view = emptyView(START);

/** A grant to which this happened, minute by minute, and the facts that an assistant is told then. */
function after(
  question: Question,
  commands: ((grant: AuthorityGrant) => GrantCommand)[],
  later = 0,
  epoch = 'epoch-1',
) {
  const asked = ask(view, question, SETTINGS, 0);
  let grant = 'grant' in asked ? asked.grant : asked.existing;
  const moment: Moment = { now: START, epoch: 'epoch-1' };
  for (const command of commands) grant = transition(grant, command(grant), moment).grant;
  return { grant, facts: factsOf(grant, { now: START + later, epoch }, URL) };
}

const yes = (grant: AuthorityGrant) => ({ ...approve(grant.digest), note: 'Be careful.' }) as GrantCommand;
const no = (reasonCode: ReasonCode | null) => (grant: AuthorityGrant) =>
  ({ ...deny(grant.digest, approver()), reasonCode }) as GrantCommand;

const stories: {
  status: GrantStatus;
  commands: ((grant: AuthorityGrant) => GrantCommand)[];
  later?: number;
  epoch?: string;
}[] = [
  { status: 'pending', commands: [] },
  { status: 'expired', commands: [], later: 10 * MINUTE_MS },
  { status: 'denied', commands: [no('no')] },
  { status: 'withdrawn', commands: [() => withdraw] },
  { status: 'withdrawn', commands: [() => decline] },
  { status: 'approved', commands: [yes] },
  { status: 'revoked', commands: [yes, () => revoke] },
  { status: 'expired', commands: [yes], later: 5 * MINUTE_MS },
  { status: 'voided', commands: [yes], epoch: 'epoch-2' },
];
const runs: typeof stories = [
  { status: 'executing', commands: [yes, () => begin('clm_1')] },
  { status: 'outcome_unknown', commands: [yes, () => begin('clm_1')], later: MINUTE_MS },
  { status: 'executed', commands: [yes, () => begin('clm_1'), () => finish('clm_1')] },
  { status: 'failed', commands: [yes, () => begin('clm_1'), () => ({ type: 'fail', claimId: 'clm_1', code: 'x' })] },
];

describe.each([
  ['broad', broadQuestion(), stories],
  ['request', callQuestion(), [...stories, ...runs]],
] as const)('a grant of kind %s', (kind, question, all) => {
  it.each(all)('$status: the facts fit what the tools advertise and promise', ({ status, commands, later, epoch }) => {
    const { facts } = after(question, [...commands], later, epoch);
    expect(facts).toMatchObject({ kind, status });
    expect(grantFacts.parse(facts)).toEqual(facts);
    expect(misfit(advertisedOutput(grantFacts), facts)).toBeNull();
  });

  it.each(all)(
    '$status: a link to approve, or a time, only while there is one',
    ({ status, commands, later, epoch }) => {
      const { grant, facts } = after(question, [...commands], later, epoch);
      expect(facts.approvalUrl).toBe(status === 'pending' ? `${URL}/approve/${grant.id}` : undefined);
      expect(facts.closesAt).toBe(status === 'pending' ? '2026-01-01T00:10:00.000Z' : undefined);
      expect(facts.expiresAt).toBe(status === 'approved' ? '2026-01-01T00:05:00.000Z' : undefined);
    },
  );

  it('tells neither the digest nor who decided where, nor the account', () => {
    const text = JSON.stringify(after(question, [yes]).facts);
    expect(text).not.toMatch(/[0-9a-f]{64}|account_|bbbb/);
  });
});

it('a broad grant tells what was asked, what was granted, and how many calls are left', () => {
  const granted = { ...SCOPE, level: 'read', providers: ['notion'], maxCalls: 2 } as const;
  const narrow = (grant: AuthorityGrant) => approve(grant.digest, granted);
  const once = after(broadQuestion({ maxCalls: 3 }), [narrow, () => begin('clm_1')]);
  expect(once.facts).toMatchObject({ requested: { level: 'write', maxCalls: 3 }, granted, callsLeft: 1 });
  expect(after(broadQuestion(), [yes]).facts).not.toHaveProperty('callsLeft');
});

it('an exact call tells its words, and the status of the answer once there is one', () => {
  const { facts } = after(callQuestion(), [yes, () => begin('clm_1'), () => finish('clm_1')]);
  expect(facts).toMatchObject({
    call: { method: 'PATCH', words: expect.stringMatching(/^(\w+ ){3}\w+$/) },
    providerStatus: 200,
  });
  expect(JSON.stringify(facts)).not.toContain('Hello');
});

it('I48: the person’s note is a field of its own, named as what the user asks', () => {
  expect(after(callQuestion(), [yes]).facts.userNote).toBe('Be careful.');
  expect(after(callQuestion(), [no(null)]).facts.userNote).toBe('not this one');
  expect(after(callQuestion(), []).facts).not.toHaveProperty('userNote');
});

it.each<[ReasonCode | null, boolean]>([
  ['wrong_account', true],
  ['too_broad', true],
  ['not_now', false],
  ['no', false],
  [null, false],
])('after a no for %s the assistant may ask again: %s', (reasonCode, mayAskAgain) => {
  const { facts } = after(callQuestion(), [no(reasonCode)]);
  expect(facts).toMatchObject({ mayAskAgain });
  expect(Date.parse(facts.askAgainAt ?? '')).toBeGreaterThan(START);
  expect(facts.refusalReason).toBe(reasonCode ?? undefined);
});
