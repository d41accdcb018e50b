import { ApprovalsApp, type Browser } from '../../test/support/approvals-app.js';
import { begin, broadQuestion, callQuestion, MINUTE_MS, principal } from '../../test/support/grants.js';
import type { AuthorityGrant } from '../grants/authority-grant.js';
import type { Question } from '../grants/question.js';
import { DomainError } from '../kernel/domain-error.js';
import type { Principal } from '../kernel/principal.js';
import { grantChoices, grantPage } from './access.contract.js';
import { exportedGrant } from './grant-queries.js';

let app: ApprovalsApp;
let ada: Browser;
beforeEach(async () => {
  app = await ApprovalsApp.start();
  ada = await app.signIn();
});
afterEach(() => app.close());

const eve = { user: { id: 'user_eve', email: 'eve@acme.example', name: 'Eve' } };
const other = (sid: string, different: Partial<Principal> = {}) => principal({ sid, ...different });

async function approved(browser: Browser, question: Question, as?: Principal): Promise<AuthorityGrant> {
  const grant = await app.ask(question, as);
  const answer = await app.decide(browser, grant.id, { decision: 'approve', digest: grant.digest });
  expect(answer.json()).toMatchObject({ status: 'approved' });
  return app.stored(grant);
}

const statuses = (grants: readonly AuthorityGrant[]) =>
  Promise.all(grants.map(async (grant) => (await app.stored(grant)).status));

describe('My access', () => {
  it('lists facts and no body, no reason and no note, in the contract’s form', async () => {
    const question = callQuestion(Buffer.from('{"title":"canary-body"}'), 'canary-reason');
    const exact = await app.ask(question);
    await app.decide(ada, exact.id, { decision: 'approve', digest: exact.digest, note: 'canary-note' });
    await approved(ada, broadQuestion({ maxCalls: 4 }, 'canary-reason'));
    await app.ask(callQuestion(Buffer.from('{"title":"canary-two"}'), 'canary-reason'));
    const pages = await Promise.all(
      ['pending', 'active', 'ended'].map((state) => app.get(ada, `/api/grants?state=${state}`)),
    );
    for (const page of pages) expect(grantPage.parse(page.json())).toEqual(page.json());
    expect(pages.map((page) => (page.json().items as unknown[]).length)).toEqual([1, 2, 0]);
    expect(pages.map(({ text }) => text).join()).not.toContain('canary');
    const items = pages[1]?.json().items as { kind: string }[];
    expect(items.find(({ kind }) => kind === 'broad')).toMatchObject({
      status: 'approved',
      client: { id: 'client_code', name: 'Code' },
      level: 'write',
      providers: [
        { id: 'linear', name: 'Linear' },
        { id: 'notion', name: 'Notion' },
      ],
      callsMade: 0,
      maxCalls: 4,
    });
    expect(items.find(({ kind }) => kind === 'request')).toMatchObject({ maxCalls: 1, callsMade: 0, lastCalls: [] });
  });

  it('I5: shows nobody else’s', async () => {
    await app.ask(callQuestion());
    const stranger = await app.signIn(eve);
    expect((await app.get(stranger, '/api/grants?state=pending')).json()).toMatchObject({ items: [] });
  });

  it.each(['', '?state=all', '?state=pending&limit=1000', '?state=pending&from=-1', '?state=pending&user=user_eve'])(
    'refuses the question “%s”',
    async (query) => {
      expect((await app.get(ada, `/api/grants${query}`)).status).toBe(400);
    },
  );

  it('says how many match in all, and what the lists can be narrowed to, in the contract’s form', async () => {
    for (let round = 0; round < 51; round += 1) {
      await app.ask(callQuestion(Buffer.from(`${round}`)), other(`sid_${round}`, { clientId: `client_${round}` }));
    }
    const first = (await app.get(ada, '/api/grants?state=pending')).json();
    expect([(first.items as unknown[]).length, first.total]).toEqual([50, 51]);
    const second = (await app.get(ada, `/api/grants?state=pending&cursor=${first.nextCursor}`)).json();
    expect([(second.items as unknown[]).length, second.total]).toEqual([1, null]);
    const choices = grantChoices.parse((await app.get(ada, '/api/grants/choices')).json());
    expect(choices.providers).toEqual([{ id: 'notion', name: 'Notion' }]);
    expect(choices.clients).toHaveLength(51);
    expect(choices.clients).toContainEqual({ id: 'client_50', name: 'Code' });
  });

  it('I5: narrows to nobody else’s providers and clients', async () => {
    await app.ask(callQuestion());
    const stranger = await app.signIn(eve);
    expect((await app.get(stranger, '/api/grants/choices')).json()).toEqual({ providers: [], clients: [] });
  });

  it('filters by client, provider and time', async () => {
    await app.ask(callQuestion());
    await app.ask(broadQuestion({ providers: ['linear'] }), other('sid_2', { clientId: 'client_two' }));
    const found = async (query: string) =>
      ((await app.get(ada, `/api/grants?state=pending&${query}`)).json().items as { kind: string }[]).map(
        ({ kind }) => kind,
      );
    expect(await found('client=client_two')).toEqual(['broad']);
    expect(await found('provider=notion')).toEqual(['request']);
    expect(await found(`from=${app.clock.now() + 1}`)).toEqual([]);
    expect(await found(`to=${app.clock.now()}`)).toHaveLength(2);
  });
});

