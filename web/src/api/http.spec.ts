/** @jest-environment node */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { endedGrants } from '../../../server/approvals/access.contract.js';
import { approvalsApi } from './approvals.js';
import { grantsApi } from './grants.js';
import { failureOf, Http } from './http.js';
import { integrationsApi } from './integrations.js';

interface Seen {
  readonly line: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let server: Server;
let http: Http;
let seen: Seen[] = [];
let answer: { status: number; body: string } | 'cut' = { status: 200, body: '{}' };

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    seen.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
    if (answer === 'cut') return void request.socket.destroy();
    response.writeHead(answer.status).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  http = new Http(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  seen = [];
});

const failure = (asked: Promise<unknown>) => asked.then(() => null, failureOf);

describe('I27: what the page sends', () => {
  it('a change without a body has the token and none', async () => {
    answer = { status: 200, body: '{"ended":2,"revoked":1,"withdrawn":1}' };
    expect(await grantsApi(http).revoke('token', { client: 'a&b' })).toEqual({ ended: 2, revoked: 1, withdrawn: 1 });
    expect(seen[0]).toMatchObject({ line: 'DELETE /api/grants?client=a%26b', body: '' });
    expect(seen[0]?.headers['x-csrf-token']).toBe('token');
    expect(seen[0]?.headers['content-type']).toBeUndefined();
  });

  it('a change with a body is JSON', async () => {
    answer = { status: 200, body: '{"url":"/next"}' };
    expect(await integrationsApi(http).connect('token', 'a/b', '/access')).toBe('/next');
    expect(seen[0]).toMatchObject({ line: 'POST /api/integrations/a%2Fb/connect', body: '{"returnTo":"/access"}' });
    expect(seen[0]?.headers['content-type']).toBe('application/json');
  });

  it('a reading sends no token', async () => {
    answer = { status: 404, body: '{}' };
    await failure(approvalsApi(http).read('../me', { after: 3 }));
    expect(seen[0]?.line).toBe('GET /api/approvals/..%2Fme?after=3');
    expect(seen[0]?.headers['x-csrf-token']).toBeUndefined();
  });
});

describe('what came back', () => {
  const ask = () => failure(http.ask({ method: 'GET', path: '/api/x', answer: endedGrants }));

  it('is a problem of ours', async () => {
    const problem = { type: 'about:blank', title: 't', status: 409, code: 'already_decided', detail: 'd' };
    answer = { status: 409, body: JSON.stringify(problem) };
    expect(await ask()).toEqual({ kind: 'problem', problem });
  });

  it.each([
    ['a page of a proxy', { status: 502, body: '<html>' }],
    ['an answer of another shape', { status: 200, body: '{"ended":"two"}' }],
    ['no JSON', { status: 200, body: 'no' }],
    ['a cut connection', 'cut'],
  ] as const)('%s is no answer, and the server may have acted', async (_, given) => {
    answer = given;
    expect(await ask()).toEqual({ kind: 'no-answer', wasSent: true });
  });
});
