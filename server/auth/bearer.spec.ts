import { createHmac } from 'node:crypto';
import { exportSPKI } from 'jose';
import { type AuthApp, startAuthApp } from '../../test/support/auth-app.js';
import type { RawAnswer } from '../../test/support/raw-http.js';
import { ORGANIZATION, signingKey, TokenServer, USER } from '../../test/support/tokens.js';

const RESOURCE = 'https://countersign.example/mcp';
const METADATA = 'https://countersign.example/.well-known/oauth-protected-resource/mcp';

let server: TokenServer;
let app: AuthApp;

beforeAll(async () => {
  server = await TokenServer.start();
  app = await startAuthApp({ issuer: server.issuer });
});

afterAll(async () => {
  await app?.close();
  await server?.close();
});

const call = (headers: Record<string, string | string[]>, rest: { path?: string; body?: string } = {}) =>
  app.send({ method: 'POST', path: '/mcp', headers, ...rest });

const claims = (changes: Record<string, unknown> = {}) => server.claims(RESOURCE, app.clock.now(), changes);
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * MCP, Scope Selection Strategy: “MCP servers SHOULD include a `scope` parameter in the `WWW-Authenticate` header”. Refresh Tokens: servers
 * “SHOULD NOT include `offline_access` in `WWW-Authenticate` scope or Protected Resource Metadata `scopes_supported`”.
 */
function expectRefused(answer: RawAnswer): void {
  expect({ status: answer.status, body: answer.json() }).toEqual({
    status: 401,
    body: {
      type: 'urn:countersign:error:invalid_token',
      title: 'You are not signed in',
      status: 401,
      code: 'invalid_token',
      detail: 'The access token is missing, expired or not for this server.',
    },
  });
  expect(answer.headers['www-authenticate']).toBe(
    'Bearer error="invalid_token", error_description="The access token is missing, expired or not for this server.", ' +
      `scope="openid profile email", resource_metadata="${METADATA}"`,
  );
}

