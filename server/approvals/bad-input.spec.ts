import { ApprovalsApp, type Browser, HOST, ORIGIN } from '../../test/support/approvals-app.js';
import { connectionOf } from '../../test/support/gateway-fakes.js';
import { broadQuestion, callQuestion, MINUTE_MS, principal } from '../../test/support/grants.js';
import { type RawAnswer, send } from '../../test/support/raw-http.js';
import { csrfToken } from '../auth/csrf.js';
import type { AuthorityGrant } from '../grants/authority-grant.js';
import { defineProvider } from '../providers/define-provider.js';
import { ProviderRegistry } from '../providers/provider-registry.js';
import { read, write } from '../providers/rest.js';
import { problem } from './approvals.contract.js';

let app: ApprovalsApp;
let ada: Browser;
afterEach(() => app.close());

const start = async (registry?: ProviderRegistry) => {
  app = await ApprovalsApp.start(registry ? { registry } : {});
  ada = await app.signIn();
};

/** A clear message with a stable code, the request as it was, and a right decision that still works. */
async function isRefused(grant: AuthorityGrant, answer: RawAnswer, status: number, code: string, says: RegExp) {
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(problem.parse(answer.json())).toMatchObject({ status, code, detail: expect.stringMatching(says) });
  expect(await app.stored(grant)).toEqual(grant);
  const { digest } = await app.read(ada, grant.id);
  expect((await app.decide(ada, grant.id, { decision: 'approve', digest })).json()).toMatchObject({
    status: 'approved',
  });
}

describe('bad input on the consent screen is told clearly, and the request stays as it was', () => {
  beforeEach(() => start());

  it.each<[what: string, part: object, code: string, says: RegExp]>([
    ['oversized note', { note: 'x'.repeat(501) }, 'invalid_arguments', /note: /],
    [
      'unknown provider in the selection',
      { providers: ['linear', 'nobody'] },
      'wider_than_asked',
      /nobody was not asked for/,
    ],
    ['none selected', { providers: [] }, 'invalid_arguments', /Choose at least one provider, or deny/],
    ['widened level', { level: 'write' }, 'wider_than_asked', /Writing was not asked for/],
    ['widened time', { durationMs: 61 * MINUTE_MS }, 'wider_than_asked', /longest time .* 60 minutes/],
    ['widened number of calls', { maxCalls: 11 }, 'wider_than_asked', /Only 10 calls were asked for/],
  ])('%s', async (_, part, code, says) => {
    const grant = await app.ask(broadQuestion({ level: 'read', maxCalls: 10 }));
    const answer = await app.decide(ada, grant.id, { decision: 'approve', digest: grant.digest, ...part });
    await isRefused(grant, answer, 400, code, says);
  });

  it('a note of 500 characters is none too many, whatever they are', async () => {
    const { id, digest } = await app.ask(callQuestion());
    const note = 'é\u202e"'.repeat(166);
    const answer = await app.decide(ada, id, { decision: 'approve', digest, note });
    expect(answer.json()).toMatchObject({ decision: { note } });
  });

  it('changed digest', async () => {
    const grant = await app.ask(broadQuestion());
    const answer = await app.decide(ada, grant.id, { decision: 'approve', digest: 'a'.repeat(64) });
    await isRefused(grant, answer, 409, 'request_changed', /Read it again from the start/);
  });

  it('stale page: what was read before another account was connected decides nothing', async () => {
    const grant = await app.ask(callQuestion());
    app.vault.linked = () => [connectionOf('notion', { accountId: 'account_other' })];
    await app.read(ada, grant.id);
    const renewed = await app.stored(grant);
    const answer = await app.decide(ada, grant.id, { decision: 'approve', digest: grant.digest });
    await isRefused(renewed, answer, 409, 'request_changed', /changed while you were reading/);
  });

  it.each(['approve', 'deny'] as const)(
    'double submit: the second of two equal answers, %s, is told what was decided, and does no harm',
    async (decision) => {
      const grant = await app.ask(callQuestion());
      const body = { decision, digest: grant.digest, note: 'Once.' };
      const answers = await Promise.all([app.decide(ada, grant.id, body), app.decide(ada, grant.id, body)]);
      answers.push(await app.decide(ada, grant.id, body));
      const outcome = decision === 'approve' ? 'approved' : 'denied';
      const refusals = answers.filter(({ status }) => status !== 200).map((answer) => problem.parse(answer.json()));
      expect(refusals).toMatchObject([1, 2].map(() => ({ status: 409, code: 'already_decided', outcome })));
      expect(await app.stored(grant)).toMatchObject({ version: grant.version + 1, status: outcome });
    },
  );

  it('two tabs: one decides, the other is told what was decided there', async () => {
    const grant = await app.ask(broadQuestion());
    const answers = await Promise.all([
      app.decide(ada, grant.id, { decision: 'approve', digest: grant.digest }),
      app.decide(ada, grant.id, { decision: 'deny', digest: grant.digest }),
    ]);
    const { status } = await app.stored(grant);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    expect(answers.find((answer) => answer.status === 409)?.json()).toMatchObject({
      code: 'already_decided',
      outcome: status,
    });
    expect((await app.read(ada, grant.id)).decision?.outcome).toBe(status);
  });

  it.each([
    ['no JSON', 'application/json', '{"decision":', 400, 'invalid_arguments'],
    ['a form', 'application/x-www-form-urlencoded', 'decision=approve', 415, 'json_required'],
    ['text', 'text/plain', '{"decision":"approve"}', 415, 'json_required'],
    ['no type at all', '', '{"decision":"approve"}', 415, 'json_required'],
  ])('body that is not JSON: %s', async (_, type, body, status, code) => {
    const grant = await app.ask(callQuestion());
    const headers = {
      Host: HOST,
      Cookie: ada.cookie,
      Origin: ORIGIN,
      'X-CSRF-Token': csrfToken(app.keys, ada, { for: 'decide', approvalId: grant.id }),
      ...(type === '' ? {} : { 'Content-Type': type }),
    };
    const path = `/api/approvals/${grant.id}/decision`;
    await isRefused(grant, await send(app.port, { method: 'POST', path, headers, body }), status, code, /./);
  });

  it('session expired while reading', async () => {
    const grant = await app.ask(broadQuestion());
    const { digest } = await app.read(ada, grant.id);
    app.sessions.rows.clear();
    const answer = await app.decide(ada, grant.id, { decision: 'approve', digest });
    ada = await app.signIn();
    await isRefused(grant, answer, 401, 'not_signed_in', /Sign in/);
  });

  it('a 4,096-character URL is shown whole, decided and listed', async () => {
    const start = 'https://api.notion.com/v1/pages/1?q=';
    const url = start + 'x'.repeat(4_096 - start.length);
    const judged = app.registry.judge({ method: 'PATCH', url, body: {} });
    const { id } = await app.ask({ kind: 'request', judged, reason: 'because', connection: 'account_notion' });
    const { call, digest } = await app.read(ada, id);
    expect(`https://${call?.host}${call?.path}?${call?.query}`).toBe(url);
    expect((await app.decide(ada, id, { decision: 'approve', digest })).status).toBe(200);
    expect((await app.get(ada, '/api/grants?state=active')).json()).toMatchObject({ items: [{ id }] });
  });
});

