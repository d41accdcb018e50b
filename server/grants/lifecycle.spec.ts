import {
  approve,
  approver,
  begin,
  broadQuestion,
  callQuestion,
  deny,
  emptyView,
  finish,
  MINUTE_MS,
  refusalOf,
  revoke,
  SCOPE,
  SETTINGS,
  withdraw,
} from '../../test/support/grants.js';
import {
  type AuthorityGrant,
  EXECUTING_MAX_MS,
  type GrantStatus,
  LAST_CALLS,
  type Moment,
  statusOf,
} from './authority-grant.js';
import { type GrantCommand, transition } from './lifecycle.js';
import { ask, type Question } from './question.js';

const NOW = 1_795_000_000_000;
const at = (ms: number, epoch = 'epoch-1'): Moment => ({ now: NOW + ms, epoch });
const CLAIM = begin('clm_first');

function asked(question: Question): AuthorityGrant {
  const answer = ask(emptyView(NOW), question, SETTINGS, 0);
  if ('existing' in answer) throw new Error('not a new request');
  return answer.grant;
}

const after = (
  grant: AuthorityGrant,
  ...commands: readonly (GrantCommand | ((grant: AuthorityGrant) => GrantCommand))[]
) =>
  commands.reduce<AuthorityGrant>(
    (current, command) =>
      transition(current, typeof command === 'function' ? command(current) : command, at(1_000)).grant,
    grant,
  );

const approving = (grant: AuthorityGrant) => approve(grant.digest);
const denying = (grant: AuthorityGrant) => deny(grant.digest);

interface Given {
  readonly status: GrantStatus;
  readonly of: (question: Question) => AuthorityGrant;
  readonly moment?: Moment;
}

const COMMANDS = {
  rebind: (grant: AuthorityGrant): GrantCommand => ({ type: 'rebind', connections: {}, digest: grant.digest }),
  approve: approving,
  deny: denying,
  withdraw: () => withdraw,
  revoke: () => revoke,
  begin: () => begin('clm_other'),
  finish: () => finish('clm_first'),
  fail: (): GrantCommand => ({ type: 'fail', claimId: 'clm_first', code: 'cancelled' }),
  lose: (): GrantCommand => ({ type: 'lose', claimId: 'clm_first', code: 'upstream_timeout' }),
};
type CommandName = keyof typeof COMMANDS;

const GIVEN: readonly Given[] = [
  { status: 'denied', of: (question) => after(asked(question), denying) },
  { status: 'withdrawn', of: (question) => after(asked(question), withdraw) },
  { status: 'expired', of: asked, moment: at(SETTINGS.requestTtlMs) },
  { status: 'revoked', of: (question) => after(asked(question), approving, revoke) },
  { status: 'expired', of: (question) => after(asked(question), approving), moment: at(1_000 + SCOPE.durationMs) },
  { status: 'voided', of: (question) => after(asked(question), approving), moment: at(2_000, 'epoch-2') },
  { status: 'executing', of: (question) => after(asked(question), approving, CLAIM) },
  { status: 'executed', of: (question) => after(asked(question), approving, CLAIM, finish('clm_first')) },
  { status: 'failed', of: (question) => after(asked(question), approving, CLAIM, COMMANDS.fail()) },
  { status: 'outcome_unknown', of: (question) => after(asked(question), approving, CLAIM, COMMANDS.lose()) },
  {
    status: 'outcome_unknown',
    of: (question) => after(asked(question), approving, CLAIM),
    moment: at(1_000 + EXECUTING_MAX_MS),
  },
  { status: 'pending', of: asked },
  { status: 'approved', of: (question) => after(asked(question), approving) },
];

/** What each status answers to each command: a code when it refuses, the new status when it does not. */
type Answers = Readonly<Partial<Record<CommandName, string>>> & { readonly otherwise: string };
const ANSWERS: Record<string, Answers> = {
  denied: {
    rebind: 'already_decided',
    approve: 'already_decided',
    deny: 'already_decided',
    otherwise: 'request_denied',
  },
  withdrawn: { otherwise: 'request_withdrawn' },
  'expired pending': { otherwise: 'request_expired' },
  'expired approved': {
    rebind: 'already_decided',
    approve: 'already_decided',
    deny: 'already_decided',
    otherwise: 'request_expired',
  },
  revoked: {
    rebind: 'already_decided',
    approve: 'already_decided',
    deny: 'already_decided',
    otherwise: 'authority_revoked',
  },
  voided: {
    rebind: 'already_decided',
    approve: 'already_decided',
    deny: 'already_decided',
    otherwise: 'authority_voided',
  },
  executing: {
    rebind: 'already_decided',
    approve: 'already_decided',
    deny: 'already_decided',
    finish: 'executed',
    fail: 'failed',
    lose: 'outcome_unknown',
    otherwise: 'already_executing',
  },
  ended: { rebind: 'already_decided', approve: 'already_decided', deny: 'already_decided', otherwise: 'already_used' },
  lost: {
    rebind: 'already_decided',
    approve: 'already_decided',
    deny: 'already_decided',
    finish: 'executed',
    fail: 'failed',
    lose: 'outcome_unknown',
    otherwise: 'already_used',
  },
  pending: {
    rebind: 'pending',
    approve: 'approved',
    deny: 'denied',
    withdraw: 'withdrawn',
    otherwise: 'request_pending',
  },
  approved: {
    rebind: 'already_decided',
    approve: 'already_decided',
    deny: 'already_decided',
    revoke: 'revoked',
    begin: 'executing',
    otherwise: 'already_decided',
  },
};

