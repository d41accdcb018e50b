import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { FormBrowser, type FormPage } from '../../test/support/form-browser.js';
import { answerFaults, requestFaults } from '../../test/support/workos-schema.js';
import { type Sandbox, startSandbox } from './sandbox.js';
import { ACME, ANA, BO, CLIENT_ID, GLOBEX, KIM } from './seed.js';

const APP = 'http://localhost:5711';
const REDIRECT = `${APP}/callback`;
const VERIFIER = 'v'.repeat(43);
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

describe('the sandbox as WorkOS API', () => {
  const dataDir = mkdtempSync(`${tmpdir()}/sandbox-api-`);
  let sandbox: Sandbox;

  beforeAll(async () => {
    const log = () => undefined;
    sandbox = await startSandbox({
      dataDir,
      port: 0,
      mcpResource: `${APP}/mcp`,
      appOrigin: APP,
      redirectUri: REDIRECT,
      log,
    });
  });
  afterEach(() => sandbox.faults.clear());
  afterAll(async () => {
    await sandbox.close();
    rmSync(dataDir, { recursive: true });
  });

  /** One exchange, checked against WorkOS's own description. */
  const exchange = async (operation: string, parameters: Record<string, string>, body?: unknown, query = '') => {
    const [method = '', template = ''] = operation.split(' ');
    const path = template.replace(/\{(\w+)\}/g, (_all, name: string) => parameters[name] ?? '');
    if (body !== undefined) expect(requestFaults(operation, body)).toEqual([]);
    const answer = await fetch(`${sandbox.issuer}${path}${query}`, {
      method,
      headers: { authorization: `Bearer ${sandbox.apiKey}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const json: unknown = text === '' ? null : JSON.parse(text);
    expect(answerFaults(operation, answer.status, json)).toEqual([]);
    expect(answer.headers.get('x-request-id')).toMatch(/^req_/);
    return { status: answer.status, body: json as Record<string, unknown> };
  };

  const authorizeUrl = (extra: Record<string, string> = {}) =>
    `/user_management/authorize?${new URLSearchParams({
      client_id: CLIENT_ID,
      redirect_uri: REDIRECT,
      response_type: 'code',
      provider: 'authkit',
      state: 's1',
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
      ...extra,
    })}`;

  const signIn = async (user: string, organization?: string, browser = new FormBrowser(sandbox.issuer)) => {
    let page = await browser.get(authorizeUrl());
    if (/Sign in/.test(page.text)) page = await browser.submit(page, { user });
    if (organization) page = await browser.submit(page, { organization });
    return page;
  };

  const answered = (page: FormPage) => Object.fromEntries(new URL(page.url).searchParams);
  const codeGrant = (code: string) => ({
    grant_type: 'authorization_code',
    client_id: CLIENT_ID,
    client_secret: sandbox.apiKey,
    code,
    code_verifier: VERIFIER,
  });
  const authenticate = (body: unknown) => exchange('POST /user_management/authenticate', {}, body);

  it('answers 401 without the API key', async () => {
    const answer = await fetch(`${sandbox.issuer}/organizations/${ACME.id}`);
    expect([answer.status, await answer.json()]).toEqual([401, { message: 'Unauthorized' }]);
  });

  it('refuses a name that is not its own: a page of the internet cannot point one at it', async () => {
    const answer = await fetch(`${sandbox.issuer.replace('127.0.0.1', 'localhost')}/sandbox/requests`);
    expect(answer.status).toBe(421);
    const headers = { origin: 'https://page.example' };
    expect((await fetch(`${sandbox.issuer}/sandbox/requests`, { headers })).status).toBe(403);
  });

  it('signs a person in: code, session token, organization', async () => {
    const page = await signIn(ANA.id, GLOBEX.id);
    expect(answered(page)).toMatchObject({ state: 's1' });
    const { status, body } = await authenticate(codeGrant(answered(page).code!));
    expect([status, body.organization_id]).toEqual([200, GLOBEX.id]);
    const keys = createRemoteJWKSet(new URL(`${sandbox.issuer}/sso/jwks/${CLIENT_ID}`));
    const { payload } = await jwtVerify(String(body.access_token), keys);
    expect(payload).toMatchObject({
      iss: `${sandbox.issuer}/user_management/${CLIENT_ID}`,
      sub: ANA.id,
      org_id: GLOBEX.id,
    });
    expect(payload.sid).toMatch(/^session_/);
    expect(payload).not.toHaveProperty('aud');
    await exchange('GET /sso/jwks/{clientId}', { clientId: CLIENT_ID });
  });

  it('takes a code once, with its verifier, from the client with the key', async () => {
    const code = answered(await signIn(BO.id)).code!;
    const refused = { status: 400, body: { error: 'invalid_grant' } };
    expect(await authenticate({ ...codeGrant(code), client_secret: 'sk_wrong' })).toMatchObject({
      body: { error: 'invalid_client' },
    });
    expect((await authenticate(codeGrant(code))).status).toBe(200);
    expect(await authenticate(codeGrant(code))).toMatchObject(refused);
    const other = answered(await signIn(BO.id)).code!;
    expect(await authenticate({ ...codeGrant(other), code_verifier: 'w'.repeat(43) })).toMatchObject(refused);
  });

  it.each([
    ['another redirect URI', { redirect_uri: `${REDIRECT}/` }, 400],
    ['another client', { client_id: 'client_x' }, 400],
    ['no PKCE', { code_challenge: '' }, 'invalid_request'],
    ['plain PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
  ])('refuses an authorization with %s', async (_what, extra, expected) => {
    const page = await new FormBrowser(sandbox.issuer).get(authorizeUrl(extra as Record<string, string>));
    expect(page.status === 0 ? answered(page).error : page.status).toBe(expected);
  });

  it('asks for a fresh sign-in when told to, and keeps the session otherwise', async () => {
    const browser = new FormBrowser(sandbox.issuer);
    await signIn(BO.id, undefined, browser);
    expect(answered(await browser.get(authorizeUrl())).code).toBeDefined();
    for (const extra of [{ max_age: '0' }, { prompt: 'login' }] as Record<string, string>[]) {
      const page = await browser.get(authorizeUrl(extra));
      expect(page.text).toContain('Sign in');
      expect(answered(await browser.submit(page, { user: BO.id })).code).toBeDefined();
    }
    expect((await browser.get(authorizeUrl({ max_age: '3600' }))).status).toBe(0);
  });

  it('signs in to the organization that is asked for, or says that the person is no member', async () => {
    const browser = new FormBrowser(sandbox.issuer);
    await signIn(BO.id, undefined, browser);
    expect(answered(await browser.get(authorizeUrl({ organization_id: ACME.id }))).code).toBeDefined();
    expect(answered(await browser.get(authorizeUrl({ organization_id: GLOBEX.id }))).error).toBe('access_denied');
  });

  it('rotates refresh tokens, switches organization for members only, and ends with the session', async () => {
    const { body } = await authenticate(codeGrant(answered(await signIn(ANA.id, ACME.id)).code!));
    const refresh = (token: unknown, organization?: string) =>
      authenticate({
        grant_type: 'refresh_token',
        client_id: CLIENT_ID,
        client_secret: sandbox.apiKey,
        refresh_token: token,
        ...(organization && { organization_id: organization }),
      });
    const switched = await refresh(body.refresh_token, GLOBEX.id);
    expect(switched.body.organization_id).toBe(GLOBEX.id);
    expect((await refresh(body.refresh_token)).body.error).toBe('invalid_grant');
    const { body: sessions } = await exchange('GET /user_management/users/{id}/sessions', { id: ANA.id });
    const session = (sessions.data as { id: string; status: string }[]).at(-1)!;
    expect(session.status).toBe('active');
    expect((await exchange('POST /user_management/sessions/revoke', {}, { session_id: session.id })).status).toBe(200);
    expect((await refresh(switched.body.refresh_token)).body.error).toBe('invalid_grant');
  });

  it('signs out: the session ends, the browser is forgotten and goes back to the application', async () => {
    const browser = new FormBrowser(sandbox.issuer);
    const { body } = await authenticate(codeGrant(answered(await signIn(BO.id, undefined, browser)).code!));
    const claims = JSON.parse(Buffer.from(String(body.access_token).split('.')[1]!, 'base64url').toString()) as {
      sid: string;
    };
    const url = `/user_management/sessions/logout?session_id=${claims.sid}&return_to=${encodeURIComponent(`${APP}/bye`)}`;
    expect((await browser.get(url)).url).toBe(`${APP}/bye`);
    expect((await browser.get(authorizeUrl())).text).toContain('Sign in');
    const elsewhere = await browser.get(url.replace(encodeURIComponent(`${APP}/bye`), 'https://attacker.example'));
    expect(elsewhere.url).toBe(`${APP}/`);
    expect((await browser.get('/user_management/sessions/logout')).status).toBe(422);
  });

  it('tells people, memberships and organizations', async () => {
    expect((await exchange('GET /user_management/users/{id}', { id: KIM.id })).body.email).toBe('kim@solo.example');
    expect((await exchange('GET /user_management/users/{id}', { id: 'user_x' })).status).toBe(404);
    const memberships = await exchange(
      'GET /user_management/organization_memberships',
      {},
      undefined,
      `?user_id=${ANA.id}&statuses=active`,
    );
    expect((memberships.body.data as { organization_name: string }[]).map((one) => one.organization_name)).toEqual([
      'Acme GmbH',
      'Globex',
    ]);
    expect((await exchange('GET /user_management/organization_memberships', {})).status).toBe(400);
    expect((await exchange('GET /organizations/{id}', { id: ACME.id })).body.name).toBe('Acme GmbH');
    expect((await exchange('GET /organizations/{id}', { id: 'org_x' })).status).toBe(404);
    expect(
      (await exchange('GET /user_management/users/{user_id}/authorized_applications', { user_id: KIM.id })).body.data,
    ).toEqual([]);
  });

  const pipes = (user: string, slug: string, organization?: string) =>
    exchange(
      'POST /data-integrations/{slug}/token',
      { slug },
      { user_id: user, ...(organization && { organization_id: organization }) },
    );

  it('keeps connections per person, organization and integration', async () => {
    expect((await pipes(ANA.id, 'linear', ACME.id)).body).toMatchObject({
      active: true,
      access_token: { missing_scopes: [] },
    });
    expect((await pipes(ANA.id, 'snowflake', ACME.id)).body).toEqual({ active: false, error: 'not_installed' });
    expect((await pipes(ANA.id, 'linear')).body).toEqual({ active: false, error: 'not_installed' });
    expect((await pipes(ANA.id, 'linear', GLOBEX.id)).body).toEqual({ active: false, error: 'not_installed' });
    expect((await pipes(ANA.id, 'jira', ACME.id)).status).toBe(404);
    expect((await pipes(BO.id, 'linear', GLOBEX.id)).status).toBe(404);
    const { body } = await exchange(
      'GET /user_management/users/{user_id}/data_providers',
      { user_id: ANA.id },
      undefined,
      `?organization_id=${ACME.id}`,
    );
    const states = (body.data as { slug: string; connected_account: { state: string } | null }[]).map((one) => [
      one.slug,
      one.connected_account?.state,
    ]);
    expect(states).toEqual([
      ['linear', 'connected'],
      ['notion', 'connected'],
      ['snowflake', undefined],
    ]);
  });

  it.each([
    ['allow', { active: true, access_token: { missing_scopes: [] } }, ''],
    ['fewer', { active: true, access_token: { missing_scopes: ['write', 'issues:create'] } }, ''],
    ['deny', { active: false, error: 'not_installed' }, 'access_denied'],
  ])('links an account at the provider’s consent page: %s', async (decision, expected, error) => {
    const request = { user_id: KIM.id, return_to: `${APP}/connect/linear` };
    const { body } = await exchange('POST /data-integrations/{slug}/authorize', { slug: 'linear' }, request);
    const browser = new FormBrowser(sandbox.issuer);
    const page = await browser.submit(await browser.get(String(body.url)), { decision });
    expect(page.url).toBe(`${APP}/connect/linear${error && `?error=${error}`}`);
    expect((await pipes(KIM.id, 'linear')).body).toMatchObject(expected);
    expect((await browser.get(String(body.url))).status).toBe(404);
    await exchange('DELETE /user_management/users/{user_id}/connected_accounts/{slug}', {
      user_id: KIM.id,
      slug: 'linear',
    });
  });

  it('returns to the application only', async () => {
    const request = { user_id: KIM.id, return_to: 'https://attacker.example/' };
    expect((await exchange('POST /data-integrations/{slug}/authorize', { slug: 'linear' }, request)).status).toBe(400);
  });

  it('imports, shows and deletes connected accounts', async () => {
    const at = { user_id: BO.id, slug: 'notion' };
    const path = '/user_management/users/{user_id}/connected_accounts/{slug}';
    expect((await exchange(`GET ${path}`, at)).status).toBe(404);
    expect((await exchange(`POST ${path}`, at, {})).status).toBe(201);
    expect((await exchange(`POST ${path}`, at, {})).status).toBe(409);
    expect((await exchange(`GET ${path}`, at)).body.state).toBe('connected');
    expect((await exchange(`DELETE ${path}`, at)).status).toBe(204);
    expect((await exchange(`DELETE ${path}`, at)).status).toBe(404);
  });

  it('breaks on demand, for one person and integration', async () => {
    const control = (body: unknown) =>
      fetch(`${sandbox.issuer}/sandbox/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect(
      (await control({ target: 'pipes', kind: 'needs_reauthorization', user: 'ana@acme.example', slug: 'linear' }))
        .status,
    ).toBe(204);
    expect((await control({ target: 'pipes', kind: 'explode' })).status).toBe(400);
    expect((await pipes(ANA.id, 'linear', ACME.id)).body).toEqual({ active: false, error: 'needs_reauthorization' });
    expect((await pipes(BO.id, 'linear', ACME.id)).body).toMatchObject({ active: true });
    expect((await control({ target: 'jwks', kind: '500' })).status).toBe(204);
    expect((await fetch(`${sandbox.issuer}/oauth2/jwks`)).status).toBe(500);
    expect((await control({ target: 'workos', kind: 'down' })).status).toBe(204);
    await expect(fetch(`${sandbox.issuer}/organizations/${ACME.id}`)).rejects.toThrow('fetch failed');
    expect((await fetch(`${sandbox.issuer}/sandbox/faults`, { method: 'DELETE' })).status).toBe(204);
    expect((await exchange('GET /organizations/{id}', { id: ACME.id })).status).toBe(200);
  });
});