describe('the export', () => {
  const lines = (text: string) =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('is all of it, live and ended, as JSON Lines in a file that nobody keeps, and no body, reason or note', async () => {
    const question = callQuestion(Buffer.from('{"title":"canary-body"}'), 'canary-reason');
    const live = await approved(ada, broadQuestion());
    const waits = await app.ask(callQuestion(null));
    const denied = await app.ask(question);
    await app.decide(ada, denied.id, { decision: 'deny', digest: denied.digest, note: 'canary-note' });
    const answer = await app.get(ada, '/api/grants/export');
    expect([answer.status, answer.headers['content-type'], answer.headers['content-disposition']]).toEqual([
      200,
      'application/jsonl; charset=utf-8',
      'attachment; filename="countersign-access.jsonl"',
    ]);
    expect(answer.headers['cache-control']).toBe('no-store');
    const exported = lines(answer.text);
    for (const line of exported) expect(exportedGrant.parse(line)).toEqual(line);
    expect(exported.map(({ id, status, digest }) => [id, status, digest])).toEqual([
      [waits.id, 'pending', waits.digest],
      [live.id, 'approved', live.digest],
      [denied.id, 'denied', denied.digest],
    ]);
    expect(answer.text).not.toContain('canary');
  });

  it('has the filters of the list, and no state and no cursor', async () => {
    await app.ask(callQuestion());
    const two = await app.ask(broadQuestion({ providers: ['linear'] }), other('sid_2', { clientId: 'client_two' }));
    const ids = async (query: string) =>
      lines((await app.get(ada, `/api/grants/export?${query}`)).text).map(({ id }) => id);
    expect(await ids('client=client_two')).toEqual([two.id]);
    expect(await ids(`provider=linear&from=0&to=${app.clock.now()}`)).toEqual([two.id]);
    expect(await ids('outcome=denied')).toEqual([]);
    for (const query of ['state=ended', 'cursor=1', 'user=user_eve', 'from=-1']) {
      expect((await app.get(ada, `/api/grants/export?${query}`)).status).toBe(400);
    }
  });

  it('I5: is nobody else’s, and of nobody who is not signed in', async () => {
    await app.ask(callQuestion());
    expect((await app.get(await app.signIn(eve), '/api/grants/export')).text).toBe('');
    expect((await app.get({ cookie: 'x=y', id: '' }, '/api/grants/export')).json().code).toBe('not_signed_in');
  });

  it('reads page by page: 250 grants, each once', async () => {
    for (let round = 0; round < 250; round += 1) {
      const grant = await app.ask(callQuestion(Buffer.from(`${round}`)));
      await app.decide(ada, grant.id, { decision: 'deny', digest: grant.digest, reasonCode: 'too_broad' });
    }
    const pages: number[] = [];
    const { list } = app.store;
    app.store.list = async (...asked) => {
      const page = await list.apply(app.store, asked);
      pages.push(page.grants.length);
      return page;
    };
    const exported = lines((await app.get(ada, '/api/grants/export')).text);
    expect(new Set(exported.map(({ id }) => id)).size).toBe(250);
    expect(exported).toHaveLength(250);
    expect(pages).toEqual([0, 0, 100, 100, 50]);
  });

  it('a grant that moves on while it is read is told once', async () => {
    const grant = await app.ask(callQuestion());
    const { list } = app.store;
    app.store.list = async (userId, query) => {
      const page = await list.call(app.store, userId, query);
      if (query.state === 'pending')
        await app.decide(ada, grant.id, { decision: 'deny', digest: grant.digest, reasonCode: 'too_broad' });
      return page;
    };
    expect(lines((await app.get(ada, '/api/grants/export')).text).map(({ id }) => id)).toEqual([grant.id]);
  });

  it('I37: the store out of reach is an ordinary answer before the first line, and a cut connection after it', async () => {
    await app.ask(callQuestion());
    const { list } = app.store;
    const away = () => Promise.reject(new DomainError('store_unavailable', 'The store is out of reach.'));
    app.store.list = away;
    expect((await app.get(ada, '/api/grants/export')).status).toBe(503);
    app.store.list = async (userId, query) =>
      query.state === 'pending' ? list.call(app.store, userId, query) : away();
    await expect(app.get(ada, '/api/grants/export')).rejects.toThrow(/aborted|hang up|reset/i);
  });
});