describe('200 providers in one request', () => {
  const ids = Array.from(
    { length: 200 },
    (_, number) => `provider-${String(number).padStart(3, '0')}-${'x'.repeat(20)}`,
  );
  const example = (id: string) => ({ method: 'GET', url: `https://${id.slice(0, 12)}.example/v1/things` });
  const registry = new ProviderRegistry(
    ids.map((id) =>
      defineProvider({
        id,
        name: id,
        hosts: [`${id.slice(0, 12)}.example`],
        rules: [read('GET', '/v1/things', 'List things'), write('POST', '/v1/things', 'Make a thing')],
        reads: 'Read things.',
        writes: 'Make things.',
        instructions: 'Call it.',
        examples: { read: example(id), write: { ...example(id), method: 'POST' } },
      }),
    ),
  );
  const connections = Object.fromEntries(ids.map((id) => [id, `account_${id}`]));
  const ask = () => app.ask(broadQuestionOf(ids), principal());
  const broadQuestionOf = (providers: string[]) =>
    ({ ...broadQuestion({ providers }), connections }) as ReturnType<typeof broadQuestion>;
  beforeEach(async () => {
    await start(registry);
    app.vault.linked = () => ids.map((id) => connectionOf(id));
  });

  it('are all shown, and can be chosen one by one', async () => {
    const { id } = await ask();
    const { broad, digest } = await app.read(ada, id);
    expect(broad?.providers.map((provider) => provider.id)).toEqual(ids);
    const chosen = ids.slice(1);
    const answer = await app.decide(ada, id, { decision: 'approve', digest, providers: chosen, note: 'x'.repeat(500) });
    expect(answer.json()).toMatchObject({ status: 'approved', broad: { granted: { providers: chosen } } });
  });

  it('and one that was not among them: refused, and the request stays as it was', async () => {
    const grant = await ask();
    const answer = await app.decide(ada, grant.id, {
      decision: 'approve',
      digest: grant.digest,
      providers: [...ids, 'one-more'],
    });
    await isRefused(grant, answer, 400, 'wider_than_asked', /one-more was not asked for/);
  });

  it('more than any request can hold are refused as a body that is too large', async () => {
    const grant = await ask();
    const providers = Array.from({ length: 480 }, (_, number) => `${number}`.padEnd(64, 'x'));
    const answer = await app.decide(ada, grant.id, { decision: 'approve', digest: grant.digest, providers });
    await isRefused(grant, answer, 413, 'body_too_large', /too large/);
  });
});
