import { inspect } from 'node:util';
import { ManualClock } from '../../test/support/manual.clock.js';
import { startListener, startWorkosSandbox } from '../../test/support/workos-sandbox.js';
import type { Owner } from '../connections/token-vault.port.js';
import { ACME, ANA, BO, GLOBEX, KIM } from '../sandbox/seed.js';
import { WorkosTokenVault } from './workos.token-vault.js';

const ana: Owner = { userId: ANA.id, organization: ACME.id };
const bo: Owner = { userId: BO.id, organization: ACME.id };
const kim: Owner = { userId: KIM.id, organization: null };

describe('the token vault of WorkOS Pipes', () => {
  let world: Awaited<ReturnType<typeof startWorkosSandbox>>;
  const clock = new ManualClock();
  const vault = (options: { timeoutMs?: number; apiKey?: string } = {}) =>
    new WorkosTokenVault(world.client(options), clock);
  const tokenOf = async (of: WorkosTokenVault, owner: Owner, slug: string, options?: { isFresh: boolean }) => {
    const answer = await of.token(owner, slug, options);
    return answer.kind === 'token' ? answer.token.reveal() : answer.kind;
  };
  /** What the control of the sandbox does when a person links an account anew. */
  const relink = async (owner: Owner, slug: string) => {
    const query = owner.organization === null ? '' : `?organization_id=${owner.organization}`;
    const url = `${world.sandbox.issuer}/user_management/users/${owner.userId}/connected_accounts/${slug}${query}`;
    const headers = { authorization: `Bearer ${world.sandbox.apiKey}`, 'content-type': 'application/json' };
    await fetch(url, { method: 'DELETE', headers });
    await fetch(url, { method: 'POST', headers, body: '{}' });
  };

  beforeAll(async () => {
    world = await startWorkosSandbox();
  });
  afterEach(() => {
    world.sandbox.faults.clear();
    clock.at = Date.now();
  });
  afterAll(() => world.close());

  it('lists the integrations with the state of each connection', async () => {
    const connections = await vault().connections(ana);
    expect(connections.map(({ slug, state }) => [slug, state])).toEqual([
      ['linear', 'connected'],
      ['notion', 'connected'],
      ['snowflake', 'not_connected'],
    ]);
    expect(connections[0]).toMatchObject({ name: 'Linear', accountId: expect.stringMatching(/^data_installation_/) });
    expect(connections[2]).toMatchObject({ accountId: null, connectedAt: null });
  });

  it('gives the token with the account that it belongs to, and prints it nowhere', async () => {
    const of = vault();
    const [answer, connections] = await Promise.all([of.token(ana, 'linear'), of.connections(ana)]);
    expect(answer).toMatchObject({ kind: 'token', accountId: connections[0]!.accountId });
    const token = answer.kind === 'token' ? answer.token.reveal() : '';
    expect(token).toMatch(/^lin_oauth_sandbox_/);
    expect(inspect([of, answer], { depth: 20, showHidden: true }) + JSON.stringify(answer)).not.toContain(token);
  });

  it('says which scopes the integration asks for and the person did not allow', async () => {
    world.sandbox.faults.set({ target: 'pipes', kind: 'missing_scopes', userId: ANA.id, slug: 'linear' });
    const [linear, notion] = await vault().connections(ana);
    expect(linear).toMatchObject({ state: 'connected', scopes: ['read'], missingScopes: ['write', 'issues:create'] });
    expect(notion).toMatchObject({ state: 'connected', missingScopes: [] });
  });

  it.each([
    ['the provider names none that it gave', ['read'], []],
    ['the integration asks for none', null, ['read']],
    ['it only keeps the sign-in alive', ['read', 'offline_access', 'openid'], ['read']],
  ])('takes no scope for missing when %s', async (_what, scopes, given) => {
    const account = { id: 'data_installation_1', organization_id: ACME.id, state: 'connected', created_at: '' };
    const data = [{ slug: 'linear', name: 'Linear', scopes, connected_account: { ...account, scopes: given } }];
    const listener = await startListener(() => ({ data }));
    const asked = new WorkosTokenVault(listener.client, clock).connections(ana);
    expect(await asked.finally(() => listener.close())).toMatchObject([{ missingScopes: [] }]);
  });

  it.each<[string, Owner, string]>([
    ['not linked', ana, 'snowflake'],
    ['linked in another organization only', { ...ana, organization: GLOBEX.id }, 'linear'],
    ['linked with an organization, asked without', { ...ana, organization: null }, 'linear'],
    ['of somebody else', kim, 'linear'],
    ['not switched on', ana, 'jira'],
    ['of somebody who does not exist', { ...ana, userId: 'user_01NOBODY000000000000000000' }, 'linear'],
  ])('says not_connected for an account %s', async (_what, owner, slug) => {
    expect(await vault().token(owner, slug)).toEqual({ kind: 'not_connected' });
  });

  it.each([
    ['not_connected', { kind: 'not_connected' }],
    ['needs_reauthorization', { kind: 'needs_reauthorization' }],
    ['unknown_error', { kind: 'needs_reauthorization' }],
    ['missing_scopes', { kind: 'token' }],
    ['null_expiry', { kind: 'token' }],
  ] as const)('understands %s', async (kind, expected) => {
    world.sandbox.faults.set({ target: 'pipes', kind, userId: ANA.id, slug: 'linear' });
    expect(await vault().token(ana, 'linear')).toMatchObject(expected);
    expect(await vault().token(bo, 'linear')).toMatchObject({ kind: 'token' });
  });

  it.each(['empty_token', 'broken_token', 'huge_token', '500', 'html', '429'] as const)(
    'I38 WorkOS down: refuses %s as workos_unavailable, without a word of the answer',
    async (kind) => {
      world.sandbox.faults.set({ target: 'pipes', kind, slug: 'linear' });
      const refusal: unknown = await vault()
        .token(ana, 'linear')
        .catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code: 'workos_unavailable' });
      expect(inspect(refusal, { depth: 10 })).not.toMatch(/X-Injected|aaaa|Bad Gateway|Internal server error|Too many/);
    },
  );

  it('I38 WorkOS slow: gives up within its time, whichever question is slow', async () => {
    for (const target of ['pipes', 'workos'] as const) {
      world.sandbox.faults.clear();
      world.sandbox.faults.set({ target, kind: 'slow', delayMs: 60_000 });
      const before = Date.now();
      await expect(vault({ timeoutMs: 400 }).token(ana, 'linear')).rejects.toMatchObject({
        code: 'workos_unavailable',
      });
      expect(Date.now() - before).toBeLessThan(10_000);
    }
  });

  it('I38 WorkOS down: our refused key is never the person’s fault', async () => {
    world.sandbox.faults.set({ target: 'workos', kind: 'down' });
    await expect(vault().token(ana, 'linear')).rejects.toMatchObject({ code: 'workos_unavailable' });
    world.sandbox.faults.clear();
    const refused = vault({ apiKey: 'sk_wrong' }).token(ana, 'linear');
    await expect(refused).rejects.toMatchObject({ code: 'workos_unavailable', category: 'unavailable' });
  });

  it('tells how long to wait when the rate is limited, and tries once more when WorkOS stumbles once', async () => {
    world.sandbox.faults.set({ target: 'pipes', kind: '429' });
    await expect(vault().connections(ana)).rejects.toMatchObject({ details: { retryAfterMs: 2_000 } });
    world.sandbox.faults.set({ target: 'pipes', kind: '500' });
    const twice = vault().connections(ana);
    world.sandbox.faults.set({ target: 'pipes', kind: 'slow', delayMs: 0 });
    expect(await twice).toHaveLength(3);
  });

  it('holds a token for a minute, one for everybody who asks at once', async () => {
    const of = vault();
    const [first, second] = await Promise.all([tokenOf(of, ana, 'linear'), tokenOf(of, ana, 'linear')]);
    await relink(ana, 'linear');
    clock.advance(59_000);
    expect([second, await tokenOf(of, ana, 'linear')]).toEqual([first, first]);
    clock.advance(2_000);
    expect(await tokenOf(of, ana, 'linear')).not.toBe(first);
  });

  it('fetches now when told to, and forgets when told to', async () => {
    const of = vault();
    const first = await tokenOf(of, ana, 'linear');
    await relink(ana, 'linear');
    const second = await tokenOf(of, ana, 'linear', { isFresh: true });
    expect(second).not.toBe(first);
    expect(await tokenOf(of, ana, 'linear')).toBe(second);
    await relink(ana, 'linear');
    of.forget(ana, 'linear');
    expect(await tokenOf(of, ana, 'linear')).not.toBe(second);
  });

  it('does not hold a token in the last minute of its life', async () => {
    const of = vault();
    world.sandbox.faults.set({ target: 'pipes', kind: 'expiring' });
    const first = await tokenOf(of, ana, 'linear');
    await relink(ana, 'linear');
    expect(await tokenOf(of, ana, 'linear')).not.toBe(first);
  });

  it('I38 WorkOS slow: many questions that are each in time are together not too late', async () => {
    world.sandbox.faults.set({ target: 'workos', kind: 'slow', delayMs: 300 });
    await expect(vault({ timeoutMs: 800 }).token(ana, 'linear')).rejects.toMatchObject({ code: 'workos_unavailable' });
  });

  describe('never the token of another account', () => {
    const account = {
      id: 'data_installation_1',
      user_id: ANA.id,
      organization_id: ACME.id,
      state: 'connected',
      created_at: '',
    };
    const pipes = { active: true, access_token: { access_token: 'token', expires_at: null, missing_scopes: [] } };
    const asked = async (accounts: readonly object[]) => {
      let reads = 0;
      const list = () => ({
        data: [{ slug: 'linear', name: 'Linear', connected_account: accounts[reads++] ?? accounts[0] }],
      });
      const listener = await startListener((path: string) => (path.startsWith('/data-integrations/') ? pipes : list()));
      const of = new WorkosTokenVault(listener.client, clock);
      return of.token(ana, 'linear').finally(() => listener.close());
    };

    it('gives it when nothing changes', async () => {
      expect(await asked([account])).toMatchObject({ kind: 'token', accountId: account.id });
    });

    it('refuses when another account is linked while the token is fetched', async () => {
      const refused = asked([account, { ...account, id: 'data_installation_2' }]);
      await expect(refused).rejects.toMatchObject({ code: 'workos_unavailable' });
    });

    it.each([
      ['another organization', { organization_id: GLOBEX.id }],
      ['no organization', { organization_id: null }],
      ['another person', { user_id: BO.id }],
    ])('takes an account of %s for none', async (_what, change) => {
      expect(await asked([{ ...account, ...change }])).toEqual({ kind: 'not_connected' });
    });
  });

  it('gives a link at which to connect, and unlinks', async () => {
    const of = vault();
    const url = await of.authorizeUrl(kim, 'notion', 'http://localhost:5711/connect/notion');
    expect(url).toMatch(/\/data-integrations\/[\w-]+\/authorize-redirect$/);
    await expect(of.authorizeUrl(kim, 'jira', 'http://localhost:5711/')).rejects.toMatchObject({ code: 'not_found' });
    await of.disconnect(bo, 'linear');
    await of.disconnect(bo, 'linear');
    expect(await of.token(bo, 'linear')).toEqual({ kind: 'not_connected' });
  });

  it('mistake 19: a slug or an id that leaves its place in the path never reaches the network', async () => {
    const listener = await startListener({ object: 'list', data: [] });
    try {
      const of = new WorkosTokenVault(listener.client, clock);
      const slugs = [
        '../user_management/users/victim/x?',
        '..',
        'linear/token',
        'Linear',
        '',
        '%2e%2e',
        'a'.repeat(65),
        'linear\n',
      ];
      const ids = ['../../organizations', 'user_1/x', 'user_1?x', '', 'org_1', 'user_'];
      for (const slug of slugs) {
        await expect(of.token(ana, slug)).rejects.toMatchObject({ code: 'not_found' });
        await expect(of.authorizeUrl(ana, slug, 'http://x/')).rejects.toMatchObject({ code: 'not_found' });
        await expect(of.disconnect(ana, slug)).rejects.toMatchObject({ code: 'not_found' });
      }
      for (const userId of ids) {
        await expect(of.token({ ...ana, userId }, 'linear')).rejects.toMatchObject({ code: 'not_found' });
        await expect(of.connections({ ...ana, userId })).rejects.toMatchObject({ code: 'not_found' });
      }
      await expect(of.connections({ ...ana, organization: 'org_1&user_id=x' })).rejects.toMatchObject({
        code: 'not_found',
      });
      expect(listener.asked).toEqual([]);
      expect(await of.token(ana, 'jira')).toEqual({ kind: 'not_connected' });
      expect(listener.asked).toEqual([
        `GET /user_management/users/${ANA.id}/data_providers?organization_id=${ACME.id}`,
      ]);
    } finally {
      await listener.close();
    }
  });
});