describe('ending', () => {
  it('one: an approved one is revoked, a waiting one withdrawn, once', async () => {
    const live = await approved(ada, broadQuestion());
    const waits = await app.ask(callQuestion());
    for (const [grant, revoked] of [
      [live, 1],
      [waits, 0],
    ] as const) {
      const answer = await app.send(ada, 'DELETE', `/api/grants/${grant.id}`);
      expect([answer.status, answer.json()]).toEqual([200, { ended: 1, revoked, withdrawn: 1 - revoked }]);
    }
    expect(await statuses([live, waits])).toEqual(['revoked', 'withdrawn']);
    const codes = [];
    for (const { id } of [live, waits]) codes.push((await app.send(ada, 'DELETE', `/api/grants/${id}`)).json().code);
    expect(codes).toEqual(['authority_revoked', 'request_withdrawn']);
  });

  it('one that runs now is told to run', async () => {
    const running = await approved(ada, callQuestion());
    await app.grants.begin({ grant: running, now: app.clock.now(), epoch: running.epoch ?? '' }, begin().call);
    expect((await app.send(ada, 'DELETE', `/api/grants/${running.id}`)).json().code).toBe('already_executing');
  });

  it('mistake 12: all of one client, and nothing of another', async () => {
    const mine = await approved(ada, broadQuestion());
    const second = await app.ask(callQuestion());
    const others = await approved(ada, broadQuestion(), other('sid_2', { clientId: 'client_two' }));
    const answer = await app.send(ada, 'DELETE', '/api/grants?client=client_code');
    expect(answer.json()).toEqual({ ended: 2, revoked: 1, withdrawn: 1 });
    expect(await statuses([mine, second, others])).toEqual(['revoked', 'withdrawn', 'approved']);
    expect((await app.send(ada, 'DELETE', '/api/grants?client=')).json()).toEqual({
      ended: 0,
      revoked: 0,
      withdrawn: 0,
    });
    expect((await app.send(ada, 'DELETE', '/api/grants?clients=client_two')).status).toBe(400);
    expect(await statuses([others])).toEqual(['approved']);
  });

  it('all: every client and session of this person, and nobody else’s', async () => {
    const mine = [await approved(ada, broadQuestion()), await app.ask(callQuestion(), other('sid_2'))];
    const strangers = await app.ask(callQuestion(), other('sid_1', { subject: 'user_eve' }));
    expect((await app.send(ada, 'DELETE', '/api/grants')).json()).toEqual({ ended: 2, revoked: 1, withdrawn: 1 });
    expect(await statuses([...mine, strangers])).toEqual(['revoked', 'withdrawn', 'pending']);
  });

  it('is refused without our own page’s token', async () => {
    const live = await approved(ada, broadQuestion());
    for (const path of [`/api/grants/${live.id}`, '/api/grants']) {
      expect((await app.send(ada, 'DELETE', path, undefined, 'wrong')).json().code).toBe('csrf_refused');
    }
    expect(await statuses([live])).toEqual(['approved']);
  });
});

