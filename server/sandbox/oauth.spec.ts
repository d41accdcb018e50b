import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { FormBrowser } from '../../test/support/form-browser.js';
import { type Sandbox, startSandbox } from './sandbox.js';
import { ACME, ANA, CLIENT_ID, GLOBEX, KIM } from './seed.js';

const RESOURCE = 'http://localhost:5711/mcp';
const REDIRECT = 'http://127.0.0.1:39999/callback';

describe('the sandbox as authorization server', () => {
  const dataDir = mkdtempSync(`${tmpdir()}/sandbox-oauth-`);
  const start = () =>
    startSandbox({
      dataDir,
      port: 0,
      mcpResource: RESOURCE,
      appOrigin: 'http://localhost:5711',
      redirectUri: 'http://localhost:5711/callback',
      log: () => undefined,
    });
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await start();
  });
  afterAll(async () => {
    await sandbox.close();
    rmSync(dataDir, { recursive: true });
  });

  const register = async (metadata: Record<string, unknown> = {}) => {
    const body = JSON.stringify({
      client_name: 'Test client',
      redirect_uris: ['http://127.0.0.1/callback'],
      ...metadata,
    });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${sandbox.issuer}/oauth2/register`, { method: 'POST', headers, body });
    return {
      status: answer.status,
      ...((await answer.json()) as { client_id: string; error?: string; client_secret?: string }),
    };
  };

  const token = async (parameters: Record<string, string>) => {
    const body = new URLSearchParams(parameters);
    const answer = await fetch(`${sandbox.issuer}/oauth2/token`, { method: 'POST', body });
    return {
      status: answer.status,
      ...((await answer.json()) as { access_token?: string; refresh_token?: string; error?: string }),
    };
  };

  const authorizeUrl = (clientId: string, parameters: Record<string, string>) => {
    const query = {
      client_id: clientId,
      response_type: 'code',
      redirect_uri: REDIRECT,
      scope: 'openid profile email',
      state: 's1',
      ...parameters,
    };
    return `${sandbox.issuer}/oauth2/authorize?${new URLSearchParams(query)}`;
  };

  /** A person signs in, picks an organization and allows. */
  const connect = async (options: {
    user: string;
    organization?: string;
    resource?: string;
    clientId?: string;
    browser?: FormBrowser;
  }) => {
    const clientId = options.clientId ?? (await register()).client_id;
    const verifier = randomBytes(32).toString('base64url');
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const browser = options.browser ?? new FormBrowser(sandbox.issuer);
    const resource = options.resource === undefined ? undefined : { resource: options.resource };
    let page = await browser.get(
      authorizeUrl(clientId, { code_challenge: challenge, code_challenge_method: 'S256', ...resource }),
    );
    if (/Sign in/.test(page.text)) page = await browser.submit(page, { user: options.user });
    if (page.status === 0) return { clientId, verifier, page, tokens: null, browser };
    const organization = options.organization ? { organization: options.organization } : undefined;
    page = await browser.submit(page, { decision: 'allow', ...organization }, /consent/);
    const code = new URL(page.url).searchParams.get('code') ?? '';
    const grant = {
      grant_type: 'authorization_code',
      client_id: clientId,
      code,
      code_verifier: verifier,
      redirect_uri: REDIRECT,
    };
    return {
      clientId,
      verifier,
      page,
      browser,
      tokens: await token({ ...grant, ...resource }),
      grant: { ...grant, ...resource },
    };
  };

  it('publishes both metadata documents with the keys of WorkOS', async () => {
    const [oauth, openid] = await Promise.all(
      ['oauth-authorization-server', 'openid-configuration'].map(async (name) => {
        const answer = await fetch(`${sandbox.issuer}/.well-known/${name}`);
        expect(answer.headers.get('access-control-allow-origin')).toBe('*');
        return (await answer.json()) as Record<string, unknown>;
      }),
    );
    expect(oauth).toEqual({
      issuer: sandbox.issuer,
      authorization_endpoint: `${sandbox.issuer}/oauth2/authorize`,
      token_endpoint: `${sandbox.issuer}/oauth2/token`,
      registration_endpoint: `${sandbox.issuer}/oauth2/register`,
      jwks_uri: `${sandbox.issuer}/oauth2/jwks`,
      code_challenge_methods_supported: ['S256'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      response_modes_supported: ['query'],
      response_types_supported: ['code'],
      scopes_supported: ['email', 'offline_access', 'openid', 'profile'],
      token_endpoint_auth_methods_supported: ['none', 'client_secret_post', 'client_secret_basic'],
    });
    expect(openid).toMatchObject(oauth!);
  });

  it('issues a token for the resource, with the claims of WorkOS, to a client that registered itself', async () => {
    const { tokens, clientId, page } = await connect({ user: ANA.id, organization: GLOBEX.id, resource: RESOURCE });
    expect(new URL(page.url).searchParams.get('state')).toBe('s1');
    const keys = createRemoteJWKSet(new URL(`${sandbox.issuer}/oauth2/jwks`));
    const { payload } = await jwtVerify(tokens!.access_token!, keys, {
      issuer: sandbox.issuer,
      audience: RESOURCE,
      algorithms: ['RS256'],
    });
    expect(Object.keys(payload).sort()).toEqual([
      'aud',
      'client_id',
      'exp',
      'iat',
      'iss',
      'jti',
      'org_id',
      'scope',
      'sid',
      'sub',
    ]);
    expect(payload).toMatchObject({
      sub: ANA.id,
      client_id: clientId,
      org_id: GLOBEX.id,
      scope: 'openid profile email',
    });
    expect(payload.sid).toMatch(/^app_consent_/);
    expect(payload.exp! - payload.iat!).toBe(300);
    expect(Object.keys(decodeProtectedHeader(tokens!.access_token!)).sort()).toEqual(['alg', 'kid']);
  });

  it('gives a person without an organization a token without one', async () => {
    const { tokens } = await connect({ user: KIM.id, resource: RESOURCE });
    expect(decodeJwt(tokens!.access_token!)).toMatchObject({ sub: KIM.id, aud: RESOURCE });
    expect(decodeJwt(tokens!.access_token!)).not.toHaveProperty('org_id');
  });

  it('gives a token that asks for no resource to the environment, as WorkOS does', async () => {
    const { tokens } = await connect({ user: KIM.id });
    expect(decodeJwt(tokens!.access_token!).aud).toBe(CLIENT_ID);
  });

  it.each(['http://localhost:5711/mcp/', 'https://other.example/mcp'])(
    'refuses the resource %s, which is not registered',
    async (resource) => {
      const { page } = await connect({ user: KIM.id, resource });
      expect(new URL(page.url).searchParams.get('error')).toBe('invalid_target');
    },
  );

  it('rotates refresh tokens and keeps the consent id', async () => {
    const { tokens, clientId } = await connect({ user: ANA.id, organization: ACME.id, resource: RESOURCE });
    const refresh = { grant_type: 'refresh_token', client_id: clientId, refresh_token: tokens!.refresh_token! };
    const second = await token(refresh);
    expect(decodeJwt(second.access_token!)).toMatchObject({
      sid: decodeJwt(tokens!.access_token!).sid,
      aud: RESOURCE,
      org_id: ACME.id,
    });
    expect(second.refresh_token).not.toBe(tokens!.refresh_token);
    expect(await token(refresh)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  it('takes a code once, and only with its verifier', async () => {
    const { grant } = await connect({ user: KIM.id, resource: RESOURCE });
    expect(await token(grant!)).toMatchObject({ status: 400, error: 'invalid_grant' });
    const clientId = (await register()).client_id;
    const page = await new FormBrowser(sandbox.issuer).get(authorizeUrl(clientId, {}));
    expect(new URL(page.url).searchParams.get('error')).toBe('invalid_request');
  });

  it('registers public clients, also with the addresses of editors, and refuses open redirects', async () => {
    const editors = [
      'http://127.0.0.1:33418/',
      'https://vscode.dev/redirect',
      'cursor://anysphere.cursor-mcp/oauth/callback',
    ];
    const good = await register({ redirect_uris: editors });
    expect(good.status).toBe(201);
    expect(good.client_secret).toBeUndefined();
    expect(await register({ redirect_uris: ['http://attacker.example/callback'] })).toMatchObject({
      error: 'invalid_redirect_uri',
    });
  });

  it('refuses scopes that AuthKit does not know', async () => {
    const { client_id } = await register();
    const challenge = { code_challenge: 'a'.repeat(43), code_challenge_method: 'S256', resource: RESOURCE };
    const page = await new FormBrowser(sandbox.issuer).get(
      authorizeUrl(client_id, { ...challenge, scope: 'openid pipes:read' }),
    );
    expect(new URL(page.url).searchParams.get('error')).toBe('invalid_scope');
  });

  it('shares the sign-in between clients, but not the consent', async () => {
    const first = await connect({ user: ANA.id, organization: ACME.id, resource: RESOURCE });
    const second = await connect({
      user: 'never asked',
      organization: ACME.id,
      resource: RESOURCE,
      browser: first.browser,
    });
    const [a, b] = [first, second].map(({ tokens }) => decodeJwt(tokens!.access_token!));
    expect(b!.sub).toBe(ANA.id);
    expect(b!.sid).not.toBe(a!.sid);
  });

  it('tells the client when the person refuses', async () => {
    const { client_id } = await register();
    const browser = new FormBrowser(sandbox.issuer);
    const challenge = { code_challenge: 'a'.repeat(43), code_challenge_method: 'S256', resource: RESOURCE };
    const signIn = await browser.get(authorizeUrl(client_id, challenge));
    expect(signIn.text).toContain('SANDBOX');
    expect(signIn.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; form-action 'self' http://127.0.0.1:39999; base-uri 'none'; frame-ancestors 'none'",
    );
    const page = await browser.submit(await browser.submit(signIn, { user: ANA.id }), { decision: 'deny' }, /consent/);
    expect(new URL(page.url).searchParams.get('error')).toBe('access_denied');
  });

  it('refuses a form that was drawn for another browser', async () => {
    const { client_id } = await register();
    const challenge = { code_challenge: 'a'.repeat(43), code_challenge_method: 'S256' };
    const page = await new FormBrowser(sandbox.issuer).get(authorizeUrl(client_id, challenge));
    expect((await new FormBrowser(sandbox.issuer).submit(page, { user: ANA.id })).status).toBe(400);
  });

  it('ends refresh tokens with the consent, and lets access tokens live to their end', async () => {
    const { tokens, clientId } = await connect({ user: ANA.id, organization: ACME.id, resource: RESOURCE });
    const headers = { authorization: `Bearer ${sandbox.apiKey}` };
    const url = `${sandbox.issuer}/user_management/users/${ANA.id}/authorized_applications/${clientId}`;
    expect((await fetch(url, { method: 'DELETE', headers })).status).toBe(204);
    const refresh = { grant_type: 'refresh_token', client_id: clientId, refresh_token: tokens!.refresh_token! };
    expect(await token(refresh)).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect((await fetch(url, { method: 'DELETE', headers })).status).toBe(404);
  });

  it('remembers clients, refresh tokens and keys over a restart', async () => {
    const { tokens, clientId } = await connect({ user: KIM.id, resource: RESOURCE });
    const jwks = async () => (await (await fetch(`${sandbox.issuer}/oauth2/jwks`)).json()) as unknown;
    const before = await jwks();
    const { ca, apiKey } = sandbox;
    await sandbox.close();
    sandbox = await start();
    expect({ ca: sandbox.ca, apiKey: sandbox.apiKey, jwks: await jwks() }).toEqual({ ca, apiKey, jwks: before });
    const refresh = { grant_type: 'refresh_token', client_id: clientId, refresh_token: tokens!.refresh_token! };
    expect(await token(refresh)).toMatchObject({ status: 200 });
  });

  it('does not start in production', async () => {
    const options = {
      dataDir,
      port: 0,
      mcpResource: RESOURCE,
      appOrigin: 'http://x',
      redirectUri: 'http://x/y',
      log: () => undefined,
    };
    await expect(startSandbox({ ...options, nodeEnv: 'production' })).rejects.toThrow('NODE_ENV=production');
  });
});
