import { type AuthApp, startAuthApp } from '../../test/support/auth-app.js';
import { TokenServer } from '../../test/support/tokens.js';

const PATH = '/.well-known/oauth-protected-resource';
const AS_PATH = '/.well-known/oauth-authorization-server';

let server: TokenServer;
let app: AuthApp;

beforeEach(async () => {
  server = await TokenServer.start();
  app = await startAuthApp({ issuer: server.issuer, mcpOrigins: ['https://inspector.example'] });
});

afterEach(async () => {
  await app?.close();
  await server?.close();
});

/** MCP, Authorization: “MCP servers MUST implement OAuth 2.0 Protected Resource Metadata (RFC9728).” */
describe('protected resource metadata', () => {
  /** RFC 9728 §3.1: the well-known string comes before the resource's path; MCP's clients try the root after that. */
  it.each([PATH, `${PATH}/mcp`])('RFC 9728: is served at %s, to every origin', async (path) => {
    const answer = await app.send({ path, headers: { Origin: 'https://anyone.example' } });
    expect(answer.json()).toEqual({
      resource: 'https://countersign.example/mcp',
      authorization_servers: [server.issuer],
      bearer_methods_supported: ['header'],
      scopes_supported: ['openid', 'profile', 'email'],
      resource_name: 'Countersign',
    });
    expect(answer.headers['access-control-allow-origin']).toBe('*');
  });

  it('is not served for a resource that we do not have', async () => {
    expect((await app.send({ path: `${PATH}/other` })).status).toBe(404);
  });

  it('I4 metadata from configuration: forged headers change nothing', async () => {
    const forged = { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'http', Forwarded: 'host=evil.example' };
    const [plain, other] = [await app.send({ path: PATH }), await app.send({ path: PATH, headers: forged })];
    expect(other.text).toBe(plain.text);
    const refused = await app.send({ path: '/mcp', method: 'POST', headers: forged });
    expect(refused.headers['www-authenticate']).toContain(`resource_metadata="https://countersign.example${PATH}/mcp"`);
  });

  it('mistake 21: metadata fell back to a localhost URL: a foreign Host gets none at all', async () => {
    for (const Host of [
      'evil.example',
      'localhost',
      '127.0.0.1',
      'countersign.example:8443',
      'countersign.example.evil.example',
    ]) {
      const answer = await app.send({ path: PATH, headers: { Host } });
      expect([answer.status, answer.json().code]).toEqual([421, 'not_found']);
    }
    expect(
      (await app.send({ path: PATH, headers: { Host: ['countersign.example', 'evil.example'] } })).status,
    ).not.toBe(200);
  });
});

describe('authorization server metadata for old clients', () => {
  it('is the authorization server’s own document, read once', async () => {
    const answers = [await app.send({ path: AS_PATH }), await app.send({ path: `${AS_PATH}/mcp` })];
    for (const answer of answers) {
      expect(answer.json()).toEqual({ issuer: server.issuer, jwks_uri: `${server.issuer}/oauth2/jwks` });
      expect(answer.headers['access-control-allow-origin']).toBe('*');
    }
    expect(server.metadataReads).toBe(1);
  });

  it('is 503 when it could never be read, and heals', async () => {
    server.failWith('', 500);
    const answer = await app.send({ path: AS_PATH });
    expect([answer.status, answer.json().code, answer.headers['retry-after']]).toEqual([
      503,
      'workos_unavailable',
      '1',
    ]);
    server.fail(null);
    app.clock.advance(1_000);
    expect((await app.send({ path: AS_PATH })).status).toBe(200);
  });

  it('is the last one that could be read during an outage', async () => {
    await app.send({ path: AS_PATH });
    server.failWith('', 500);
    app.clock.advance(3_600_000);
    expect((await app.send({ path: AS_PATH })).json().issuer).toBe(server.issuer);
  });

  it('RFC 8414 §3.3: is refused when it names another issuer', async () => {
    server.failWith(JSON.stringify({ issuer: 'https://evil.example' }));
    expect((await app.send({ path: AS_PATH })).status).toBe(503);
  });
});

/**
 * MCP, Security & Endpoint: “Servers MUST validate the `Origin` header on all incoming connections to prevent DNS rebinding attacks”, “If the
 * `Origin` header is present and invalid, servers MUST respond with HTTP 403 Forbidden.” It says nothing of CORS.
 */
