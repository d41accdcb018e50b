import { type AuthApp, startAuthApp } from '../../test/support/auth-app.js';
import { type SignedInBrowser, signIn } from '../../test/support/auth-browser.js';
import type { RawRequest } from '../../test/support/raw-http.js';
import { csrfToken } from './csrf.js';

const ORIGIN = 'https://countersign.example';
const ID = 'abcdefghijklmnop';

let app: AuthApp;
let browser: SignedInBrowser;

beforeEach(async () => {
  app = await startAuthApp({ issuer: 'https://issuer.example' });
  browser = await signIn(app);
});

afterEach(() => app?.close());

type Changes = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A decision as our page sends it, with what the test changes; `undefined` leaves a header out. */
function decide(changes: Changes = {}, rest: Partial<RawRequest> = {}) {
  const headers = {
    Cookie: browser.cookie,
    Origin: ORIGIN,
    'Sec-Fetch-Site': 'same-origin',
    'Content-Type': 'application/json',
    'X-CSRF-Token': csrfToken(app.keys, browser, { for: 'decide', approvalId: ID }),
    ...changes,
  };
  const sent = Object.fromEntries(
    Object.entries(headers).filter(([, value]) => value !== undefined),
  ) as RawRequest['headers'];
  return app.send({
    method: 'POST',
    path: `/api/approvals/${ID}/decision`,
    body: '{"decision":"approve"}',
    headers: sent!,
    ...rest,
  });
}

const sessionToken = () => csrfToken(app.keys, browser, { for: 'session' });
const end = (changes: Changes = {}, rest: Partial<RawRequest> = {}) =>
  decide(
    { 'X-CSRF-Token': sessionToken(), 'Content-Type': undefined, ...changes },
    { method: 'DELETE', path: '/api/grants/g', ...NO_BODY, ...rest },
  );

const NO_BODY = { body: undefined } as unknown as Partial<RawRequest>;

