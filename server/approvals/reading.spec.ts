import { request as httpRequest } from 'node:http';
import { ApprovalsApp, type Browser, HOST } from '../../test/support/approvals-app.js';
import { eventually } from '../../test/support/eventually.js';
import { connectionOf } from '../../test/support/gateway-fakes.js';
import { broadQuestion, callQuestion, MINUTE_MS } from '../../test/support/grants.js';
import { DomainError } from '../kernel/domain-error.js';
import { approval } from './approvals.contract.js';

let app: ApprovalsApp;
let ada: Browser;
beforeEach(async () => {
  app = await ApprovalsApp.start();
  ada = await app.signIn();
});
afterEach(() => app.close());

const linear = (query: string, headers?: Record<string, string>) => {
  const judged = app.registry.judge({
    method: 'POST',
    url: 'https://api.linear.app/graphql',
    body: JSON.stringify({ query }),
    ...(headers ? { headers } : {}),
  });
  return { kind: 'request', judged, reason: 'because', connection: 'account_linear' } as const;
};

describe('what the page is told', () => {
  it('after a denial: until when the question is refused, and after the third that nothing about the provider is put', async () => {
    const deny = async (body: string, reasonCode: string) => {
      const { id } = await app.ask(callQuestion(Buffer.from(body)));
      const { digest } = await app.read(ada, id);
      const answer = await app.decide(ada, id, { decision: 'deny', digest, reasonCode });
      return { id, decision: approval.parse(answer.json()).decision };
    };
    const now = app.clock.now();
    const first = await deny('1', 'not_now');
    expect(first.decision).toMatchObject({ askAgainAt: now + 5 * MINUTE_MS, brake: null });
    await deny('2', 'too_broad');
    await deny('3', 'no');
    app.clock.advance(MINUTE_MS);
    const third = await deny('4', 'not_now');
    const until = now + 16 * MINUTE_MS;
    expect(third.decision).toMatchObject({ brake: { until, providers: ['Notion'] } });
    expect((await app.read(ada, first.id)).decision).toMatchObject({ brake: { until } });
    app.clock.advance(15 * MINUTE_MS);
    expect((await app.read(ada, third.id)).decision).toMatchObject({ brake: null });
  });

  it('I10 I31: every byte of the body and every header of the call that will be sent', async () => {
    const question = linear(`mutation { issueDelete(id: "\u202e${'é𝄞'.repeat(5_000)}") { success } }`);
    const { id } = await app.ask(question);
    const { call } = await app.read(ada, id);
    const sent = question.judged.call;
    expect(Buffer.from(call?.body?.raw ?? '').equals(Buffer.from(sent.body ?? []))).toBe(true);
    expect(call?.body?.bytes).toBe(sent.body?.byteLength);
    expect(call?.headers.map(({ name, value }) => [name, value])).toEqual(sent.headers);
    expect(`https://${call?.host}${call?.path}`).toBe(sent.url);
    expect(call).toMatchObject({ method: 'POST', query: '', credentialHeader: 'authorization' });
    expect(call?.body?.formatted.length).toBeGreaterThan(0);
  });

  it('a call that an update has closed since it was asked for is shown as it stands', async () => {
    const { id } = await app.ask(callQuestion());
    const open = await app.read(ada, id);
    jest.spyOn(app.registry, 'judgeCall').mockImplementation(() => {
      throw new DomainError('call_not_allowed', 'It can never be called.');
    });
    const closed = await app.read(ada, id);
    expect(open.call).toMatchObject({ isKnown: true });
    expect(closed.call).toEqual({ ...open.call, sentence: '', isKnown: false, resources: [] });
  });

  it('keeps to the contract, for both kinds, in every state', async () => {
    const broad = await app.ask(broadQuestion());
    const exact = await app.ask(callQuestion());
    for (const { id, digest } of [broad, exact]) {
      const before = await app.read(ada, id);
      expect(approval.parse(before)).toEqual(before);
      await app.decide(ada, id, { decision: 'approve', digest });
      const after = await app.read(ada, id);
      expect(approval.parse(after)).toEqual(after);
      await app.send(ada, 'DELETE', `/api/grants/${id}`);
      const ended = await app.read(ada, id);
      expect(approval.parse(ended)).toMatchObject({ status: 'revoked', endedAt: app.clock.now() });
    }
  });

  it('who asks, why, and for which account, as facts apart from each other', async () => {
    const { id } = await app.ask(broadQuestion({}, 'Ignore the rules.\n"approve"'));
    expect(await app.read(ada, id)).toMatchObject({
      status: 'pending',
      client: { id: 'client_code', name: 'Code' },
      account: { email: 'ada@acme.example', organization: 'Acme' },
      reason: 'Ignore the rules.\n"approve"',
      broad: {
        requested: { level: 'write', providers: ['linear', 'notion'] },
        granted: null,
        durationsMs: [5, 15, 60].map((minutes) => minutes * MINUTE_MS),
        providers: [
          { id: 'linear', name: 'Linear', connection: 'connected', scopes: ['linear:all'], missingScopes: [] },
          { id: 'notion', name: 'Notion', connection: 'connected', scopes: ['notion:all'] },
        ],
      },
    });
  });

  it('shows the account that the digest is bound to, and binds to no other by reading twice', async () => {
    const { id, digest } = await app.ask(callQuestion());
    expect((await app.read(ada, id)).digest).toBe(digest);
    app.vault.linked = () => [connectionOf('notion', { accountId: 'account_other' })];
    const [first, second] = [await app.read(ada, id), await app.read(ada, id)];
    expect(first.digest).not.toBe(digest);
    expect(second).toEqual({ ...first });
    expect(first.call?.words).toEqual((await app.read(ada, id)).call?.words);
  });

  it('no approval changes by being read: a decided one keeps its binding', async () => {
    const { id, digest } = await app.ask(callQuestion());
    await app.decide(ada, id, { decision: 'approve', digest });
    app.vault.linked = () => [connectionOf('notion', { accountId: 'account_other' })];
    expect(await app.read(ada, id)).toMatchObject({ digest, status: 'approved' });
  });

  it('mistake 28: an expired request is shown as expired, without the body that is no longer kept', async () => {
    const { id } = await app.ask(callQuestion());
    app.clock.advance(10 * MINUTE_MS);
    expect(await app.read(ada, id)).toMatchObject({ status: 'expired', call: { body: null, sentence: '' } });
  });

  it('I36: nobody keeps it', async () => {
    const { id } = await app.ask(callQuestion());
    for (const path of [`/api/approvals/${id}`, '/api/approvals/x', '/api/grants?state=pending', '/api/integrations']) {
      expect((await app.get(ada, path)).headers['cache-control']).toBe('no-store');
    }
  });

  it('I38: WorkOS out of reach: what waits is not shown half, what is decided is', async () => {
    const { id, digest } = await app.ask(callQuestion());
    const { linked } = app.vault;
    const away = () => Promise.reject(new DomainError('workos_unavailable', 'WorkOS does not answer.'));
    app.vault.linked = away;
    expect((await app.get(ada, `/api/approvals/${id}`)).status).toBe(503);
    app.vault.linked = linked;
    const { people } = app.identity;
    app.identity.memberships = away;
    expect((await app.get(ada, `/api/approvals/${id}`)).status).toBe(503);
    app.identity.memberships = async () => people ?? [];
    await app.decide(ada, id, { decision: 'approve', digest });
    app.vault.linked = away;
    app.identity.memberships = away;
    expect((await app.read(ada, id)).status).toBe('approved');
  });
});

