import { Approver } from '../support/approver.js';
import { Assistant } from '../support/assistant.js';
import { eventually } from '../support/eventually.js';
import { jsonOf } from '../support/json.js';
import { people } from '../support/people.js';
import { fault, forgetRequests, noFaults, receivedBy } from '../support/provider-log.js';
import { RedisServer } from '../support/redis.js';
import { ServerProcess } from '../support/server-process.js';

const READ = { method: 'POST', url: 'https://api.linear.app/graphql', body: { query: '{ viewer { id } }' } };

async function approved(server: ServerProcess) {
  const ana = people.ana();
  const assistant = await Assistant.connect('2026-07-28', server.mcpUrl, ana, 'Outage');
  const approver = await Approver.signIn(server.url, ana);
  const { facts } = await assistant.call('request_elevated_access', { providers: ['linear'], reason: 'To read.' });
  await approver.decide(facts.requestId, { decision: 'approve' });
  return { assistant, approver, requestId: facts.requestId as string };
}

describe('when something is out of reach', () => {
  describe('WorkOS', () => {
    let server: ServerProcess;

    beforeAll(async () => {
      server = await ServerProcess.start();
    });

    afterAll(() => server.stop());

    afterEach(async () => {
      await noFaults(server.sandboxUrl);
      await forgetRequests(server.sandboxUrl);
    });

    it.each(['down', '429', '500', 'html', 'unauthorized'])(
      'I38: %s is workos_unavailable, sends nothing, spends nothing, heals',
      async (kind) => {
        const { assistant, approver } = await approved(server);
        const asked = await assistant.call('request_elevated_access', { kind: 'request', ...READ, reason: 'Once.' });
        const { requestId } = asked.facts;
        await approver.decide(requestId, { decision: 'approve' });
        await fault(server.sandboxUrl, { target: 'workos', kind });
        const refused = await assistant.call('call_integration_api', { requestId });
        expect(refused).toMatchObject({
          isError: true,
          facts: { error: { code: 'workos_unavailable', retryAfterMs: expect.any(Number) } },
        });
        expect(await receivedBy(server.sandboxUrl, 'linear')).toEqual([]);
        await noFaults(server.sandboxUrl);
        const ran = await eventually('the call runs', async () => {
          const answer = await assistant.call('call_integration_api', { requestId });
          return answer.isError ? undefined : answer;
        });
        expect(ran.facts).toMatchObject({ outcome: 'answered', status: 200 });
        await assistant.close();
      },
    );

    it('mistake 22: tokens are checked without WorkOS once the keys are known', async () => {
      const { assistant, requestId } = await approved(server);
      await fault(server.sandboxUrl, { target: 'workos', kind: 'down' });
      expect((await assistant.call('check_access_request', { requestId })).facts.status).toBe('approved');
      await assistant.close();
    });
  });

  it('I2 and I38: keys out of reach from the start are 503 with Retry-After, never 401', async () => {
    const server = await ServerProcess.start();
    try {
      const assistant = await Assistant.connect('2025-11-25', server.mcpUrl, people.ana());
      const token = assistant.accessToken;
      await assistant.close();
      await server.halt();
      await server.boot();
      await fault(server.sandboxUrl, { target: 'jwks', kind: 'down' });
      const response = await fetch(server.mcpUrl, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
        },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }),
      });
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(response.headers.get('www-authenticate')).toBeNull();
    } finally {
      await server.stop();
    }
  });

  it('I37 and mistake 23: Redis gone is said within a second, sends nothing, and heals by itself', async () => {
    const redis = await RedisServer.start();
    const server = await ServerProcess.start({ REDIS_URL: redis.url });
    try {
      const { assistant, approver } = await approved(server);
      await redis.kill();
      const began = Date.now();
      const refused = await assistant.call('call_integration_api', READ);
      expect(Date.now() - began).toBeLessThan(2_000);
      expect(refused).toMatchObject({ isError: true, facts: { error: { code: 'store_unavailable' } } });
      const page = await approver.get('/api/grants?state=active');
      expect([page.status, page.headers.get('retry-after'), (await jsonOf(page)).code]).toEqual([
        503,
        '1',
        'store_unavailable',
      ]);
      expect((await fetch(`${server.url}/readyz`)).status).toBe(503);
      expect(await receivedBy(server.sandboxUrl, 'linear')).toEqual([]);

      await redis.restart();
      await eventually('the server is ready again', async () => (await fetch(`${server.url}/readyz`)).ok);
      // mistake 14: what lived through a restart of the store is void, since the store may have lost writes.
      const after = await assistant.call('call_integration_api', READ);
      expect(after).toMatchObject({ isError: true, facts: { error: { code: 'authority_required' } } });
      await assistant.close();
    } finally {
      await server.stop();
      await redis.stop();
    }
  });
});
