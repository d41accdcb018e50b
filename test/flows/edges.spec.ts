import { Assistant } from '../support/assistant.js';
import { people } from '../support/people.js';
import { type RawRequest, send } from '../support/raw-http.js';
import { ServerProcess } from '../support/server-process.js';

const CSP =
  "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;font-src 'self';connect-src 'self';" +
  "form-action 'self';base-uri 'none';frame-ancestors 'none';require-trusted-types-for 'script';trusted-types 'none'";
const EVIL = 'https://evil.example';
const METADATA = '/.well-known/oauth-protected-resource';
const FORGED = {
  'X-Forwarded-Host': 'evil.example',
  'X-Forwarded-Proto': 'https',
  Forwarded: 'host=evil.example;proto=https',
};
const CALL = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' };

/** JSON-RPC 2.0 §5: “If there was an error in detecting the id in the Request object, it MUST be Null.” */
const rpcError = (code: number) => ({
  jsonrpc: '2.0',
  id: null,
  error: expect.objectContaining({ code, message: expect.any(String) }),
});

describe('the edges of the built server', () => {
  let server: ServerProcess;
  let assistant: Assistant;
  let host: string;

  beforeAll(async () => {
    server = await ServerProcess.start();
    host = new URL(server.url).host;
    assistant = await Assistant.connect('2025-11-25', server.mcpUrl, people.ana());
  });

  afterAll(async () => {
    await assistant?.close();
    await server?.stop();
  });

  const ask = (request: RawRequest) =>
    send(Number(new URL(server.url).port), { ...request, headers: { Host: host, ...request.headers } });
  const crossOrigin = (headers: object) => Object.keys(headers).filter((name) => name.startsWith('access-control-'));
  const post = (body: string, headers: Record<string, string> = {}) =>
    ask({
      method: 'POST',
      path: '/mcp',
      headers: { ...CALL, Authorization: `Bearer ${assistant.accessToken}`, ...headers },
      body,
    });

  describe('headers', () => {
    it.each(['/', '/approve/abc', '/api/site', '/api/nothing', '/healthz', METADATA, '/mcp', '/assets/gone.js'])(
      'I28, I29 and mistake 24: policy, frames, referrer and sniffing at %s',
      async (path) => {
        const { headers } = await ask({ path });
        expect(headers).toMatchObject({
          'content-security-policy': CSP,
          'cross-origin-opener-policy': 'same-origin',
          'cross-origin-resource-policy': 'same-origin',
          'referrer-policy': 'no-referrer',
          'x-content-type-options': 'nosniff',
          'x-frame-options': 'DENY',
          'permissions-policy': expect.stringContaining('camera=()'),
        });
        expect(headers).not.toHaveProperty('x-powered-by');
        // RFC 6797 §7.2: “MUST NOT include the STS header field in HTTP responses conveyed over non-secure transport.”
        expect(headers).not.toHaveProperty('strict-transport-security');
      },
    );

    it('I29: the page runs no script and takes no style that the policy would refuse', async () => {
      const { status, headers, text } = await ask({ path: '/' });
      expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
      expect(text).toMatch(/<script [^>]*src="\/assets\//);
      expect(text).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\son\w+=|\sstyle=|https?:\/\//);
    });

    it.each([
      ['GET', '/api/site', 200],
      ['GET', '/api/me', 401],
      ['GET', '/api/nothing', 404],
      ['POST', '/api/approvals/abc/decision', 401],
    ])('I36: %s %s (%d) is kept by no cache', async (method, path, status) => {
      const answer = await ask({ method, path });
      expect([answer.status, answer.headers['cache-control']]).toEqual([status, 'no-store']);
    });

    it('a missing asset is a 404 and never the page', async () => {
      const { status, headers, text } = await ask({ path: '/assets/missing.js', headers: { Accept: 'text/html' } });
      expect(status).toBe(404);
      expect(text).not.toContain('<div id=');
      expect(headers['cache-control'] ?? '').not.toContain('immutable');
    });
  });

  describe('who is addressed, and by a page of whom', () => {
    it.each([EVIL, 'null', 'http://localhost.evil.example', 'http://127.0.0.1.evil.example'])(
      'I50 and mistake 24: Origin %s is 403 at /mcp, before anybody is asked to sign in',
      async (Origin) => {
        for (const Authorization of ['', `Bearer ${assistant.accessToken}`]) {
          const headers = { ...CALL, Origin, ...(Authorization && { Authorization }) };
          const answer = await ask({ method: 'POST', path: '/mcp', headers, body: '{}' });
          expect([answer.status, answer.json()]).toEqual([403, rpcError(-32_000)]);
          expect(answer.headers).not.toHaveProperty('www-authenticate');
          expect(crossOrigin(answer.headers)).toEqual([]);
        }
      },
    );

    it.each([
      ['/mcp', 403],
      ['/', 421],
      ['/api/site', 421],
      ['/login', 421],
      [METADATA, 421],
      [`${METADATA}/mcp`, 421],
      ['/approve/abc', 421],
    ])('I4: a foreign Host at %s is %d and leads nowhere', async (path, status) => {
      const answer = await ask({ path, headers: { Host: 'evil.example' } });
      expect(answer.status).toBe(status);
      expect(answer.headers).not.toHaveProperty('location');
      expect(JSON.stringify(answer.headers) + answer.text).not.toContain('evil.example');
      if (path === '/mcp') expect(answer.json()).toEqual(rpcError(-32_000));
    });

    it.each(['127.0.0.1', '[::1]'])('a page opened as %s goes on under the public name', async (name) => {
      const Host = `${name}:${new URL(server.url).port}`;
      const answer = await ask({ path: '/approve/x?from=mail', headers: { Host, ...FORGED } });
      expect([answer.status, answer.headers.location]).toEqual([307, `${server.url}/approve/x?from=mail`]);
    });
  });

  describe('I35: which pages may read what', () => {
    const preflight = (path: string, Origin: string) =>
      ask({
        method: 'OPTIONS',
        path,
        headers: {
          Origin,
          'Access-Control-Request-Method': 'POST',
          'Access-Control-Request-Headers': 'authorization,content-type,mcp-protocol-version',
        },
      });

    it('an assistant on loopback asks /mcp before it has signed in, and reads the challenge', async () => {
      const Origin = server.url;
      const before = await preflight('/mcp', Origin);
      expect([before.status, before.headers['access-control-allow-origin']]).toEqual([204, Origin]);
      expect(before.headers['access-control-allow-methods']).toContain('POST');
      expect(before.headers['access-control-allow-headers']).toMatch(/authorization.*mcp-protocol-version/);
      expect(before.headers).not.toHaveProperty('access-control-allow-credentials');
      const answer = await ask({ method: 'POST', path: '/mcp', headers: { ...CALL, Origin }, body: '{}' });
      expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([401, Origin]);
      expect(answer.headers['access-control-expose-headers']).toContain('WWW-Authenticate');
    });

    it('mistake 24: no other page gets anything of /mcp', async () => {
      expect(crossOrigin((await preflight('/mcp', EVIL)).headers)).toEqual([]);
    });

    it.each(['/api/site', '/api/me', '/api/approvals/abc/decision', '/'])('%s is for our own page', async (path) => {
      for (const origin of [EVIL, server.url]) {
        expect(crossOrigin((await preflight(path, origin)).headers)).toEqual([]);
        expect(crossOrigin((await ask({ path, headers: { Origin: origin } })).headers)).toEqual([]);
      }
    });
  });

  describe('I4: metadata', () => {
    /** MCP, Error Handling: 401 is “Authorization required or token invalid”; RFC 9728 §5.1: the challenge has `resource_metadata`. */
    it('a request without a token learns where to sign in and which scopes to ask for', async () => {
      const answer = await ask({ method: 'POST', path: '/mcp', headers: { ...CALL, ...FORGED }, body: '{}' });
      expect([answer.status, answer.json()]).toEqual([401, rpcError(-32_000)]);
      const challenge = answer.headers['www-authenticate'];
      expect(challenge).toMatch(/^Bearer /);
      expect(challenge).toContain('scope="openid profile email"');
      expect(challenge).toContain(`resource_metadata="${server.url}${METADATA}/mcp"`);
    });

    it('is the same in both places, and the same whatever a request claims', async () => {
      const answers = await Promise.all(
        [METADATA, `${METADATA}/mcp`].flatMap((path) => [
          ask({ path }),
          ask({ path, headers: FORGED }),
          ask({ path, headers: { Host: `127.0.0.1:${new URL(server.url).port}` } }),
        ]),
      );
      for (const answer of answers) {
        expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([200, '*']);
        expect(answer.json()).toEqual({
          resource: server.mcpUrl,
          authorization_servers: [server.sandboxUrl],
          bearer_methods_supported: ['header'],
          scopes_supported: ['openid', 'profile', 'email'],
          resource_name: 'Countersign',
        });
      }
      expect((await ask({ path: `${METADATA}/other` })).status).toBe(404);
    });

    it('of the authorization server is passed on for older clients, as its own', async () => {
      const path = '/.well-known/oauth-authorization-server';
      const original = await (await fetch(`${server.sandboxUrl}${path}`)).json();
      const answer = await ask({ path, headers: FORGED });
      expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([200, '*']);
      expect(answer.json()).toEqual(original);
      expect(answer.json()).toMatchObject({ issuer: server.sandboxUrl });
    });
  });

  describe('/mcp', () => {
    /** MCP, Earlier Streamable HTTP Revisions: “HTTP GET or DELETE to the MCP endpoint: respond with `405 Method Not Allowed`.” */
    it.each(['GET', 'DELETE'])('%s is a 405 that names POST', async (method) => {
      const headers = { ...CALL, Authorization: `Bearer ${assistant.accessToken}` };
      const answer = await ask({ method, path: '/mcp', headers });
      expect([answer.status, answer.headers.allow]).toEqual([405, 'POST']);
      expect((await ask({ method, path: '/mcp' })).status).toBe(401);
    });

    it.each(['{"jsonrpc":', 'not json', '{"a":1}{', '"\\ud800'])(
      'T15: %s is a parse error of JSON-RPC',
      async (body) => {
        const answer = await post(body);
        expect([answer.status, answer.json()]).toEqual([400, rpcError(-32_700)]);
      },
    );

    it('I40 and T15: 5 MiB are too much, in the shape of JSON-RPC, and the next request is answered', async () => {
      const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: { x: 'x'.repeat(5 << 20) } });
      const answer = await post(body);
      expect([answer.status, answer.json()]).toEqual([413, rpcError(-32_000)]);
      expect(answer.text).toContain('body_too_large');
      expect((await assistant.call('whoami')).isError).toBe(false);
    });

    it('I40: whoever shows no good token makes the server parse nothing', async () => {
      for (const body of ['{"jsonrpc":', `${'['.repeat(1 << 20)}${']'.repeat(1 << 20)}`]) {
        const { status } = await ask({ method: 'POST', path: '/mcp', headers: { ...CALL }, body });
        expect(status).toBe(401);
      }
    });

    it.each([
      {
        what: 'nested a million deep',
        body: `${'['.repeat(1 << 20)}${']'.repeat(1 << 20)}`,
        type: 'application/json',
        status: 400,
      },
      {
        what: 'a batch',
        body: '[{"jsonrpc":"2.0","id":1,"method":"tools/list"}]',
        type: 'application/json',
        status: 400,
      },
      { what: 'not JSON by its type', body: 'hello', type: 'text/plain', status: 415 },
    ])('I40: $what is refused, and the next request is answered', async ({ body, type, status }) => {
      expect((await post(body, { 'Content-Type': type })).status).toBe(status);
      expect((await assistant.call('server_info')).isError).toBe(false);
    });

    it('a sign-in is opened as a page: an image of another page starts none and sets no cookie', async () => {
      const inside = await ask({ path: '/login', headers: { 'Sec-Fetch-Dest': 'image' } });
      expect([inside.status, inside.headers['set-cookie']]).toEqual([403, undefined]);
      expect((await ask({ path: '/login', headers: { 'Sec-Fetch-Dest': 'document' } })).status).toBe(303);
    });

    it('I40 and T15: 200 KiB, more than the framework would read by itself, arrive', async () => {
      const { isError, text } = await assistant.call('whoami', { unknown: 'x'.repeat(200 * 1024) });
      expect([isError, text]).toEqual([true, expect.stringContaining('unknown')]);
    });

    it('I40: 16 KiB of headers are too much, and the next request is answered', async () => {
      expect((await ask({ path: '/mcp', headers: { 'X-Long': 'x'.repeat(17 * 1024) } })).status).toBe(431);
      expect((await ask({ path: '/healthz' })).status).toBe(200);
    });

    describe('T24: what it declares', () => {
      const capabilities = async () => {
        const clientInfo = { name: 'Edge', version: '1' };
        const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };
        const { text } = await post(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params }));
        const { result } = JSON.parse(/^data: (\{.*)$/m.exec(text)?.[1] ?? '{}');
        return result.capabilities;
      };

      it('is tools, a prompt and a resource, and no logging', async () => {
        expect(Object.keys(await capabilities()).sort()).toEqual(['prompts', 'resources', 'tools']);
      });

      it('is not that any of them change, nor that one can subscribe', async () => {
        const unchanging = { listChanged: false };
        expect(await capabilities()).toEqual({ prompts: unchanging, resources: unchanging, tools: unchanging });
      });
    });

    it('I50: a header that names another method than the body is refused', async () => {
      const protocol = 'io.modelcontextprotocol';
      const _meta = { [`${protocol}/protocolVersion`]: '2026-07-28', [`${protocol}/clientCapabilities`]: {} };
      const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta } });
      const headers = { 'MCP-Protocol-Version': '2026-07-28' };
      const refused = await post(body, { ...headers, 'Mcp-Method': 'tools/call' });
      expect([refused.status, refused.json()]).toMatchObject([400, { error: { code: -32_020 } }]);
      expect((await post(body, { ...headers, 'Mcp-Method': 'tools/list' })).status).toBe(200);
    });
  });
});
