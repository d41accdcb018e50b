import { sealData } from 'iron-session';
import { type AuthApp, startAuthApp } from '../../test/support/auth-app.js';
import { cookiesOf, signIn, stateOf } from '../../test/support/auth-browser.js';
import { signInOf } from '../../test/support/auth-fakes.js';
import { Secret } from '../kernel/secret.js';
import { isSessionOrReplaced } from './browser-session.js';
import { signInCookieName } from './http.cookies.js';
import { Keys } from './keys.js';
import { sealFlow } from './sealed.sign-in-flow.js';

let app: AuthApp;

beforeEach(async () => {
  app = await startAuthApp({ issuer: 'https://issuer.example' });
});

afterEach(() => app?.close());

const begin = (query = '') => app.send({ path: `/login${query}` });
const come = (state: string, cookie: string, rest = 'code=good-code') =>
  app.send({ path: `/callback?${rest}&state=${state}`, headers: { Cookie: cookie } });

describe('signing in', () => {
  it('I33: begins at the identity provider and ends on the page where it began, with a session', async () => {
    const begun = await begin('?returnTo=/approve/abc');
    expect([begun.status, begun.headers.location]).toEqual([
      303,
      `https://identity.example/authorize?state=${stateOf(begun)}`,
    ]);
    app.identity.codes.set('good-code', signInOf());
    const finished = await come(stateOf(begun), cookiesOf(begun).join('; '));
    expect([finished.status, finished.headers.location]).toEqual([303, '/approve/abc']);
    expect(app.identity.finished).toEqual([expect.objectContaining({ code: 'good-code', codeVerifier: 'verifier-1' })]);
    expect(app.audit.of('session.started')).toHaveLength(1);
  });

  it('I34: cookies have exactly these attributes', async () => {
    const begun = await begin();
    expect(begun.headers['set-cookie']).toEqual([
      expect.stringMatching(
        /^__Host-pipes_login_[0-9a-f]{16}=Fe26\.2[^;]+; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      ),
    ]);
    app.identity.codes.set('good-code', signInOf());
    const finished = await come(stateOf(begun), cookiesOf(begun).join('; '));
    expect(finished.headers['set-cookie']).toEqual([
      expect.stringMatching(
        /^__Host-pipes_login_[0-9a-f]{16}=; Max-Age=0; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
      ),
      expect.stringMatching(/^__Host-pipes_session=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/),
    ]);
    expect(finished.headers['cache-control']).toBe('no-store');
  });

  it('I34: on http://localhost the names have no prefix, since browsers would refuse it', async () => {
    const local = await startAuthApp({ issuer: 'https://issuer.example', publicUrl: 'http://localhost:5711' });
    try {
      const begun = await local.send({ path: '/login' });
      expect(begun.headers['set-cookie']).toEqual([
        expect.stringMatching(/^pipes_login_[^;]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/),
      ]);
      expect((await signIn(local)).cookie).toMatch(/^pipes_session=/);
    } finally {
      await local.close();
    }
  });

  it('I34: the server keeps no copy of the cookie', async () => {
    const { cookie, id } = await signIn(app);
    expect(id).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify([...app.sessions.rows, app.audit.events])).not.toContain(cookie.split('=')[1]);
  });

  it('I33: two tabs do not disturb each other', async () => {
    const [one, two] = [await begin('?returnTo=/access'), await begin('?returnTo=/connect/linear')];
    const jar = [...cookiesOf(one), ...cookiesOf(two)].join('; ');
    const end = async (begun: typeof one) => {
      app.identity.codes.set('good-code', signInOf());
      return (await come(stateOf(begun), jar)).headers.location;
    };
    expect([await end(two), await end(one)]).toEqual(['/connect/linear', '/access']);
  });

  it('CSR-028: a session that was there before gets a new id, and the old one is gone', async () => {
    const first = await signIn(app);
    const second = await signIn(app, { cookie: first.cookie });
    expect(second.cookie).not.toBe(first.cookie);
    expect([...app.sessions.rows.keys()]).toEqual([second.id]);
    const answer = await app.send({ path: '/api/approvals/x', headers: { Cookie: first.cookie } });
    expect(answer.status).toBe(401);
  });

  it('I14: signing in again keeps hold of what was approved before; another person’s sign-in ends it', async () => {
    const first = await signIn(app);
    const second = await signIn(app, { cookie: first.cookie, query: '?fresh=1' });
    const third = await signIn(app, { cookie: second.cookie });
    const session = app.sessions.rows.get(third.id)!;
    expect([first.id, second.id, third.id, 'other'].map((id) => isSessionOrReplaced(session, id))).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(app.ends.sessions).toEqual([]);
    const user = { id: 'user_01HXAMPLE0000000000000000B', email: 'bo@acme.example', name: null };
    const stranger = await signIn(app, { cookie: third.cookie, signIn: { user } });
    expect(new Set(app.ends.sessions)).toEqual(new Set([session]));
    expect([...app.sessions.rows.values()]).toEqual([expect.objectContaining({ id: stranger.id, replaced: [] })]);
  });

  it('CSR-028: a value that was planted before is not taken over', async () => {
    const planted = `__Host-pipes_session=${'A'.repeat(43)}`;
    expect((await signIn(app, { cookie: planted })).cookie).not.toBe(planted);
    expect((await app.send({ path: '/api/approvals/x', headers: { Cookie: planted } })).status).toBe(401);
  });

  it('another organization is another sign-in, with a new id', async () => {
    const first = await signIn(app);
    const query = '?organization=org_01HXAMPLE0000000000000000B';
    const second = await signIn(app, {
      cookie: first.cookie,
      query,
      signIn: { organization: 'org_01HXAMPLE0000000000000000B' },
    });
    expect(app.identity.begun.at(-1)).toEqual({ organization: 'org_01HXAMPLE0000000000000000B' });
    expect([...app.sessions.rows.values()]).toEqual([
      expect.objectContaining({ id: second.id, organization: 'org_01HXAMPLE0000000000000000B' }),
    ]);
    expect((await begin('?organization=../../users')).status).toBe(400);
  });

  it('mistake 8: no step-up, no sight of impersonation: fresh asks for the credentials, and an impersonated session says so', async () => {
    await signIn(app, { query: '?fresh=1', signIn: { isImpersonated: true, authenticatedAt: 42 } });
    expect(app.identity.begun).toEqual([{ isFresh: true }]);
    expect([...app.sessions.rows.values()]).toEqual([
      expect.objectContaining({ isImpersonated: true, authenticatedAt: 42 }),
    ]);
  });

  it('turning back at the identity provider leads back, signed out', async () => {
    const begun = await begin('?returnTo=/access');
    const answer = await come(
      stateOf(begun),
      cookiesOf(begun).join('; '),
      'error=access_denied&error_description=%3Cb%3E',
    );
    expect([answer.status, answer.headers.location]).toEqual([303, '/access']);
    expect(app.sessions.rows.size).toBe(0);
  });
});

