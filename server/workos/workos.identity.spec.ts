import { inspect } from 'node:util';
import { FormBrowser, type FormPage } from '../../test/support/form-browser.js';
import { ManualClock } from '../../test/support/manual.clock.js';
import { REDIRECT_URI, startListener, startWorkosSandbox } from '../../test/support/workos-sandbox.js';
import { Secret } from '../kernel/secret.js';
import { ACME, ANA, BO, GLOBEX, KIM } from '../sandbox/seed.js';
import { WorkosIdentity } from './workos.identity.js';

const SECRET = new Secret('a-secret-of-at-least-32-characters-1');
const NEW_SECRET = new Secret('a-secret-of-at-least-32-characters-2');

describe('sign-in by AuthKit', () => {
  let world: Awaited<ReturnType<typeof startWorkosSandbox>>;
  const clock = new ManualClock();
  const identity = (options: { timeoutMs?: number; apiKey?: string; secrets?: Secret[] } = {}) =>
    new WorkosIdentity(
      world.client(options),
      { redirectUri: REDIRECT_URI, secrets: options.secrets ?? [SECRET] },
      clock,
    );

  beforeAll(async () => {
    world = await startWorkosSandbox();
  });
  afterEach(() => {
    world.sandbox.faults.clear();
    clock.at = Date.now();
  });
  afterAll(() => world.close());

  const answered = (page: FormPage) => new URL(page.url).searchParams;

  const begun = async (of: WorkosIdentity, user: string, organization?: string) => {
    const start = await of.begin({});
    const browser = new FormBrowser(world.sandbox.issuer);
    let page = await browser.submit(await browser.get(start.url), { user });
    if (organization) page = await browser.submit(page, { organization });
    expect(answered(page).get('state')).toBe(start.state);
    return { browser, code: answered(page).get('code')!, codeVerifier: start.codeVerifier };
  };
  const signedIn = async (of: WorkosIdentity, user: string, organization?: string) => {
    const { browser, code, codeVerifier } = await begun(of, user, organization);
    return { browser, signIn: await of.finish({ code, codeVerifier, ip: '127.0.0.1', userAgent: 'test' }) };
  };

  it('signs a person in with PKCE', async () => {
    const { signIn } = await signedIn(identity(), ANA.id, GLOBEX.id);
    expect(signIn).toMatchObject({
      user: { id: ANA.id, email: 'ana@acme.example', name: 'Ana Sousa' },
      organization: GLOBEX.id,
      providerSession: expect.stringMatching(/^session_/),
      isImpersonated: false,
      sealed: expect.stringMatching(/^Fe26\.2\*/),
    });
    expect(clock.now() - signIn.authenticatedAt).toBeLessThan(60_000);
    expect((await signedIn(identity(), KIM.id)).signIn.organization).toBeNull();
  });

  it('refuses a code that is wrong, used, or of another browser', async () => {
    const of = identity();
    const { code, codeVerifier } = await begun(of, BO.id);
    await expect(of.finish({ code: 'wrong', codeVerifier })).rejects.toMatchObject({ code: 'sign_in_failed' });
    await of.finish({ code, codeVerifier });
    await expect(of.finish({ code, codeVerifier })).rejects.toMatchObject({ code: 'sign_in_failed' });
    const other = await begun(of, BO.id);
    await expect(of.finish({ code: other.code, codeVerifier })).rejects.toMatchObject({ code: 'sign_in_failed' });
  });

  it('asks for a fresh sign-in', async () => {
    const of = identity();
    const { browser } = await signedIn(of, BO.id);
    expect(answered(await browser.get((await of.begin({})).url)).get('code')).not.toBeNull();
    expect((await browser.get((await of.begin({ isFresh: true })).url)).text).toContain('Sign in');
  });

  it('renews, also into another organization, and refuses one that the person is not in', async () => {
    const of = identity();
    const { signIn } = await signedIn(of, ANA.id, ACME.id);
    const renewed = await of.renew(signIn.sealed);
    expect(renewed).toMatchObject({
      providerSession: signIn.providerSession,
      organization: ACME.id,
      authenticatedAt: signIn.authenticatedAt,
    });
    const switched = await of.renew(renewed!.sealed, GLOBEX.id);
    expect(switched!.organization).toBe(GLOBEX.id);
    const bo = await signedIn(of, BO.id);
    await expect(of.renew(bo.signIn.sealed, GLOBEX.id)).rejects.toMatchObject({ code: 'org_mismatch' });
    expect(await of.renew(bo.signIn.sealed)).toMatchObject({ organization: ACME.id });
  });

  it('lets two tabs renew the same session at once: neither is signed out', async () => {
    const of = identity();
    const { signIn } = await signedIn(of, ANA.id, ACME.id);
    const [first, second, third] = await Promise.all([
      of.renew(signIn.sealed),
      of.renew(signIn.sealed),
      of.renew(signIn.sealed, GLOBEX.id),
    ]);
    expect(second).toEqual(first);
    expect(third!.organization).toBe(GLOBEX.id);
    expect(await of.renew(signIn.sealed)).toEqual(first);
  });

  it('says null for a session that is over or not ours', async () => {
    const of = identity();
    const { signIn, browser } = await signedIn(of, ANA.id, ACME.id);
    clock.advance(3_600_000);
    const url = of.signOutUrl(signIn.providerSession, 'http://localhost:5711/');
    expect((await browser.get(url)).url).toBe('http://localhost:5711/');
    expect(await of.renew(signIn.sealed)).toBeNull();
    expect(await of.renew('Fe26.2**garbage~2')).toBeNull();
    expect(await of.renew('')).toBeNull();
  });

  it('opens with every secret and seals with the first', async () => {
    const { signIn } = await signedIn(identity(), BO.id);
    const renewed = await identity({ secrets: [NEW_SECRET, SECRET] }).renew(signIn.sealed);
    expect(await identity().renew(renewed!.sealed)).toBeNull();
    expect(await identity({ secrets: [NEW_SECRET] }).renew(renewed!.sealed)).not.toBeNull();
  });

  it.each(['429', '500', 'html', 'down', 'unauthorized'] as const)(
    'mistake 22: WorkOS answers %s: unavailable, never signed out, and no word of the answer',
    async (kind) => {
      const of = identity();
      const { signIn } = await signedIn(of, BO.id);
      const { code, codeVerifier } = await begun(of, BO.id);
      world.sandbox.faults.set({ target: 'workos', kind });
      const works = [
        () => of.renew(signIn.sealed),
        () => of.finish({ code, codeVerifier }),
        () => of.user(BO.id),
        () => of.memberships(BO.id),
      ];
      for (const work of works) {
        const refusal: unknown = await work().catch((error: unknown) => error);
        expect(refusal).toMatchObject({ code: 'workos_unavailable' });
        expect(inspect(refusal, { depth: 10 })).not.toMatch(
          /Bad Gateway|Internal server|Too many|Unauthorized|sk_sandbox/,
        );
      }
      world.sandbox.faults.clear();
      expect(await of.renew(signIn.sealed)).not.toBeNull();
    },
  );

  it('mistake 22: a wrong key of ours is unavailable, never a failed sign-in', async () => {
    const { signIn } = await signedIn(identity(), BO.id);
    const { code, codeVerifier } = await begun(identity(), BO.id);
    const of = identity({ apiKey: 'sk_wrong' });
    await expect(of.finish({ code, codeVerifier })).rejects.toMatchObject({ code: 'workos_unavailable' });
    await expect(of.renew(signIn.sealed)).rejects.toMatchObject({ code: 'workos_unavailable' });
  });

  it('I38 WorkOS slow: gives up within its time', async () => {
    world.sandbox.faults.set({ target: 'workos', kind: 'slow', delayMs: 60_000 });
    const of = identity({ timeoutMs: 300 });
    const before = Date.now();
    await expect(of.user(ANA.id)).rejects.toMatchObject({ code: 'workos_unavailable' });
    await expect(of.memberships(ANA.id)).rejects.toMatchObject({ code: 'workos_unavailable' });
    expect(Date.now() - before).toBeLessThan(10_000);
  });

  it('mistake 22: knows people for a minute, and while WorkOS is down a little longer', async () => {
    const of = identity();
    const ana = { id: ANA.id, email: 'ana@acme.example', name: 'Ana Sousa' };
    expect(await of.user(ANA.id)).toEqual(ana);
    expect(await of.user('user_01NOBODY')).toBeNull();
    world.sandbox.faults.set({ target: 'workos', kind: '500' });
    clock.advance(9_000);
    expect(await Promise.all([of.user(ANA.id), of.user('user_01NOBODY')])).toEqual([ana, null]);
    clock.advance(52_000);
    expect(await of.user(ANA.id)).toEqual(ana);
    await expect(of.user('user_01NOBODY')).rejects.toMatchObject({ code: 'workos_unavailable' });
    clock.advance(300_000);
    await expect(of.user(ANA.id)).rejects.toMatchObject({ code: 'workos_unavailable' });
  });

  it('asks once when many want to know the same person', async () => {
    const listener = await startListener({ id: ANA.id, email: 'ana@acme.example', first_name: 'Ana', last_name: null });
    try {
      const of = new WorkosIdentity(listener.client, { redirectUri: REDIRECT_URI, secrets: [SECRET] }, clock);
      await Promise.all([of.user(ANA.id), of.user(ANA.id), of.user(ANA.id)]);
      expect(listener.asked).toEqual([`GET /user_management/users/${ANA.id}`]);
    } finally {
      await listener.close();
    }
  });

  it('tells the organizations of a person', async () => {
    expect(await identity().memberships(ANA.id)).toEqual([
      { organizationId: ACME.id, organizationName: 'Acme GmbH' },
      { organizationId: GLOBEX.id, organizationName: 'Globex' },
    ]);
    expect(await identity().memberships(KIM.id)).toEqual([]);
  });

  it('mistake 19: an id that leaves its place in the path never reaches the network', async () => {
    const listener = await startListener();
    try {
      const of = new WorkosIdentity(listener.client, { redirectUri: REDIRECT_URI, secrets: [SECRET] }, clock);
      for (const id of ['../../organizations', 'user_1/..', 'user_1?a=b', 'org_1', '']) {
        await expect(of.user(id)).rejects.toMatchObject({ code: 'not_found' });
        await expect(of.memberships(id)).rejects.toMatchObject({ code: 'not_found' });
      }
      await expect(of.begin({ organization: 'org_1&prompt=none' })).rejects.toMatchObject({ code: 'not_found' });
      expect(listener.asked).toEqual([]);
    } finally {
      await listener.close();
    }
  });

  describe('I7 never another person: what the SDK does not check', () => {
    const claims = {
      iss: 'https://api.workos.com',
      sub: ANA.id,
      sid: 'session_01X',
      org_id: ACME.id,
      auth_time: 1_700_000_000,
    };
    const token = (payload: object) =>
      ['{"alg":"RS256"}', JSON.stringify(payload), 'x']
        .map((part) => Buffer.from(part).toString('base64url'))
        .join('.');
    const user = {
      object: 'user',
      id: ANA.id,
      email: 'ana@acme.example',
      email_verified: true,
      first_name: null,
      last_name: null,
    };
    const finish = async (payload: object, extra: object = {}) => {
      const answer = { user, organization_id: ACME.id, access_token: token(payload), refresh_token: 'r', ...extra };
      const listener = await startListener(answer);
      const of = new WorkosIdentity(listener.client, { redirectUri: REDIRECT_URI, secrets: [SECRET] }, clock);
      return of.finish({ code: 'c', codeVerifier: 'v' }).finally(() => listener.close());
    };

    it.each([
      ['a token about somebody else', { ...claims, sub: BO.id }],
      ['a token of another issuer', { ...claims, iss: 'https://attacker.example' }],
      ['a token of another organization', { ...claims, org_id: GLOBEX.id }],
      ['a token without a session', { ...claims, sid: 'app_consent_01X' }],
    ])('refuses %s', async (_what, payload) => {
      await expect(finish(payload)).rejects.toMatchObject({ code: 'sign_in_failed' });
    });

    it('marks an impersonated session, and one without a time as never fresh', async () => {
      expect(await finish(claims)).toMatchObject({ isImpersonated: false, authenticatedAt: 1_700_000_000_000 });
      const impersonator = { email: 'admin@acme.example', reason: null };
      expect(await finish(claims, { impersonator })).toMatchObject({ isImpersonated: true });
      expect(await finish({ ...claims, act: { sub: 'x' } })).toMatchObject({ isImpersonated: true });
      expect(await finish({ ...claims, auth_time: undefined })).toMatchObject({ authenticatedAt: 0 });
    });
  });
});
