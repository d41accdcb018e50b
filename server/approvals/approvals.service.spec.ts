import { ApprovalsApp, type Browser } from '../../test/support/approvals-app.js';
import { connectionOf } from '../../test/support/gateway-fakes.js';
import { broadQuestion, callQuestion, MINUTE_MS, principal } from '../../test/support/grants.js';
import type { RawAnswer } from '../../test/support/raw-http.js';
import { DomainError } from '../kernel/domain-error.js';
import { approval } from './approvals.contract.js';

let app: ApprovalsApp;
let ada: Browser;
beforeEach(async () => {
  app = await ApprovalsApp.start();
  ada = await app.signIn();
});
afterEach(() => app.close());

const codeIn = (answer: RawAnswer) => [answer.status, answer.json().code];
const decisions = () => app.facts().filter(({ action }) => /^access\.(approved|denied)$/.test(action));

describe('I12: the decision body is strict, and a wrong one leaves the request as it was', () => {
  const scope = { maxCalls: 10, durationMs: 5 * MINUTE_MS };
  const wrong: [what: string, body: (digest: string) => unknown, answer: [number, string]][] = [
    ['an unknown field', (digest) => ({ decision: 'approve', digest, scope: 'all' }), [400, 'invalid_arguments']],
    [
      'a field of the prototype',
      (digest) => `{"decision":"approve","digest":"${digest}","__proto__":{"level":"write"}}`,
      [400, 'invalid_arguments'],
    ],
    ['no digest', () => ({ decision: 'approve' }), [400, 'invalid_arguments']],
    [
      'a digest of another shape',
      (digest) => ({ decision: 'approve', digest: digest.slice(1) }),
      [400, 'invalid_arguments'],
    ],
    ['no decision', (digest) => ({ digest }), [400, 'invalid_arguments']],
    ['another decision', (digest) => ({ decision: 'approved', digest }), [400, 'invalid_arguments']],
    ['a list', (digest) => [{ decision: 'approve', digest }], [400, 'invalid_arguments']],
    ['null', () => 'null', [400, 'invalid_arguments']],
    ['no JSON', () => '{"decision":', [400, 'invalid_arguments']],
    ['nothing', () => '', [400, 'invalid_arguments']],
    [
      'a note of 501 characters',
      (digest) => ({ decision: 'approve', digest, note: 'x'.repeat(501) }),
      [400, 'invalid_arguments'],
    ],
    [
      'more than 16 KiB',
      (digest) => ({ decision: 'approve', digest, note: 'x'.repeat(17_000) }),
      [413, 'body_too_large'],
    ],
    ['a level of nobody', (digest) => ({ decision: 'approve', digest, level: 'admin' }), [400, 'invalid_arguments']],
    [
      'a provider more',
      (digest) => ({ decision: 'approve', digest, providers: ['linear', 'snowflake'] }),
      [400, 'wider_than_asked'],
    ],
    ['no provider', (digest) => ({ decision: 'approve', digest, providers: [] }), [400, 'invalid_arguments']],
    [
      'a provider twice',
      (digest) => ({ decision: 'approve', digest, providers: ['linear', 'linear'] }),
      [400, 'invalid_arguments'],
    ],
    [
      'more than an hour',
      (digest) => ({ decision: 'approve', digest, durationMs: 60 * MINUTE_MS + 1 }),
      [400, 'wider_than_asked'],
    ],
    ['no time', (digest) => ({ decision: 'approve', digest, durationMs: 0 }), [400, 'invalid_arguments']],
    ['time before now', (digest) => ({ decision: 'approve', digest, durationMs: -1 }), [400, 'invalid_arguments']],
    ['half a millisecond', (digest) => ({ decision: 'approve', digest, durationMs: 0.5 }), [400, 'invalid_arguments']],
    ['time as text', (digest) => ({ decision: 'approve', digest, durationMs: '60000' }), [400, 'invalid_arguments']],
    ['more calls', (digest) => ({ decision: 'approve', digest, maxCalls: 11 }), [400, 'wider_than_asked']],
    ['calls without limit', (digest) => ({ decision: 'approve', digest, maxCalls: null }), [400, 'wider_than_asked']],
    ['no calls', (digest) => ({ decision: 'approve', digest, maxCalls: 0 }), [400, 'invalid_arguments']],
    [
      'a reason code for a yes',
      (digest) => ({ decision: 'approve', digest, reasonCode: 'no' }),
      [400, 'invalid_arguments'],
    ],
    ['a denial that narrows', (digest) => ({ decision: 'deny', digest, level: 'read' }), [400, 'invalid_arguments']],
    [
      'a reason code of nobody',
      (digest) => ({ decision: 'deny', digest, reasonCode: 'because' }),
      [400, 'invalid_arguments'],
    ],
  ];

  it.each(wrong)('broad: %s', async (_, body, answer) => {
    const grant = await app.ask(broadQuestion(scope));
    expect(codeIn(await app.decide(ada, grant.id, body(grant.digest)))).toEqual(answer);
    expect(await app.stored(grant)).toEqual(grant);
    expect(decisions()).toEqual([]);
    expect((await app.decide(ada, grant.id, { decision: 'approve', digest: grant.digest })).status).toBe(200);
  });

  it('broad: writing where reading was asked for', async () => {
    const grant = await app.ask(broadQuestion({ level: 'read' }));
    const answer = await app.decide(ada, grant.id, { decision: 'approve', digest: grant.digest, level: 'write' });
    expect(codeIn(answer)).toEqual([400, 'wider_than_asked']);
    expect(await app.stored(grant)).toEqual(grant);
  });

  it.each([
    ['providers', ['notion']],
    ['level', 'read'],
    ['durationMs', 60_000],
    ['maxCalls', 1],
    ['maxCalls', null],
  ])('an exact call: %s', async (field, value) => {
    const grant = await app.ask(callQuestion());
    const answer = await app.decide(ada, grant.id, { decision: 'approve', digest: grant.digest, [field]: value });
    expect(codeIn(answer)).toEqual([400, 'invalid_arguments']);
    expect(await app.stored(grant)).toEqual(grant);
  });

  it('a provider that is not connected is chosen by nobody: it is connected first, or left out', async () => {
    app.vault.linked = () => [
      connectionOf('linear'),
      connectionOf('notion', { state: 'not_connected', accountId: null }),
    ];
    const { id } = await app.ask(broadQuestion());
    const { digest } = await app.read(ada, id);
    expect(codeIn(await app.decide(ada, id, { decision: 'approve', digest }))).toEqual([403, 'connection_required']);
    const answer = await app.decide(ada, id, { decision: 'approve', digest, providers: ['linear'] });
    expect(answer.json()).toMatchObject({ status: 'approved', broad: { granted: { providers: ['linear'] } } });
  });

  it('an exact call of a provider that is not connected cannot be approved', async () => {
    app.vault.linked = () => [connectionOf('notion', { state: 'needs_reauthorization' })];
    const { id } = await app.ask(callQuestion());
    const { digest } = await app.read(ada, id);
    expect(codeIn(await app.decide(ada, id, { decision: 'approve', digest }))).toEqual([403, 'connection_required']);
    expect((await app.read(ada, id)).status).toBe('pending');
  });
});