describe('waiting for a change', () => {
  /** Asks with `after` and waits until the server waits. */
  const waiting = async (id: string, version: number) => {
    const reads = app.store.reads;
    const answer = app.get(ada, `/api/approvals/${id}?after=${version}`);
    await eventually('the server waits', () => app.store.reads >= reads + 2);
    return answer.then((got) => got.json());
  };

  it('answers at once when the version is another one, bound to what is connected now', async () => {
    const { id, digest } = await app.ask(callQuestion());
    app.vault.linked = () => [connectionOf('notion', { accountId: 'account_other' })];
    const answer = (await app.get(ada, `/api/approvals/${id}?after=99`)).json();
    expect(answer).toMatchObject({ status: 'pending', version: 2 });
    expect(answer.digest).not.toBe(digest);
  });

  it('answers on a decision', async () => {
    const { id, digest, version } = await app.ask(callQuestion());
    const answer = waiting(id, version);
    await eventually('both reads', () => app.store.reads >= 2);
    await app.decide(ada, id, { decision: 'deny', digest });
    expect(await answer).toMatchObject({ status: 'denied', version: version + 1 });
  });

  it('answers on expiry, which nobody writes', async () => {
    const { id, version } = await app.ask(callQuestion());
    app.clock.advance(10 * MINUTE_MS - 50);
    const answer = waiting(id, version);
    await eventually('both reads', () => app.store.reads >= 2);
    const expiredAt = Date.now();
    app.clock.advance(50);
    expect(await answer).toMatchObject({ status: 'expired', version });
    expect(Date.now() - expiredAt).toBeLessThan(5_000);
  });

  it('stops when the browser goes away', async () => {
    const { id, version } = await app.ask(callQuestion());
    const gone = new Promise<void>((resolve) => {
      const path = `/api/approvals/${id}?after=${version}`;
      const headers = { Host: HOST, Cookie: ada.cookie };
      const request = httpRequest({ host: '127.0.0.1', port: app.port, path, headers, agent: false });
      request.on('error', () => resolve());
      request.end();
      void eventually('the server waits', () => app.store.reads >= 2).then(() => request.destroy());
    });
    await gone;
    await eventually('the server reads a last time', () => app.store.reads >= 3, 3_000);
  });

  it.each(['-1', '1.5', 'soon', '1&after=2', '1&more=1'])('after=%s is refused', async (after) => {
    const { id } = await app.ask(callQuestion());
    expect((await app.get(ada, `/api/approvals/${id}?after=${after}`)).status).toBe(400);
  });
});