describe('I27 CSRF', () => {
  it('lets the page decide, and end', async () => {
    expect([(await decide()).status, (await end()).status]).toEqual([201, 200]);
    expect(app.made).toEqual([{ decision: 'approve' }, 'g']);
  });

  it('lets a browser through that sends no Sec-Fetch-Site', async () => {
    expect((await decide({ 'Sec-Fetch-Site': undefined })).status).toBe(201);
  });

  const cases: [string, string, () => Changes][] = [
    ['CSR-003 Origin: null', 'origin', () => ({ Origin: 'null' })],
    ['CSR-004 no Origin and no Sec-Fetch-Site', 'origin', () => ({ Origin: undefined, 'Sec-Fetch-Site': undefined })],
    ['no Origin', 'origin', () => ({ Origin: undefined })],
    ['another Origin', 'origin', () => ({ Origin: 'https://evil.example' })],
    ['a sibling’s Origin', 'origin', () => ({ Origin: 'https://other.countersign.example' })],
    ['CSR-018 our name without TLS', 'origin', () => ({ Origin: 'http://countersign.example' })],
    ['CSR-019 our Origin in capitals', 'origin', () => ({ Origin: 'HTTPS://COUNTERSIGN.EXAMPLE' })],
    ['our Origin with another port', 'origin', () => ({ Origin: `${ORIGIN}:8443` })],
    ['two Origins', 'origin', () => ({ Origin: [ORIGIN, 'https://evil.example'] })],
    ['Sec-Fetch-Site: cross-site', 'fetch_site', () => ({ 'Sec-Fetch-Site': 'cross-site' })],
    ['Sec-Fetch-Site: same-site', 'fetch_site', () => ({ 'Sec-Fetch-Site': 'same-site' })],
    ['Sec-Fetch-Site: none', 'fetch_site', () => ({ 'Sec-Fetch-Site': 'none' })],
    ['CSR-005 no token', 'token', () => ({ 'X-CSRF-Token': undefined })],
    ['an empty token', 'token', () => ({ 'X-CSRF-Token': '' })],
    [
      'CSR-007 a token for another request',
      'token',
      () => ({ 'X-CSRF-Token': csrfToken(app.keys, browser, { for: 'decide', approvalId: 'other' }) }),
    ],
    [
      'the token of another session',
      'token',
      () => ({ 'X-CSRF-Token': csrfToken(app.keys, { id: 'other' }, { for: 'decide', approvalId: ID }) }),
    ],
    ['the session’s token for a decision', 'token', () => ({ 'X-CSRF-Token': sessionToken() })],
    [
      'two tokens',
      'token',
      () => ({ 'X-CSRF-Token': [sessionToken(), csrfToken(app.keys, browser, { for: 'decide', approvalId: ID })] }),
    ],
  ];

  it.each(cases)('refuses a decision with %s, changes nothing and records it', async (_, reason, changes) => {
    const answer = await decide(changes());
    expect([answer.status, answer.json().code]).toEqual([403, 'csrf_refused']);
    expect(app.made).toEqual([]);
    expect(app.audit.of('approval.csrf_refused')).toEqual([
      expect.objectContaining({
        actor: expect.objectContaining({ type: 'user', browserSession: browser.id }),
        details: { reason, count: 1 },
      }),
    ]);
  });

  it('refuses every other unsafe request without the session’s token', async () => {
    const approvalToken = csrfToken(app.keys, browser, { for: 'decide', approvalId: 'g' });
    const statuses = [
      (await end({ 'X-CSRF-Token': undefined })).status,
      (await end({ 'X-CSRF-Token': approvalToken })).status,
      (await end({ Origin: undefined })).status,
    ];
    expect(statuses).toEqual([403, 403, 403]);
    expect(app.made).toEqual([]);
  });

  it.each([
    ['CSR-008 text/plain', 'text/plain', '{"decision":"approve"}'],
    [
      'CSR-010 multipart/form-data',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="decision"\r\n\r\napprove\r\n--x--',
    ],
    ['CSR-011 another character set', 'application/json; charset=utf-7', '{"decision":"approve"}'],
    ['a parameter', 'application/json; charset=utf-8', '{"decision":"approve"}'],
    ['a form', 'application/x-www-form-urlencoded', 'decision=approve'],
    ['a type that only resembles JSON', 'application/json+evil', '{"decision":"approve"}'],
    ['no type', undefined, '{"decision":"approve"}'],
  ])('%s is 415', async (_, type, body) => {
    const answer = await decide({ 'Content-Type': type }, { body });
    expect([answer.status, answer.json().code]).toEqual([415, 'json_required']);
    expect(app.made).toEqual([]);
  });

  it('a request without a body needs no type; with a body it does', async () => {
    expect((await end()).status).toBe(200);
    expect((await end({}, { body: 'x=1' })).status).toBe(415);
  });

  it('CSR-012: there is no way to override the method', async () => {
    const headers = {
      Cookie: browser.cookie,
      'X-HTTP-Method-Override': 'DELETE',
      'X-CSRF-Token': sessionToken(),
      Origin: ORIGIN,
    };
    expect((await app.send({ method: 'POST', path: '/api/grants/g?_method=DELETE', headers })).status).toBe(404);
    expect((await app.send({ path: '/api/grants/g?_method=DELETE', headers })).status).toBe(404);
    expect(app.made).toEqual([]);
  });

  it('CSR-013: no address that is only opened changes anything', async () => {
    const headers = { Cookie: browser.cookie };
    for (const path of [`/api/approvals/${ID}/approve`, `/api/approvals/${ID}/decision`, '/logout']) {
      expect((await app.send({ path, headers })).status).toBe(404);
    }
    expect(app.made).toEqual([]);
    expect(app.sessions.rows.size).toBe(1);
  });

  it('a flood of refusals is recorded once a minute and reason, with their number', async () => {
    for (let time = 0; time < 5; time += 1) await decide({ Origin: 'null' });
    app.clock.advance(60_000);
    await decide({ Origin: 'null' });
    expect(app.audit.of('approval.csrf_refused').map(({ details }) => details.count)).toEqual([1, 5]);
  });

  it('a refusal stands also when it cannot be recorded', async () => {
    jest.spyOn(app.audit, 'append').mockRejectedValue(new Error('The disk is full.'));
    expect((await decide({ Origin: 'null' })).status).toBe(403);
    expect(app.made).toEqual([]);
  });
});

describe('I3 channels do not mix', () => {
  it('JWT-051: a bearer token alone opens nothing of the page’s API, so no assistant can decide', async () => {
    const bearer = { Cookie: undefined, Authorization: 'Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln' };
    expect([(await decide(bearer)).status, (await end(bearer)).status]).toEqual([401, 401]);
    expect((await app.send({ path: '/api/me', headers: { Authorization: bearer.Authorization } })).status).toBe(401);
    expect(app.made).toEqual([]);
  });

  it('CSR-022: a session cookie that comes twice is refused', async () => {
    const planted = `__Host-pipes_session=${'A'.repeat(43)}`;
    for (const Cookie of [
      `${planted}; ${browser.cookie}`,
      `${browser.cookie}; ${planted}`,
      `${browser.cookie};${browser.cookie}`,
    ]) {
      expect((await decide({ Cookie })).status).toBe(400);
    }
    expect((await decide({ Cookie: [planted, browser.cookie] })).status).toBe(400);
    expect(app.made).toEqual([]);
  });

  it('CSR-021: a cookie under the name without the prefix is none of ours', async () => {
    expect((await decide({ Cookie: browser.cookie.replace('__Host-', '') })).status).toBe(401);
  });
});
