import { type AuthApp, startAuthApp } from '../../test/support/auth-app.js';
import { type SignedInBrowser, signIn } from '../../test/support/auth-browser.js';
import { me as meContract } from '../approvals/approvals.contract.js';
import { csrfToken } from './csrf.js';

let app: AuthApp;
let browser: SignedInBrowser;

beforeEach(async () => {
  app = await startAuthApp({ issuer: 'https://issuer.example' });
  browser = await signIn(app);
});

afterEach(() => app?.close());

const sessionToken = () => csrfToken(app.keys, browser, { for: 'session' });

describe('GET /api/me', () => {
  it('tells who is signed in, where else they could be, and the token for what they do', async () => {
    app.identity.people = [
      { organizationId: 'org_01HXAMPLE0000000000000000A', organizationName: 'Acme' },
      { organizationId: 'org_01HXAMPLE0000000000000000B', organizationName: 'Beta' },
    ];
    const answer = await app.send({ path: '/api/me', headers: { Cookie: browser.cookie } });
    const me = answer.json();
    expect(me).toEqual({
      user: { id: 'user_01HXAMPLE0000000000000000A', email: 'ada@acme.example', name: 'Ada' },
      organization: { id: 'org_01HXAMPLE0000000000000000A', name: 'Acme' },
      organizations: [
        { id: 'org_01HXAMPLE0000000000000000A', name: 'Acme' },
        { id: 'org_01HXAMPLE0000000000000000B', name: 'Beta' },
      ],
      csrfToken: sessionToken(),
      isSandbox: false,
    });
    expect(meContract.parse(me)).toEqual(me);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('is 401 for everyone else', async () => {
    const answer = await app.send({ path: '/api/me' });
    expect([answer.status, answer.json().code]).toEqual([401, 'not_signed_in']);
  });
});

describe('POST /logout', () => {
  const logout = (changes: Record<string, string | undefined> = {}) => {
    const headers = {
      Cookie: browser.cookie,
      Origin: 'https://countersign.example',
      'X-CSRF-Token': sessionToken(),
      ...changes,
    };
    const sent = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return app.send({ method: 'POST', path: '/logout', headers: Object.fromEntries(sent) });
  };

  it('ends what was approved in the session, the row, the cookie, and says where the session ends at the identity provider', async () => {
    const answer = await logout();
    expect([answer.status, answer.json()]).toEqual([
      200,
      {
        url: 'https://identity.example/logout?session_id=session_01HXAMPLE&return_to=https%3A%2F%2Fcountersign.example%2F',
      },
    ]);
    expect(answer.headers['set-cookie']).toEqual([
      '__Host-pipes_session=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Strict',
    ]);
    // Before the row goes and after it, for what was being decided meanwhile.
    expect(app.ends.sessions.map(({ id }) => id)).toEqual([browser.id, browser.id]);
    expect(app.audit.of('session.ended')).toHaveLength(1);
    expect((await app.send({ path: '/api/approvals/x', headers: { Cookie: browser.cookie } })).status).toBe(401);
  });

  it('is guarded like the API', async () => {
    expect([
      (await logout({ Origin: undefined })).status,
      (await logout({ 'X-CSRF-Token': undefined })).status,
    ]).toEqual([403, 403]);
    expect(app.sessions.rows.size).toBe(1);
  });

  it('I14: is not done while what was approved could not be ended', async () => {
    app.ends.failure = new Error('The store is away.');
    expect((await logout()).status).toBe(500);
    expect(app.sessions.rows.size).toBe(1);
    app.ends.failure = null;
    expect((await logout()).status).toBe(200);
  });
});