function answersOf(status: GrantStatus, grant: AuthorityGrant): Answers {
  if (status === 'expired') return ANSWERS[`expired ${grant.status}`] as Answers;
  if (status === 'outcome_unknown' && grant.status === 'executing') return ANSWERS.lost as Answers;
  return ANSWERS[status] ?? (ANSWERS.ended as Answers);
}

describe('I8: what an exact call’s grant answers', () => {
  const rows = GIVEN.flatMap(({ status, of, moment = at(2_000) }) => {
    const grant = of(callQuestion());
    const answers = answersOf(status, grant);
    return (Object.keys(COMMANDS) as CommandName[]).map((name) => {
      const expects = answers[name] ?? answers.otherwise;
      return { status, was: grant.status, does: name, expects, grant, moment };
    });
  });

  it.each(rows)('$status (stored $was): $does → $expects', ({ status, does, expects, grant, moment }) => {
    expect(statusOf(grant, moment)).toBe(status);
    const answer = refusalOf(() => transition(grant, COMMANDS[does](grant), moment));
    expect(answer.replace('no refusal: ', '')).toBe(expects);
    const isRefused = !answer.startsWith('no refusal');
    expect(isRefused).toBe(/^(request_|already_|authority_)/.test(expects));
  });
});

describe('I12: an approver may narrow and never widen', () => {
  const grant = asked(broadQuestion({ level: 'read', maxCalls: 5 }));
  const approveAs = (scope: Partial<typeof SCOPE>, of = grant) =>
    refusalOf(() => transition(of, approve(of.digest, { ...SCOPE, level: 'read', maxCalls: 5, ...scope }), at(1_000)));

  it.each([
    ['writing when reading was asked for', { level: 'write' as const }, 'wider_than_asked'],
    ['a provider that was not asked for', { providers: ['linear', 'snowflake'] }, 'wider_than_asked'],
    ['no provider', { providers: [] }, 'invalid_arguments'],
    ['a provider twice', { providers: ['linear', 'linear'] }, 'invalid_arguments'],
    ['more time than the maximum', { durationMs: SETTINGS.authorityMaxMs + 1 }, 'wider_than_asked'],
    ['no time', { durationMs: 0 }, 'wider_than_asked'],
    ['time that is no number', { durationMs: Number.NaN }, 'wider_than_asked'],
    ['more calls than were asked for', { maxCalls: 6 }, 'wider_than_asked'],
    ['any number of calls where some were asked for', { maxCalls: null }, 'wider_than_asked'],
    ['no call', { maxCalls: 0 }, 'invalid_arguments'],
  ])('refuses %s', (_, scope, code) => {
    expect(approveAs(scope)).toBe(code);
  });

  it('refuses a provider that is not connected', () => {
    const loose = asked({ ...broadQuestion(), connections: { linear: 'account' } } as Question);
    expect(approveAs({ level: 'write', maxCalls: null }, loose)).toBe('connection_required');
  });

  it.each([
    ['fewer providers', { providers: ['notion'] }],
    ['fewer calls', { maxCalls: 1 }],
    ['less time', { durationMs: 1 }],
    ['the longest time', { durationMs: SETTINGS.authorityMaxMs }],
    ['what was asked for', {}],
  ])('allows %s', (_, scope) => {
    expect(approveAs(scope)).toBe('no refusal: approved');
  });

  it('allows reading, and a number of calls, where everything was asked for', () => {
    expect(approveAs({ level: 'read', maxCalls: 2 }, asked(broadQuestion()))).toBe('no refusal: approved');
  });
});

