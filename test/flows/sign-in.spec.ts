import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt, importPKCS8, SignJWT } from 'jose';
import { ANA } from '../../server/sandbox/seed.js';
import { Approver } from '../support/approver.js';
import { LibraryClient, type LibraryClientOptions } from '../support/library-client.js';
import { people } from '../support/people.js';
import { ServerProcess } from '../support/server-process.js';
import { type TlsStub, tlsStub } from '../support/tls-stub.js';
import { ERAS } from '../support/worlds.js';

const METADATA = '/.well-known/oauth-protected-resource';
const QUESTION = { providers: ['linear'], reason: 'To list the open issues.' };

interface SandboxKeep {
  readonly apiKey: string;
  readonly keys: { readonly signing: string; readonly kid: string };
}

describe('signing in with real client libraries', () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-sign-in-'));
  let server: ServerProcess;
  let clientHost: TlsStub;
  let documentUrl: string;

  beforeAll(async () => {
    // The client's own document: https, as the specification demands, on this machine.
    clientHost = await tlsStub(['localhost'], (socket) => {
      const document = JSON.stringify({
        client_id: documentUrl,
        client_name: 'Documented client',
        redirect_uris: ['http://127.0.0.1/callback'],
        grant_types: ['authorization_code', 'refresh_token'],
        token_endpoint_auth_method: 'none',
      });
      const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${document.length}\r\n`;
      socket.end(`${head}Connection: close\r\n\r\n${document}`);
    });
    documentUrl = `https://localhost:${clientHost.port}/client.json`;
    writeFileSync(join(folder, 'ca.pem'), clientHost.ca);
    server = await ServerProcess.start({ NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') });
  });

  afterAll(async () => {
    await server?.stop();
    await clientHost?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const kept = () => JSON.parse(readFileSync(join(server.dataDir, 'sandbox', 'state.json'), 'utf8')) as SandboxKeep;
  const setDocuments = (clientIdMetadataDocuments: boolean) =>
    fetch(`${server.sandboxUrl}/sandbox/settings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ clientIdMetadataDocuments }),
    });

  /** The client's own token, as it will be in an hour: signed by the same key, and over. */
  const expire = async (client: LibraryClient) => {
    const { keys } = kept();
    const { iat = 0, exp = 0, ...claims } = decodeJwt(client.tokens?.access_token ?? '');
    const token = new SignJWT({ ...claims, iat: iat - 3_600, exp: exp - 3_600 });
    const key = await importPKCS8(keys.signing, 'RS256');
    client.tokens!.access_token = await token.setProtectedHeader({ alg: 'RS256', kid: keys.kid }).sign(key);
  };
  const sid = (client: LibraryClient) => decodeJwt(client.tokens?.access_token ?? '').sid;

  describe.each(ERAS)('of %s', (era) => {
    const open: LibraryClient[] = [];
    const connect = async (options: LibraryClientOptions = {}, person = people.ana()) => {
      const client = await LibraryClient.connect(era, server.mcpUrl, person, options);
      open.push(client);
      return client;
    };
    afterEach(async () => {
      for (const client of open.splice(0)) await client.close();
    });

    /** MCP, Authorization, “Protected Resource Metadata Discovery Requirements”. */
    it.each([
      { by: 'the header of the 401', isBlindTo: [], expected: [`${METADATA}/mcp?by=header`] },
      { by: 'the form with the path', isBlindTo: ['header'], expected: [`${METADATA}/mcp`] },
      { by: 'the form at the root', isBlindTo: ['header', 'path'], expected: [`${METADATA}/mcp`, METADATA] },
    ])('it finds where to sign in by $by', async ({ isBlindTo, expected }) => {
      const client = await connect({
        sees: (url, answer) => {
          if (isBlindTo.includes('path') && url === `${server.url}${METADATA}/mcp`)
            return new Response(null, { status: 404 });
          const headers = new Headers(answer.headers);
          const challenge = headers.get('www-authenticate');
          if (answer.status !== 401 || challenge === null) return answer;
          headers.delete('www-authenticate');
          const marked = challenge.replace(`${METADATA}/mcp"`, `${METADATA}/mcp?by=header"`);
          if (!isBlindTo.includes('header')) headers.set('www-authenticate', marked);
          return new Response(answer.body, { status: 401, headers });
        },
      });
      const read = client.asked.map(({ url }) => url).filter((url) => url.includes(METADATA));
      expect(read).toEqual(expected.map((path) => server.url + path));
      expect((await client.call('whoami')).facts).toMatchObject({ email: 'ana@acme.example' });
    });

    it('it registers by itself, once, without a secret', async () => {
      const client = await connect();
      const registrations = client.asked.filter(({ url }) => url === `${server.sandboxUrl}/oauth2/register`);
      expect(registrations.map(({ method, body }) => [method, JSON.parse(body)])).toEqual([
        ['POST', expect.objectContaining({ token_endpoint_auth_method: 'none' })],
      ]);
      expect(client.asked.map(({ body }) => body).join()).not.toContain('client_secret');
    });

    /** MCP, Authorization: “Authorization servers and MCP clients SHOULD support OAuth Client ID Metadata Documents”. */
    it('it is known by its own metadata document, registers nowhere, and may write when that is approved', async () => {
      await setDocuments(true);
      try {
        const client = await connect({ clientMetadataUrl: documentUrl });
        expect(client.asked.filter(({ url }) => url.endsWith('/register'))).toEqual([]);
        expect(decodeJwt(client.tokens?.access_token ?? '')).toMatchObject({ client_id: documentUrl });
        const asked = await client.call('request_elevated_access', { ...QUESTION, level: 'write' });
        const approver = await Approver.signIn(server.url, people.ana());
        expect((await approver.decide(asked.facts.requestId, { decision: 'approve' })).status).toBe(200);
        const query =
          'mutation { issueCreate(input: { teamId: "team_eng", title: "From a documented client" }) { success } }';
        const call = { method: 'POST', url: 'https://api.linear.app/graphql', body: { query } };
        expect(await client.call('call_integration_api', call)).toMatchObject({ isError: false });
      } finally {
        await setDocuments(false);
      }
    });

    /** MCP, Resource Parameter: it “MUST be included in both authorization requests and token requests.” */
    it('it names this server when it asks for the page, the token and the next token, and gets tokens for it alone', async () => {
      const client = await connect();
      await expire(client);
      await client.call('whoami');
      expect(client.pages.map((page) => page.searchParams.get('resource'))).toEqual([server.mcpUrl]);
      const tokens = client.asked
        .filter(({ url }) => url.endsWith('/oauth2/token'))
        .map(({ body }) => new URLSearchParams(body));
      expect(tokens.map((body) => [body.get('grant_type'), body.get('resource')])).toEqual([
        ['authorization_code', server.mcpUrl],
        ['refresh_token', server.mcpUrl],
      ]);
      expect(decodeJwt(client.tokens?.access_token ?? '').aud).toBe(server.mcpUrl);
    });

    /** MCP, Token Handling: “Invalid or expired tokens MUST receive a HTTP 401 response.” */
    it('an expired token is renewed within the call: the person sees nothing, and the session is the same', async () => {
      const client = await connect();
      const asked = await client.call('request_elevated_access', QUESTION);
      const [before, refreshToken] = [sid(client), client.tokens?.refresh_token];
      await expire(client);
      const checked = await client.call('check_access_request', { requestId: asked.facts.requestId });
      expect(checked).toMatchObject({ isError: false, facts: { status: 'pending' } });
      expect(client.pages).toHaveLength(1);
      expect(sid(client)).toBe(before);
      expect(client.tokens?.refresh_token).not.toBe(refreshToken);
    });

    it('a client without a token that works steps back to sign-in, and its pending request is still there to decide', async () => {
      const person = people.ana();
      const client = await connect({}, person);
      const { requestId } = (await client.call('request_elevated_access', QUESTION)).facts;
      client.tokens = { ...client.tokens!, access_token: 'gone', refresh_token: 'gone' };
      const checked = await client.call('check_access_request', { requestId });
      expect(client.pages).toHaveLength(2);
      expect(checked.facts).toMatchObject({ status: 'pending' });
      const approver = await Approver.signIn(server.url, people.ana());
      expect((await approver.decide(requestId, { decision: 'approve' })).status).toBe(200);
      expect((await client.call('check_access_request', { requestId })).facts).toMatchObject({ status: 'approved' });
    });

    it('a person who withdrew the consent is asked again, and what was asked under the old one belongs to nobody', async () => {
      const client = await connect();
      const { requestId } = (await client.call('request_elevated_access', QUESTION)).facts;
      const before = sid(client);
      const clientId = String(decodeJwt(client.tokens?.access_token ?? '').client_id);
      const withdrawn = await fetch(
        `${server.sandboxUrl}/user_management/users/${ANA.id}/authorized_applications/${clientId}`,
        { method: 'DELETE', headers: { authorization: `Bearer ${kept().apiKey}` } },
      );
      expect(withdrawn.status).toBe(204);
      await expire(client);
      const checked = await client.call('check_access_request', { requestId });
      expect(client.pages).toHaveLength(2);
      expect(sid(client)).not.toBe(before);
      expect(checked).toMatchObject({ isError: true, facts: { error: { code: 'not_found' } } });
    });
  });
});