describe('the bearer guard', () => {
  it('lets a token of ours in and says who calls', async () => {
    const token = await server.sign(claims());
    const answer = await call(bearer(token));
    const principal = {
      issuer: server.issuer,
      subject: USER,
      organization: ORGANIZATION,
      clientId: 'client_01HXAMPLE',
      sid: 'app_consent_01HXAMPLE',
    };
    const scopes = ['openid', 'profile', 'email'];
    const expiresAt = Math.floor(app.clock.now() / 1000) + 300;
    expect(answer.json()).toEqual({
      auth: { token, clientId: 'client_01HXAMPLE', scopes, expiresAt, extra: { principal } },
      user: { principal, scopes },
    });
  });

  it.each([
    ['a type of token that RFC 9068 names', { header: { typ: 'at+jwt' } }, {}],
    ['a client that is known by a URL', {}, { client_id: 'https://client.example/metadata.json' }],
    ['an audience list of ours alone', {}, { aud: [RESOURCE] }],
    ['a token without scope', {}, { scope: undefined }],
  ])('takes %s', async (_, options, changes) => {
    expect((await call(bearer(await server.sign(claims(changes), options)))).status).toBe(201);
  });

  /**
   * MCP, Scope Challenge Handling: “When a client makes a request with an access token with insufficient scope during runtime operations, the
   * server SHOULD respond with: HTTP 403 Forbidden”. That does not arise: no scope of a token allows or refuses anything here.
   */
  it.each(['openid', 'pipes:read pipes:write', 'admin'])(
    'lets a token with the scope %s in like any other',
    async (scope) => {
      expect((await call(bearer(await server.sign(claims({ scope }))))).status).toBe(201);
    },
  );

  it('takes the same token again until it expires, since a bearer token is no single use', async () => {
    const token = await server.sign(claims());
    for (let time = 0; time < 20; time += 1) expect((await call(bearer(token))).status).toBe(201);
  });

  /**
   * MCP, Token Handling: “MCP servers MUST validate that access tokens were issued specifically for them as the intended audience”,
   * “Invalid or expired tokens MUST receive a HTTP 401 response.”
   */
  describe('I1 only our tokens: refused alike, with nothing asked or written, is a token', () => {
    const now = () => Math.floor(app.clock.now() / 1000);
    const forged: [string, () => Promise<string> | string][] = [
      ['without a signature', () => `${encode({ alg: 'none', kid: 'first' })}.${encode(claims())}.`],
      ['signed by another key under our key id', async () => server.sign(claims(), { key: await signingKey(7) })],
      [
        'JWT-003 signed with our public key as an HMAC secret',
        async () => {
          const secret = await exportSPKI((await signingKey(0)).publicKey);
          const head = `${encode({ alg: 'HS256', kid: 'first' })}.${encode(claims())}`;
          return `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`;
        },
      ],
      [
        'JWT-006 that brings its own key',
        async () => {
          const key = await signingKey(7);
          return server.sign(claims(), { key, kid: null, header: { jwk: key.jwk } });
        },
      ],
      [
        'JWT-006 of our key that brings a key, too',
        async () => server.sign(claims(), { header: { jwk: (await signingKey(0)).jwk } }),
      ],
      ['JWT-007 with a jku', () => server.sign(claims(), { header: { jku: `${server.issuer}/oauth2/jwks` } })],
      ['JWT-007 with an x5u', () => server.sign(claims(), { header: { x5u: `${server.issuer}/x5u` } })],
      ['JWT-008 with an x5c', () => server.sign(claims(), { header: { x5c: ['MIIB'] } })],
      ['JWT-009 with a path as key id', () => server.sign(claims(), { kid: '../../dev/null' })],
      ['JWT-010 with SQL as key id', () => server.sign(claims(), { kid: "' OR 1=1" })],
      ['without a key id', () => server.sign(claims(), { kid: null })],
      ['JWT-014 with b64 false', () => `${encode({ alg: 'RS256', kid: 'first', b64: false, crit: ['b64'] })}.e30.c2ln`],
      ['of another type', () => server.sign(claims(), { header: { typ: 'logout+jwt' } })],
      ['JWT-016 of four parts', async () => `${await server.sign(claims())}.e30`],
      ['JWT-016 of one part', () => 'abc'],
      ['JWT-018 in the standard alphabet', async () => spelledOtherwise(await tokenWithDash())],
      ['JWT-019 with something after the signature', async () => `${await server.sign(claims())}AAAA`],
      ['spelled another way in its last, unused bits', async () => withUnusedBits(await server.sign(claims()))],
      ['too long', () => server.sign(claims({ scope: 'x'.repeat(9_000) }))],
      ['JWT-021 of another issuer with the same keys', () => server.sign(claims({ iss: 'https://other.authkit.app' }))],
      ['of our issuer with a slash', () => server.sign(claims({ iss: `${server.issuer}/` }))],
      ['JWT-023 without an audience', () => server.sign(claims({ aud: undefined }))],
      ['JWT-025 for our address with a slash', () => server.sign(claims({ aud: `${RESOURCE}/` }))],
      ['for our origin', () => server.sign(claims({ aud: 'https://countersign.example' }))],
      ['JWT-026 for another server', () => server.sign(claims({ aud: 'https://other.example/mcp' }))],
      [
        'JWT-027 for us and another server',
        () => server.sign(claims({ aud: [RESOURCE, 'https://other.example/mcp'] })),
      ],
      ['for an empty list', () => server.sign(claims({ aud: [] }))],
      ['JWT-028 without exp', () => server.sign(claims({ exp: undefined }))],
      ['JWT-030 with exp as a string', () => server.sign(claims({ exp: String(now() + 300) }))],
      ['that has expired', () => server.sign(claims({ iat: now() - 310, exp: now() - 6 }))],
      ['that lives for a hundred years', () => server.sign(claims({ exp: now() + 100 * 31_557_600 }))],
      ['that is older than an hour', () => server.sign(claims({ iat: now() - 3_610, exp: now() + 300 }))],
      ['that was made in an hour', () => server.sign(claims({ iat: now() + 3_600, exp: now() + 3_900 }))],
      ['that holds from tomorrow', () => server.sign(claims({ nbf: now() + 86_400 }))],
      ['without iat', () => server.sign(claims({ iat: undefined }))],
      ['without jti', () => server.sign(claims({ jti: undefined }))],
      ['without sub', () => server.sign(claims({ sub: undefined }))],
      ['with sub as a list', () => server.sign(claims({ sub: [USER] }))],
      ['without client_id', () => server.sign(claims({ client_id: undefined }))],
      ['JWT-035 without sid', () => server.sign(claims({ sid: undefined }))],
      ['JWT-036 with a colon in sid', () => server.sign(claims({ sid: 'a:b' }))],
      ['JWT-036 with a line break in sid', () => server.sign(claims({ sid: 'a\nb' }))],
      ['with a sid of a thousand characters', () => server.sign(claims({ sid: 'a'.repeat(1_000) }))],
      ['JWT-037 with an empty organization', () => server.sign(claims({ org_id: '' }))],
      ['with an organization that is null', () => server.sign(claims({ org_id: null }))],
      ['JWT-039 of someone acting as the user', () => server.sign(claims({ act: { sub: 'admin@acme.example' } }))],
      ['JWT-039 of an impersonator', () => server.sign(claims({ impersonator: { email: 'admin@acme.example' } }))],
      [
        'JWT-041 that is an ID token',
        () => server.sign(claims({ aud: 'client_01HXAMPLE', jti: undefined, nonce: 'n' })),
      ],
      ['JWT-041 that is an ID token for our audience', () => server.sign(claims({ nonce: 'n' }))],
      ['JWT-042 of a machine', () => server.sign(claims({ sub: 'client_01HXAMPLE', sid: undefined }))],
      ['JWT-042 of a machine with a sid', () => server.sign(claims({ sub: 'client_01HXAMPLE' }))],
      ['I3 of a browser session', () => server.sign(claims({ sid: 'session_01HXAMPLE' }))],
    ];

    it.each(forged)('%s', async (_, make) => {
      const token = await make();
      const reads = server.metadataReads;
      expectRefused(await call(bearer(token)));
      expect({ writes: app.sessions.writes, events: app.audit.events.length }).toEqual({ writes: 0, events: 0 });
      expect(server.metadataReads).toBe(reads);
    });

    it('JWT-004 signed with an algorithm that is not on our list, though the key is right', async () => {
      const { privateKey } = await signingKey(0);
      const key = await crypto.subtle.importKey(
        'pkcs8',
        await crypto.subtle.exportKey('pkcs8', privateKey),
        { name: 'RSA-PSS', hash: 'SHA-256' },
        true,
        ['sign'],
      );
      const { publicKey, jwk } = await signingKey(0);
      expectRefused(
        await call(bearer(await server.sign(claims(), { alg: 'PS256', key: { privateKey: key, publicKey, jwk } }))),
      );
    });
  });

  /** MCP, Token Requirements: “Access tokens MUST NOT be included in the URI query string”. */
  describe('I3 channels do not mix: no token is read from', () => {
    it('a cookie', async () => {
      const token = await server.sign(claims());
      expectRefused(
        await call({ Cookie: `__Host-pipes_session=${token}; access_token=${token}; Authorization=Bearer ${token}` }),
      );
    });

    it('JWT-043 the query', async () => {
      const token = await server.sign(claims());
      expectRefused(await call({}, { path: `/mcp?access_token=${token}` }));
    });

    it('JWT-044 a form', async () => {
      const body = `access_token=${await server.sign(claims())}`;
      expectRefused(await call({ 'Content-Type': 'application/x-www-form-urlencoded' }, { body }));
    });

    it('JWT-045 an Authorization header that comes twice', async () => {
      const value = `Bearer ${await server.sign(claims())}`;
      expectRefused(await call({ Authorization: [value, value] }));
    });

    it('JWT-048 an Authorization header with two spaces, another scheme, or nothing', async () => {
      const token = await server.sign(claims());
      for (const value of [`Bearer  ${token}`, `Basic ${token}`, 'Bearer', '']) {
        expectRefused(await call({ Authorization: value }));
      }
    });
  });

  /** MCP, Error Handling: “Servers MUST return appropriate HTTP status codes for authorization errors”: 400 is “Malformed authorization request”. */
  it('A5: answers 400 to an Authorization header that follows no grammar', async () => {
    for (const value of ['Bearer a b', 'Bearer a, Bearer b', 'Bearer "a"', ': x']) {
      const answer = await call({ Authorization: value });
      expect({ status: answer.status, code: answer.json().code }).toEqual({ status: 400, code: 'invalid_arguments' });
      expect(answer.headers['www-authenticate']).toMatch(
        /^Bearer error="invalid_request", .*resource_metadata="https:/,
      );
    }
  });

  it('mistake 22: a user fetch on every request: a token is checked without asking anybody', async () => {
    const reads = server.keyReads;
    await call(bearer(await server.sign(claims())));
    // The fake identity throws for every question.
    expect({ reads: server.keyReads, begun: app.identity.begun }).toEqual({ reads, begun: [] });
  });
});

async function tokenWithDash(): Promise<string> {
  for (;;) {
    const token = await server.sign(claims());
    if (/[-_]/.test(token.split('.')[2]!)) return token;
  }
}

function spelledOtherwise(token: string): string {
  return token.replaceAll('-', '+').replaceAll('_', '/');
}

/** 256 bytes leave four bits of the last character unused. */
function withUnusedBits(token: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return token.slice(0, -1) + alphabet[alphabet.indexOf(token.at(-1)!) + 1]!;
}