describe('approval', () => {
  it.each([
    ['broad', broadQuestion()],
    ['request', callQuestion()],
  ] as const)('of a %s grant: what was not shown is not approved', (_, question) => {
    const grant = asked(question);
    expect(refusalOf(() => transition(grant, approve('0'.repeat(64)), at(0)))).toBe('request_changed');
    expect(refusalOf(() => transition(grant, deny('0'.repeat(64)), at(0)))).toBe('request_changed');
  });

  it('mistake 2: an exact call is approved as it is: a scope beside it is refused', () => {
    const grant = asked(callQuestion());
    expect(refusalOf(() => transition(grant, approve(grant.digest, SCOPE), at(0)))).toBe('invalid_arguments');
  });

  it('of an exact call needs the connection that it runs through', () => {
    const grant = asked({ ...callQuestion(), connection: null } as Question);
    expect(refusalOf(() => transition(grant, approve(grant.digest), at(0)))).toBe('connection_required');
  });

  it('mistake 9: starts the clock of the authority, which request and setting do not shorten', () => {
    const late = at(SETTINGS.requestTtlMs - 1);
    const broad = asked(broadQuestion({ durationMs: 7 * MINUTE_MS }));
    const exact = asked(callQuestion());
    expect(transition(broad, approve(broad.digest), late).grant.expiresAt).toBe(late.now + 7 * MINUTE_MS);
    expect(transition(exact, approve(exact.digest), late).grant.expiresAt).toBe(late.now + SETTINGS.authorityMs);
  });

  it('I11: asks the store to write it only while the request is open; a begin, only while the authority lasts', () => {
    const grant = asked(callQuestion());
    const approved = transition(grant, approve(grant.digest), at(0));
    expect(approved.notAfter).toBe(grant.closesAt);
    expect(transition(approved.grant, CLAIM, at(1)).notAfter).toBe(approved.grant.expiresAt);
  });

  it('I44: names who approved what, and no word of theirs or the assistant’s', () => {
    const grant = asked(broadQuestion({}, 'a secret plan'));
    const { event } = transition(grant, { ...approve(grant.digest), note: 'a private note' } as GrantCommand, at(5));
    const actor = { type: 'user', userId: approver().userId, browserSession: approver().browserSession };
    expect(event).toMatchObject({ action: 'access.approved', at: NOW + 5, actor, grantId: grant.id });
    expect(event?.details).toMatchObject({ level: 'write', providers: 'linear notion', digest: grant.digest });
    expect(JSON.stringify(event)).not.toMatch(/secret plan|private note/);
  });
});

describe('calls', () => {
  const broad = (maxCalls: number | null) => after(asked(broadQuestion({ maxCalls })), approving);

  it('a limited grant is spent call by call, and then used', () => {
    const spent = after(broad(2), begin('clm_1'), begin('clm_2'));
    expect(spent).toMatchObject({ callsMade: 2, status: 'approved' });
    expect(refusalOf(() => transition(spent, begin('clm_3'), at(2_000)))).toBe('already_used');
  });

  it('F6: a claim that is sent again is one claim: nothing is spent and nothing recorded twice', () => {
    for (const grant of [after(broad(1), CLAIM), after(asked(callQuestion()), approving, CLAIM)]) {
      expect(transition(grant, CLAIM, at(2_000))).toEqual({ grant, event: null, notAfter: grant.expiresAt });
    }
  });

  it.each([
    ['revoked', broad(1), (grant: AuthorityGrant) => after(grant, CLAIM, revoke), at(2_000), 'authority_revoked'],
    [
      'expired',
      broad(1),
      (grant: AuthorityGrant) => after(grant, CLAIM),
      at(SCOPE.durationMs + 1_000),
      'request_expired',
    ],
    [
      'finished',
      broad(1),
      (grant: AuthorityGrant) => after(grant, CLAIM, finish('clm_first')),
      at(2_000),
      'already_used',
    ],
    [
      'voided',
      after(asked(callQuestion()), approving),
      (grant: AuthorityGrant) => after(grant, CLAIM),
      at(2_000, 'epoch-2'),
      'already_executing',
    ],
  ])('F6: a claim that is sent again when its grant is %s allows nothing', (_, grant, then, moment, code) => {
    expect(refusalOf(() => transition(then(grant), CLAIM, moment))).toBe(code);
  });

  it('I44: a call is concluded once, and only one that was begun', () => {
    const begun = after(broad(null), CLAIM);
    const done = after(begun, finish('clm_first'));
    expect(done).toMatchObject({ lastCalls: [{ result: 'answered', status: 200, finishedAt: NOW + 1_000 }] });
    expect(refusalOf(() => transition(done, finish('clm_first'), at(2_000)))).toBe('already_used');
    expect(refusalOf(() => transition(broad(null), finish('clm_first'), at(2_000)))).toBe('already_used');
    const exact = after(asked(callQuestion()), approving, CLAIM);
    expect(refusalOf(() => transition(exact, finish('clm_other'), at(2_000)))).toBe('already_executing');
  });

  it('keeps the last calls, newest first, and counts all', () => {
    const claims = Array.from({ length: LAST_CALLS + 2 }, (_, call) => begin(`clm_${call}`));
    const grant = after(broad(null), ...claims);
    expect(grant).toMatchObject({ callsMade: LAST_CALLS + 2 });
    const kept = grant.kind === 'broad' ? grant.lastCalls.map(({ claimId }) => claimId) : [];
    expect(kept).toEqual(
      claims
        .map(({ call }) => call.claimId)
        .reverse()
        .slice(0, LAST_CALLS),
    );
  });
});
