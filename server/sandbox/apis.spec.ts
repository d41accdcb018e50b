import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import type { RecordedRequest } from './request-log.js';
import { type Sandbox, SNOWFLAKE_HOST, startSandbox } from './sandbox.js';
import { ACME, ANA, BO, GLOBEX, type SandboxUser } from './seed.js';

const APP = 'http://localhost:5711';
const HOSTS: Record<string, string> = { linear: 'api.linear.app', notion: 'api.notion.com', snowflake: SNOWFLAKE_HOST };

interface Sent {
  readonly slug: string;
  readonly token: string | null;
  readonly method?: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

describe('the provider APIs of the sandbox', () => {
  const dataDir = mkdtempSync(`${tmpdir()}/sandbox-apis-`);
  const start = () => {
    const log = () => undefined;
    return startSandbox({
      dataDir,
      port: 0,
      mcpResource: `${APP}/mcp`,
      appOrigin: APP,
      redirectUri: `${APP}/callback`,
      log,
    });
  };
  let sandbox: Sandbox;
  let ana: { linear: string; notion: string; snowflake: string };

  const workos = async (method: string, path: string, body: unknown) => {
    const headers = { authorization: `Bearer ${sandbox.apiKey}`, 'content-type': 'application/json' };
    const answer = await fetch(`${sandbox.issuer}${path}`, { method, headers, body: JSON.stringify(body) });
    return (await answer.json()) as { access_token?: { access_token: string } };
  };
  const tokenOf = async (user: SandboxUser, slug: string, organization = ACME.id) => {
    const answer = await workos('POST', `/data-integrations/${slug}/token`, {
      user_id: user.id,
      organization_id: organization,
    });
    return answer.access_token?.access_token ?? '';
  };

  beforeAll(async () => {
    sandbox = await start();
    await workos(
      'POST',
      `/user_management/users/${ANA.id}/connected_accounts/snowflake?organization_id=${ACME.id}`,
      {},
    );
    ana = {
      linear: await tokenOf(ANA, 'linear'),
      notion: await tokenOf(ANA, 'notion'),
      snowflake: await tokenOf(ANA, 'snowflake'),
    };
  });
  afterEach(() => {
    sandbox.faults.clear();
    sandbox.requests.clear();
  });
  afterAll(async () => {
    await sandbox.close();
    rmSync(dataDir, { recursive: true });
  });

  /** As the application connects: to a loopback port, with verified TLS for the provider's own name. */
  const send = ({ slug, token, method = 'POST', path, headers = {}, body }: Sent) =>
    new Promise<{ status: number; body: Record<string, unknown>; headers: Record<string, unknown> }>(
      (resolve, reject) => {
        const servername = HOSTS[slug] ?? '';
        const port = sandbox.providerHosts.get(servername)?.port;
        const authorization = token === null ? {} : { Authorization: `Bearer ${token}` };
        const options = { host: '127.0.0.1', port, servername, ca: sandbox.ca, method, path, agent: false };
        const outgoing = request(
          { ...options, headers: { Host: servername, ...authorization, ...headers } },
          async (answer) => {
            const chunks: Buffer[] = [];
            for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk);
            const text = Buffer.concat(chunks).toString();
            resolve({
              status: answer.statusCode ?? 0,
              headers: answer.headers,
              body: JSON.parse(text) as Record<string, unknown>,
            });
          },
        );
        outgoing.on('error', reject).end(body);
      },
    );

  const graphql = async (query: string, variables?: object, token: string | null = ana.linear) =>
    send({
      slug: 'linear',
      token,
      path: '/graphql',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
  const notion = (method: string, path: string, body?: object) =>
    send({
      slug: 'notion',
      token: ana.notion,
      method,
      path: `/v1/${path}`,
      headers: { 'Notion-Version': '2026-03-11', 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
  const sql = (statement: string) =>
    send({
      slug: 'snowflake',
      token: ana.snowflake,
      path: '/api/v2/statements',
      headers: { 'X-Snowflake-Authorization-Token-Type': 'OAUTH' },
      body: JSON.stringify({ statement }),
    });

  it('serves each host with a certificate that only the generated authority vouches for', async () => {
    const strange = request({
      host: '127.0.0.1',
      port: sandbox.providerHosts.get('api.linear.app')?.port,
      servername: 'api.linear.app',
    });
    await expect(new Promise((_resolve, reject) => strange.on('error', reject).end())).rejects.toThrow(/certificate/);
    HOSTS.stranger = 'api.stranger.example';
    await expect(send({ slug: 'stranger', token: null, path: '/' })).rejects.toThrow();
  });

  it.each([
    ['no token', () => null],
    ['a token that nobody has', () => 'lin_oauth_sandbox_x'],
    ['a token of another integration', () => ana.notion],
  ])('answers 401 to %s', async (_what, token) => {
    const answer = await graphql('{ viewer { id } }', undefined, token());
    expect(answer).toMatchObject({ status: 401, body: { errors: [{ extensions: { code: 'AUTHENTICATION_ERROR' } }] } });
  });

  it('answers 401 to a token whose account was unlinked', async () => {
    const token = await tokenOf(BO, 'linear');
    expect((await graphql('{ viewer { email } }', undefined, token)).body).toEqual({
      data: { viewer: { email: 'bo@acme.example' } },
    });
    const headers = { authorization: `Bearer ${sandbox.apiKey}` };
    const path = `/user_management/users/${BO.id}/connected_accounts/linear?organization_id=${ACME.id}`;
    await fetch(`${sandbox.issuer}${path}`, { method: 'DELETE', headers });
    expect((await graphql('{ viewer { email } }', undefined, token)).status).toBe(401);
  });

  it('Linear: reads, creates, changes and archives issues, and keeps them', async () => {
    const { data } = (await graphql('{ teams { nodes { id } } }')).body as {
      data: { teams: { nodes: { id: string }[] } };
    };
    const create = 'mutation($i: IssueCreateInput!) { issueCreate(input: $i) { success issue { id identifier } } }';
    const created = await graphql(create, { i: { title: 'From a test', teamId: data.teams.nodes[0]!.id } });
    const { issue } = (created.body as { data: { issueCreate: { issue: { id: string; identifier: string } } } }).data
      .issueCreate;
    expect(issue.identifier).toBe('ENG-3');
    await graphql('mutation($id: String!) { issueUpdate(id: $id, input: { title: "Changed" }) { success } }', {
      id: issue.id,
    });
    await sandbox.close();
    sandbox = await start();
    const read = '{ issue(id: "ENG-3") { title team { key } archivedAt } }';
    expect((await graphql(read)).body).toEqual({
      data: { issue: { title: 'Changed', team: { key: 'ENG' }, archivedAt: null } },
    });
    await graphql('mutation { issueDelete(id: "ENG-3") { success } }');
    const list = await graphql('{ issues(first: 10) { nodes { identifier } pageInfo { hasNextPage } } }');
    expect(list.body).toEqual({
      data: { issues: { nodes: [{ identifier: 'ENG-1' }, { identifier: 'ENG-2' }], pageInfo: { hasNextPage: false } } },
    });
  });

  it('Linear: says what is wrong with a query', async () => {
    expect(await graphql('{ nothing }')).toMatchObject({ status: 400, body: { errors: [{}] } });
    expect(await graphql('{ issue(id: "ENG-99") { id } }')).toMatchObject({
      status: 200,
      body: { data: null, errors: [{}] },
    });
    expect((await send({ slug: 'linear', token: ana.linear, path: '/graphql', body: 'nonsense' })).status).toBe(400);
  });

  it('gives each organization a workspace of its own', async () => {
    await workos('POST', `/user_management/users/${ANA.id}/connected_accounts/linear?organization_id=${GLOBEX.id}`, {});
    const atGlobex = await tokenOf(ANA, 'linear', GLOBEX.id);
    const issue = async (token: string) => (await graphql('{ issue(id: "ENG-1") { id } }', undefined, token)).body;
    expect(await issue(atGlobex)).not.toEqual(await issue(ana.linear));
  });

  it('Notion: searches, makes, changes, comments and archives pages', async () => {
    expect((await notion('GET', 'users/me')).body).toMatchObject({ object: 'user', name: 'Ana Sousa' });
    const found = (await notion('POST', 'search', { query: 'onboarding' })).body as {
      results: { id: string; parent: { data_source_id: string } }[];
    };
    const page = found.results[0]!;
    const { data_source_id: source } = page.parent;
    expect((await notion('POST', `data_sources/${source}/query`, {})).body.results).toHaveLength(2);
    const properties = { Name: { title: [{ text: { content: 'Plan' } }] } };
    const { id } = (await notion('POST', 'pages', { parent: { data_source_id: source }, properties })).body as {
      id: string;
    };
    await notion('PATCH', `blocks/${id}/children`, { children: [{ type: 'paragraph', paragraph: { rich_text: [] } }] });
    expect((await notion('GET', `blocks/${id}/children`)).body.results).toHaveLength(1);
    await notion('POST', 'comments', { parent: { page_id: id }, rich_text: [] });
    expect((await notion('GET', `comments?block_id=${id}`)).body.results).toHaveLength(1);
    expect((await notion('PATCH', `pages/${id}`, { archived: true })).body).toMatchObject({
      archived: true,
      in_trash: true,
    });
    expect((await notion('POST', `data_sources/${source}/query`, {})).body.results).toHaveLength(2);
    expect((await notion('GET', 'pages/nothing')).status).toBe(404);
    expect((await notion('GET', 'nothing')).body).toMatchObject({ code: 'invalid_request_url' });
  });

  it('Notion: needs its version', async () => {
    const answer = await send({ slug: 'notion', token: ana.notion, method: 'GET', path: '/v1/users/me' });
    expect(answer).toMatchObject({ status: 400, body: { code: 'missing_version' } });
  });

  it('Snowflake: runs what it knows, keeps the rest, and cancels', async () => {
    expect((await sql('SELECT id, customer, total\n FROM orders LIMIT 1;')).body).toMatchObject({
      data: [['1001', 'Initech', '1250.00']],
      resultSetMetaData: { numRows: 1, rowType: [{ name: 'ID' }, { name: 'CUSTOMER' }, { name: 'TOTAL' }] },
      code: '090001',
    });
    const { body } = await sql('DELETE FROM orders WHERE id = 1001');
    expect(body.message).toBe('Statement executed successfully.');
    const headers = { 'X-Snowflake-Authorization-Token-Type': 'OAUTH' };
    const at = {
      slug: 'snowflake',
      token: ana.snowflake,
      path: `/api/v2/statements/${String(body.statementHandle)}`,
      headers,
    };
    expect((await send({ ...at, method: 'GET' })).body.statementHandle).toBe(body.statementHandle);
    expect((await send({ ...at, path: `${at.path}/cancel` })).status).toBe(200);
    expect((await send({ ...at, method: 'GET' })).status).toBe(422);
    expect((await send({ ...at, headers: {}, method: 'GET' })).status).toBe(401);
  });

  it('records what it received, byte for byte, without the token', async () => {
    const body = '{ "query" : "{ viewer { id } }",\u00a0 "x":1}';
    await send({ slug: 'linear', token: ana.linear, path: '/graphql?a=%2F&b', headers: { 'X-CaSe': 'Kept' }, body });
    await graphql('{ viewer { id } }', undefined, 'wrong-token-value');
    const answer = await fetch(`${sandbox.issuer}/sandbox/requests?slug=linear`);
    const text = await answer.text();
    const [first, second] = JSON.parse(text) as RecordedRequest[];
    expect(first).toMatchObject({
      method: 'POST',
      target: '/graphql?a=%2F&b',
      host: 'api.linear.app',
      token: 'matches',
      userId: ANA.id,
    });
    expect(first!.headers).toEqual(
      expect.arrayContaining([
        ['X-CaSe', 'Kept'],
        ['Authorization', 'matches'],
      ]),
    );
    expect(Buffer.from(first!.body, 'base64').equals(Buffer.from(body))).toBe(true);
    expect(second).toMatchObject({ token: 'does not match', userId: null });
    expect(text).not.toContain(ana.linear);
    expect(text).not.toContain('wrong-token-value');
  });

  it('breaks on demand, in the provider’s own words', async () => {
    sandbox.faults.set({ target: 'provider', kind: '429', slug: 'linear', userId: ANA.id });
    expect(await graphql('{ viewer { id } }')).toMatchObject({ status: 429, headers: { 'retry-after': '2' } });
    sandbox.faults.set({ target: 'provider', kind: '500', slug: 'notion' });
    expect(await notion('GET', 'users/me')).toMatchObject({ status: 500, body: { object: 'error' } });
    sandbox.faults.set({ target: 'provider', kind: 'down', slug: 'snowflake' });
    await expect(sql('SELECT 1')).rejects.toThrow(/hang up|ECONNRESET/);
  });
});
