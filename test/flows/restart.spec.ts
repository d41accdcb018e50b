import { once } from 'node:events';
import { connect } from 'node:net';
import type { GrantPageView } from '../../server/approvals/access.contract.js';
import { Approver } from '../support/approver.js';
import { Assistant } from '../support/assistant.js';
import { eventually } from '../support/eventually.js';
import { jsonOf } from '../support/json.js';
import { people } from '../support/people.js';
import { fault } from '../support/provider-log.js';
import { ServerProcess } from '../support/server-process.js';
import { ERAS } from '../support/worlds.js';

const READ = { method: 'POST', url: 'https://api.linear.app/graphql', body: { query: '{ viewer { id } }' } };

const WORKOS = {
  PORT: '0',
  PUBLIC_URL: 'http://localhost:5799',
  WORKOS_API_KEY: 'sk_test_0123456789',
  WORKOS_CLIENT_ID: 'client_01TEST',
  WORKOS_COOKIE_PASSWORD: 'q8Zb1v0mT4xKcW7e-Rj5uYp2sLd9nGfA',
  WORKOS_REDIRECT_URI: 'http://localhost:5799/callback',
  AUTHKIT_DOMAIN: 'https://example.authkit.app',
};

describe('the server is restarted', () => {
  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'SQLite: grants, sign-ins and connections survive %s',
    async (signal) => {
      const server = await ServerProcess.start();
      try {
        const ana = people.ana();
        const assistant = await Assistant.connect('2025-11-25', server.mcpUrl, ana);
        const approver = await Approver.signIn(server.url, ana);
        const { facts } = await assistant.call('request_elevated_access', {
          providers: ['linear'],
          reason: 'To read.',
        });
        await approver.decide(facts.requestId, { decision: 'approve' });
        const code = await server.halt(signal);
        if (signal === 'SIGTERM') expect(code).toBe(0);
        await server.boot();
        expect((await assistant.call('call_integration_api', READ)).facts).toMatchObject({ status: 200 });
        expect((await approver.get('/api/me')).status).toBe(200);
      } finally {
        await server.stop();
      }
    },
    60_000,
  );

  it.each(ERAS)(
    'I41: a call of %s that is under way is finished and answered before the server stops; who waits is answered at once',
    async (era) => {
      const server = await ServerProcess.start();
      try {
        const ana = people.ana();
        const assistant = await Assistant.connect(era, server.mcpUrl, ana);
        const approver = await Approver.signIn(server.url, ana);
        const { facts } = await assistant.call('request_elevated_access', {
          providers: ['linear'],
          reason: 'To read.',
        });
        await approver.decide(facts.requestId, { decision: 'approve' });
        const other = await assistant.call('request_elevated_access', { providers: ['notion'], reason: 'Later.' });
        await fault(server.sandboxUrl, { target: 'provider', kind: 'slow', delayMs: 2_000, slug: 'linear' });
        const running = assistant.call('call_integration_api', READ);
        const waiting = assistant.call('check_access_request', { requestId: other.facts.requestId, waitSeconds: 25 });
        await eventually('the call has begun', async () => {
          const live = await approver.get('/api/grants?state=active');
          return (await jsonOf<GrantPageView>(live)).items.some((item) => item.callsMade === 1);
        });
        const stopped = server.halt('SIGTERM');
        expect((await waiting).facts.status).toBe('pending');
        expect((await running).facts).toMatchObject({ outcome: 'answered', status: 200 });
        expect(await stopped).toBe(0);
      } finally {
        await server.stop();
      }
    },
  );

  it('I41: neither a page that polls nor a connection that a browser opened for later holds a server that stops', async () => {
    const server = await ServerProcess.start();
    try {
      const ana = people.ana();
      const assistant = await Assistant.connect('2025-11-25', server.mcpUrl, ana);
      const approver = await Approver.signIn(server.url, ana);
      const { facts } = await assistant.call('request_elevated_access', { providers: ['linear'], reason: 'To read.' });
      const { version } = await approver.read(facts.requestId);
      const page = (async () => {
        for (;;) await approver.get(`/api/approvals/${facts.requestId}?after=${version}`);
      })();
      const forLater = connect(Number(new URL(server.url).port), '127.0.0.1');
      forLater.on('error', () => {});
      await once(forLater, 'connect');
      const began = Date.now();
      const [code] = await Promise.all([server.halt('SIGTERM'), expect(page).rejects.toThrow('fetch failed')]);
      expect(code).toBe(0);
      expect(Date.now() - began).toBeLessThan(15_000);
    } finally {
      await server.stop();
    }
  });

  it('a second process on the same data folder stops with store_in_use', async () => {
    const server = await ServerProcess.start();
    try {
      const rival = await ServerProcess.attempt({ ...WORKOS, DATA_DIR: server.dataDir });
      expect(rival.code).toBe(1);
      expect(rival.output).toMatch(/did not start\. Another process has the data folder/);
    } finally {
      await server.stop();
    }
  });
});