describe('mistake 24: any origin on the MCP endpoint', () => {
  const post = (headers: Record<string, string>) => app.send({ method: 'POST', path: '/mcp', headers });

  it.each([
    'https://evil.example',
    'null',
    'http://countersign.example',
    'https://countersign.example.evil.example',
    'http://localhost:6274',
  ])('I35/I50 Origin: %s is 403 before the token is looked at', async (Origin) => {
    const answer = await post({ Origin });
    expect(answer.status).toBe(403);
    expect(answer.json()).toEqual({ jsonrpc: '2.0', error: { code: -32000, message: 'Invalid Origin' }, id: null });
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it.each(['/mcp/', '/MCP', '/mcp//', '/mcp?x=1'])(
    'I50: the rule holds also for %s, which is routed alike',
    async (path) => {
      const headers = { Origin: 'https://evil.example' };
      expect((await app.send({ method: 'POST', path, headers })).status).toBe(403);
    },
  );

  it('I35: an Origin of the list may read the challenge; without an Origin nothing changes', async () => {
    const answer = await post({ Origin: 'https://inspector.example' });
    expect(answer.status).toBe(401);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': 'https://inspector.example',
      'access-control-expose-headers': 'WWW-Authenticate,Mcp-Session-Id',
      vary: 'Origin',
    });
    expect((await post({})).headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('a foreign Host is 403 in the shape of MCP: DNS rebinding', async () => {
    const answer = await post({ Host: 'evil.example' });
    expect(answer.json()).toEqual({ jsonrpc: '2.0', error: { code: -32000, message: 'Invalid Host' }, id: null });
    expect(answer.status).toBe(403);
  });

  const preflight = (path: string, Origin: string) =>
    app.send({
      method: 'OPTIONS',
      path,
      headers: {
        Origin,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'authorization, mcp-protocol-version, mcp-param-region, x-evil',
      },
    });

  it('answers OPTIONS without a token, with the headers of MCP and no others', async () => {
    const answer = await preflight('/mcp', 'https://inspector.example');
    expect([answer.status, answer.headers['access-control-allow-methods']]).toEqual([204, 'GET,POST,DELETE']);
    expect(answer.headers['access-control-allow-headers']?.split(',')).toEqual([
      'authorization',
      'content-type',
      'accept',
      'mcp-protocol-version',
      'mcp-method',
      'mcp-name',
      'mcp-session-id',
      'last-event-id',
      'mcp-param-region',
    ]);
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
    expect((await preflight('/mcp', 'https://evil.example')).status).toBe(403);
  });

  it.each(['/api/me', '/api/approvals/x/decision', '/logout', '/login', '/'])(
    'I35/BRW-022: OPTIONS %s has no Access-Control header, not even for an origin of the list',
    async (path) => {
      for (const origin of ['https://evil.example', 'https://inspector.example', 'https://countersign.example']) {
        const { headers } = await preflight(path, origin);
        expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
      }
    },
  );
});

describe('on this machine alone', () => {
  let local: AuthApp;

  beforeEach(async () => {
    local = await startAuthApp({ issuer: server.issuer, publicUrl: 'http://localhost:5711' });
  });

  afterEach(() => local?.close());

  it.each(['127.0.0.1:5711', '[::1]:5711'])('a page that is opened as %s leads to the public URL', async (Host) => {
    const answer = await local.send({ path: '/login?returnTo=/access', headers: { Host } });
    expect([answer.status, answer.headers.location]).toEqual([307, 'http://localhost:5711/login?returnTo=/access']);
  });

  it('but not the API, nor the MCP endpoint, nor a request that changes something', async () => {
    const Host = '127.0.0.1:5711';
    const statuses = [
      (await local.send({ path: '/api/me', headers: { Host } })).status,
      (await local.send({ path: '/mcp', method: 'POST', headers: { Host } })).status,
      (await local.send({ path: '/logout', method: 'POST', headers: { Host } })).status,
    ];
    expect(statuses).toEqual([401, 401, 401]);
  });

  it('an absolute request target leads nowhere', async () => {
    const answer = await local.send({ path: 'http://evil.example/', headers: { Host: '127.0.0.1:5711' } });
    expect(answer.headers.location ?? '').not.toContain('evil.example');
  });

  it.each(['127.0.0.1:5712', '127.0.0.1', 'localhost.evil.example:5711', 'localhost'])(
    'Host %s is not ours',
    async (Host) => {
      expect((await local.send({ path: '/login', headers: { Host } })).status).toBe(421);
    },
  );

  it('lets local pages use the MCP endpoint, and still no others', async () => {
    const status = async (Origin: string) =>
      (await local.send({ path: '/mcp', method: 'POST', headers: { Origin } })).status;
    expect([
      await status('http://localhost:6274'),
      await status('http://127.0.0.1:1'),
      await status('https://evil.example'),
    ]).toEqual([401, 401, 403]);
  });
});