describe('a decision', () => {
  it('narrows in every dimension, carries a note, and is answered as the page needs it', async () => {
    const { id, digest } = await app.ask(broadQuestion());
    const narrow = { providers: ['notion'], level: 'read', durationMs: 60 * MINUTE_MS, maxCalls: 3 };
    const answer = await app.decide(ada, id, { decision: 'approve', digest, note: 'Read only.', ...narrow });
    expect(answer.status).toBe(200);
    expect(approval.parse(answer.json())).toMatchObject({
      status: 'approved',
      expiresAt: app.clock.now() + 60 * MINUTE_MS,
      broad: { granted: narrow },
      decision: { outcome: 'approved', note: 'Read only.', reasonCode: null },
    });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('mistake 9: the time of an authority begins with the approval', async () => {
    const { id, digest } = await app.ask(callQuestion());
    app.clock.advance(9 * MINUTE_MS);
    const answer = await app.decide(ada, id, { decision: 'approve', digest });
    expect(answer.json()).toMatchObject({ expiresAt: app.clock.now() + 5 * MINUTE_MS });
  });

  it('a denial keeps its reason; a note of white space is none', async () => {
    const { id, digest } = await app.ask(callQuestion());
    const answer = await app.decide(ada, id, { decision: 'deny', digest, note: ' \n', reasonCode: 'too_broad' });
    expect(answer.json()).toMatchObject({
      status: 'denied',
      decision: { outcome: 'denied', note: null, reasonCode: 'too_broad' },
    });
  });

  it.each([
    ['approve', 'approve'],
    ['approve', 'deny'],
    ['deny', 'approve'],
    ['deny', 'deny'],
  ])('I8: %s and then %s is one decision, with one fact on record', async (first, second) => {
    const { id, digest } = await app.ask(callQuestion());
    expect((await app.decide(ada, id, { decision: first, digest })).status).toBe(200);
    expect(codeIn(await app.decide(ada, id, { decision: second, digest }))).toEqual([409, 'already_decided']);
    expect(decisions().map(({ grantId }) => grantId)).toEqual([id]);
  });

  it('I8: two at once are one decision', async () => {
    const { id, digest } = await app.ask(broadQuestion());
    const answers = await Promise.all([
      app.decide(ada, id, { decision: 'approve', digest }),
      app.decide(ada, id, { decision: 'approve', digest }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(decisions()).toHaveLength(1);
  });

  it('I14: that crosses a sign-out ends with it', async () => {
    const grant = await app.ask(callQuestion());
    const { id, digest } = grant;
    let hasLeft = false;
    app.vault.linked = async () => {
      // Past the guard, before the decision is stored.
      if (!hasLeft) {
        hasLeft = true;
        expect((await app.signOut(ada)).status).toBe(200);
      }
      return [connectionOf('linear'), connectionOf('notion')];
    };
    expect(codeIn(await app.decide(ada, id, { decision: 'approve', digest }))).toEqual([401, 'not_signed_in']);
    expect(decisions()).toHaveLength(1);
    const found = await app.store.find(id, { by: 'user', userId: grant.principal.subject });
    expect(found?.grant.status).toBe('revoked');
  });

  it('on something else than what was shown is refused', async () => {
    const shown = await app.ask(callQuestion());
    app.vault.linked = () => [connectionOf('notion', { accountId: 'account_other' })];
    const { digest } = await app.read(ada, shown.id);
    expect(digest).not.toBe(shown.digest);
    const old = await app.decide(ada, shown.id, { decision: 'approve', digest: shown.digest });
    expect(codeIn(old)).toEqual([409, 'request_changed']);
    const denial = await app.decide(ada, shown.id, { decision: 'deny', digest: shown.digest });
    expect(codeIn(denial)).toEqual([409, 'request_changed']);
    expect((await app.decide(ada, shown.id, { decision: 'approve', digest })).status).toBe(200);
  });

  it.each([
    ['an exact call', callQuestion()],
    ['a broad grant', broadQuestion()],
  ])('a connection that changes between reading and deciding makes it another request: %s', async (_, question) => {
    const grant = await app.ask(question);
    const { digest } = await app.read(ada, grant.id);
    app.vault.linked = () => [connectionOf('linear'), connectionOf('notion', { accountId: 'account_other' })];
    const answer = await app.decide(ada, grant.id, { decision: 'approve', digest });
    expect(codeIn(answer)).toEqual([409, 'request_changed']);
    expect(decisions()).toEqual([]);
    expect((await app.read(ada, grant.id)).digest).not.toBe(digest);
  });

  it.each([
    ['closed by time', () => app.clock.advance(10 * MINUTE_MS), 'request_expired'],
    ['superseded by a newer one', () => app.ask(broadQuestion({ level: 'read' })), 'superseded'],
    [
      'taken back',
      async (id: string) => {
        const actor = { type: 'client', clientId: 'client_code' } as const;
        await app.grants.end(id, { by: 'principal', principal: principal() }, actor);
      },
      'request_withdrawn',
    ],
  ])('mistake 10: comes too late for a request that was %s', async (_, happens: (id: string) => unknown, code) => {
    const { id, digest } = await app.ask(broadQuestion());
    await happens(id);
    expect(codeIn(await app.decide(ada, id, { decision: 'approve', digest }))).toEqual([409, code]);
    expect(decisions()).toEqual([]);
  });

  it('I38: is answered as made although WorkOS is out of reach after it', async () => {
    const { id, digest } = await app.ask(callQuestion());
    const away = () => Promise.reject(new DomainError('workos_unavailable', 'WorkOS does not answer.'));
    app.vault.linked = away;
    app.identity.memberships = away;
    const answer = await app.decide(ada, id, { decision: 'deny', digest });
    expect([answer.status, answer.json().status]).toEqual([200, 'denied']);
  });
});

describe('mistake 8, I7: who decides', () => {
  it('is not somebody who is signed in as the person', async () => {
    const support = await app.signIn({ isImpersonated: true });
    const { id, digest } = await app.ask(callQuestion());
    for (const decision of ['approve', 'deny']) {
      expect(codeIn(await app.decide(support, id, { decision, digest }))).toEqual([403, 'impersonated']);
    }
    expect((await app.read(support, id)).status).toBe('pending');
  });

  it('I14: is not a browser whose session WorkOS has ended', async () => {
    const { id, digest } = await app.ask(callQuestion());
    app.identity.renewing = async () => null;
    expect(codeIn(await app.decide(ada, id, { decision: 'approve', digest }))).toEqual([401, 'not_signed_in']);
    expect(app.sessions.rows.size).toBe(0);
    expect(decisions()).toEqual([]);
  });

  it('a denial asks WorkOS for nothing', async () => {
    const { id, digest } = await app.ask(callQuestion());
    app.identity.renewing = null;
    expect((await app.decide(ada, id, { decision: 'deny', digest })).status).toBe(200);
    expect(app.identity.renewals).toEqual([]);
  });

  it('is the person in the organization of the request', async () => {
    app.identity.people = [
      { organizationId: 'org_acme', organizationName: 'Acme' },
      { organizationId: 'org_beta', organizationName: 'Beta' },
    ];
    const { id, digest } = await app.ask(callQuestion());
    for (const organization of ['org_beta', null]) {
      const elsewhere = await app.signIn({ organization });
      const read = await app.get(elsewhere, `/api/approvals/${id}`);
      const decided = await app.decide(elsewhere, id, { decision: 'approve', digest });
      expect([codeIn(read), codeIn(decided)]).toEqual([
        [403, 'org_mismatch'],
        [403, 'org_mismatch'],
      ]);
      expect(decided.json().organization).toEqual({ id: 'org_acme', name: 'Acme' });
      expect(JSON.stringify(read.json())).not.toContain('rename the page');
    }
    expect(decisions()).toEqual([]);
  });

  it('I5 I47: a stranger reads and decides nothing, and cannot tell it from an id of nobody', async () => {
    const eve = await app.signIn({ user: { id: 'user_eve', email: 'eve@acme.example', name: 'Eve' } });
    const { id, digest } = await app.ask(callQuestion());
    const random = id.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'));
    const read = await Promise.all([id, random, 'x'].map((one) => app.get(eve, `/api/approvals/${one}`)));
    const decided = await Promise.all(
      [id, random, 'x'].map((one) => app.decide(eve, one, { decision: 'approve', digest })),
    );
    const ended = await Promise.all([id, random, 'x'].map((one) => app.send(eve, 'DELETE', `/api/grants/${one}`)));
    expect(new Set([...read, ...decided].map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(read[0]?.status).toBe(404);
    expect(ended.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect(ended[0]?.text).toBe(ended[1]?.text);
    expect(decisions()).toEqual([]);
  });

  it('approval.wrong_user: who opens what is not theirs is on record, at most once a minute and reason', async () => {
    app.identity.people = [
      { organizationId: 'org_acme', organizationName: 'Acme' },
      { organizationId: 'org_beta', organizationName: 'Beta' },
    ];
    const eve = await app.signIn({ user: { id: 'user_eve', email: 'eve@acme.example', name: 'Eve' } });
    const { id } = await app.ask(callQuestion());
    for (let round = 0; round < 3; round += 1) await app.get(eve, `/api/approvals/${id}`);
    await app.get(eve, '/api/approvals/not-an-id');
    app.clock.advance(MINUTE_MS);
    await app.decide(eve, id, { decision: 'approve', digest: 'a'.repeat(64) });
    await app.get(await app.signIn({ organization: 'org_beta' }), `/api/approvals/${id}`);
    await app.read(ada, id);
    const record = (subject: string, organization: string, reason: string, count: number) => ({
      subject,
      organization,
      grantId: null,
      actor: { type: 'user', userId: subject },
      details: { reason, requestId: id, count },
    });
    expect(app.audit.of('approval.wrong_user')).toMatchObject([
      record('user_eve', 'org_acme', 'user', 1),
      record('user_eve', 'org_acme', 'user', 3),
      record('user_ada', 'org_beta', 'organization', 1),
    ]);
  });

  it('a record that cannot be written changes nothing of the refusal', async () => {
    app.audit.append = () => Promise.reject(new DomainError('audit_unavailable', 'The disk is full.'));
    expect(codeIn(await app.get(ada, `/api/approvals/${'a'.repeat(48)}`))).toEqual([404, 'not_found']);
  });

  describe.each(['off', 'write', 'always'] as const)('APPROVAL_REAUTH=%s', (reauth) => {
    it.each([
      { level: 'read', minutes: 6, needed: reauth === 'always' },
      { level: 'write', minutes: 6, needed: reauth !== 'off' },
      { level: 'read', minutes: 5, needed: false },
      { level: 'write', minutes: 5, needed: false },
    ] as const)('a $level, $minutes minutes after signing in', async ({ level, minutes, needed }) => {
      await app.close();
      app = await ApprovalsApp.start({ reauth });
      ada = await app.signIn();
      app.clock.advance(minutes * MINUTE_MS);
      const { id, digest } = await app.ask(broadQuestion({ level }));
      const answer = await app.decide(ada, id, { decision: 'approve', digest });
      expect(answer.json()).toMatchObject(needed ? { code: 'reauthentication_required' } : { status: 'approved' });
      expect(decisions()).toHaveLength(needed ? 0 : 1);
      if (!needed) return;
      const again = await app.signIn({}, ada);
      expect((await app.decide(again, id, { decision: 'approve', digest })).status).toBe(200);
    });
  });
});