describe('I33 login is sound: no session comes of', () => {
  async function expectRefused(answer: Awaited<ReturnType<typeof come>>): Promise<void> {
    expect([answer.status, answer.json().code]).toEqual([401, 'sign_in_failed']);
    expect(cookiesOf(answer).filter((cookie) => cookie.includes('session'))).toEqual([]);
    expect(app.sessions.rows.size).toBe(0);
  }

  beforeEach(() => {
    app.identity.codes.set('good-code', signInOf());
  });

  it('CSR-025 an attacker’s code in a browser that began nothing', async () => {
    await expectRefused(await come(stateOf(await begin()), ''));
    expect(app.identity.finished).toEqual([]);
  });

  it('CSR-025 an attacker’s code and state in a browser that began another sign-in', async () => {
    const [theirs, mine] = [await begin(), await begin()];
    await expectRefused(await come(stateOf(theirs), cookiesOf(mine).join('; ')));
  });

  it('a state of ours under the cookie name of another state', async () => {
    const [theirs, mine] = [await begin(), await begin()];
    const name = cookiesOf(theirs)[0]!.split('=')[0];
    const value = cookiesOf(mine)[0]!.split('=')[1];
    await expectRefused(await come(stateOf(theirs), `${name}=${value}`));
    expect(app.identity.finished).toEqual([]);
  });

  it('a cookie that was sealed by somebody else, or for something else', async () => {
    const state = stateOf(await begin());
    const name = signInCookieName(true, state);
    const flow = { state, codeVerifier: 'v', returnTo: '/', replaces: null };
    const foreign = await sealFlow(new Keys([new Secret('another secret, also of more than 32 characters')]), flow);
    const key = Buffer.from(app.keys.current('seal')).toString('hex');
    const other = await sealData({ ...flow, purpose: 'connect' }, { password: { 1: key }, ttl: 600 });
    for (const value of [foreign, other, 'Fe26.2*garbage', '']) {
      await expectRefused(await come(state, `${name}=${value}`));
    }
    expect(app.identity.finished).toEqual([]);
  });

  it('a callback without state, or with two', async () => {
    await expectRefused(await app.send({ path: '/callback?code=good-code' }));
    await expectRefused(await app.send({ path: '/callback?code=good-code&state=a&state=b' }));
  });

  it('CSR-026 the same answer twice', async () => {
    const begun = await begin();
    const cookie = cookiesOf(begun).join('; ');
    const first = await come(stateOf(begun), cookie);
    expect(first.headers['set-cookie']?.[0]).toMatch(/^__Host-pipes_login_[0-9a-f]{16}=; Max-Age=0/);
    app.sessions.rows.clear();
    await expectRefused(await come(stateOf(begun), cookie));
  });

  it('a code that the identity provider refuses, which deletes the cookie all the same', async () => {
    const begun = await begin();
    const answer = await come(stateOf(begun), cookiesOf(begun).join('; '), 'code=wrong');
    await expectRefused(answer);
    expect(answer.headers['set-cookie']).toEqual([
      expect.stringMatching(/^__Host-pipes_login_[0-9a-f]{16}=; Max-Age=0/),
    ]);
  });

  it('CSR-022 a sign-in cookie that comes twice', async () => {
    const begun = await begin();
    const cookie = cookiesOf(begun)[0]!;
    expect((await come(stateOf(begun), `${cookie}; ${cookie}`)).status).toBe(400);
  });

  it('CSR-024 a sign-in cookie that is presented as a session', async () => {
    const value = cookiesOf(await begin())[0]!.split('=')[1];
    const answer = await app.send({ path: '/api/approvals/x', headers: { Cookie: `__Host-pipes_session=${value}` } });
    expect(answer.status).toBe(401);
  });
});

describe('mistake 25: token, reason, URL and email in a query parameter', () => {
  it('what a sign-in carries is sealed in the cookie: no address has more than the state', async () => {
    const begun = await begin('?returnTo=/approve/only-for-her');
    expect([...new URL(begun.headers.location!).searchParams.keys()]).toEqual(['state']);
    expect(cookiesOf(begun)[0]).not.toContain('only-for-her');
    app.identity.codes.set('good-code', signInOf());
    expect((await come(stateOf(begun), cookiesOf(begun).join('; '))).headers.location).toBe('/approve/only-for-her');
  });
});