describe('I14: signing out', () => {
  it('ends what was approved in this browser session, and nothing else', async () => {
    const second = await app.signIn();
    const here = await approved(ada, broadQuestion());
    const there = await approved(second, callQuestion());
    const waits = await app.ask(callQuestion(null));
    expect((await app.signOut(ada)).status).toBe(200);
    expect(await statuses([here, there, waits])).toEqual(['revoked', 'approved', 'pending']);
  });

  it('ends what was approved in the sessions that it took the place of', async () => {
    const first = await approved(ada, broadQuestion());
    const again = await app.signIn({}, ada);
    const second = await approved(again, callQuestion());
    const latest = await app.signIn({ organization: 'org_beta' }, again);
    await app.signOut(latest);
    expect(await statuses([first, second])).toEqual(['revoked', 'revoked']);
  });

  it('another person who signs in at the same browser ends what was approved there', async () => {
    const live = await approved(ada, broadQuestion());
    await app.signIn(eve, ada);
    expect(await statuses([live])).toEqual(['revoked']);
  });

  it('what is over already does not hinder it', async () => {
    await approved(ada, broadQuestion());
    app.clock.advance(5 * MINUTE_MS);
    expect((await app.signOut(ada)).status).toBe(200);
  });
});

describe('connections', () => {
  it('are listed, linked from our own signed-in page alone, and unlinked', async () => {
    const list = await app.get(ada, '/api/integrations');
    expect(list.json()).toMatchObject({
      items: [
        { slug: 'linear', providers: [{ id: 'linear', name: 'Linear' }], state: 'connected' },
        { slug: 'notion' },
      ],
    });
    const back = JSON.stringify({ returnTo: '/access' });
    const started = await app.send(ada, 'POST', '/api/integrations/linear/connect', back);
    expect([started.status, started.json()]).toEqual([200, { url: 'https://pipes.example/authorize/linear' }]);
    const unlinked = await app.send(ada, 'DELETE', '/api/integrations/linear/connection');
    expect([unlinked.status, unlinked.json()]).toEqual([200, { ended: 0, revoked: 0, withdrawn: 0 }]);
    expect(app.vault.authorized).toEqual(['user_ada of org_acme at linear back to https://countersign.example/access']);
    expect(app.vault.disconnected).toEqual(['user_ada of org_acme at linear']);
  });

  it('I6: what was approved for one that is unlinked ends, so that linking again gives nothing back', async () => {
    const linear = { ...broadQuestion({ providers: ['linear'] }), connections: { linear: 'account_linear' } } as const;
    const concerned = [await approved(ada, broadQuestion()), await approved(ada, callQuestion())];
    const rest = [await approved(ada, linear), await app.ask(callQuestion(null))];
    const answer = await app.send(ada, 'DELETE', '/api/integrations/notion/connection');
    expect(answer.json()).toEqual({ ended: 2, revoked: 2, withdrawn: 0 });
    expect(await statuses([...concerned, ...rest])).toEqual(['revoked', 'revoked', 'approved', 'pending']);
  });

  it('unlinking that fails at WorkOS ends nothing', async () => {
    const live = await approved(ada, callQuestion());
    app.vault.disconnect = () => Promise.reject(new DomainError('workos_unavailable', 'WorkOS does not answer.'));
    expect((await app.send(ada, 'DELETE', '/api/integrations/notion/connection')).status).toBe(503);
    expect(await statuses([live])).toEqual(['approved']);
  });

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'I33: lead back to our own pages, not to %s',
    async (returnTo) => {
      await app.send(ada, 'POST', '/api/integrations/linear/connect', JSON.stringify({ returnTo }));
      expect(app.vault.authorized[0]).toMatch(/back to https:\/\/countersign\.example\/(?!\/|\\)/);
      expect(app.vault.authorized[0]).not.toContain('evil');
    },
  );

  it('are not linked by reading', async () => {
    expect((await app.get(ada, '/api/integrations/linear/connect')).status).toBe(404);
    expect(app.vault.authorized).toEqual([]);
  });
});

it('what everyone may know is told to everyone', async () => {
  const answer = await app.get({ cookie: 'x=y', id: '' }, '/api/site');
  expect(answer.json()).toEqual({ isSandbox: false, mcpUrl: 'https://countersign.example/mcp' });
});
