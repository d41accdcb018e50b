import { Approver } from '../support/approver.js';
import { Assistant } from '../support/assistant.js';
import { speak } from '../support/half-closed.js';
import { people } from '../support/people.js';
import { headerOf, receivedBy } from '../support/provider-log.js';
import { ServerProcess } from '../support/server-process.js';
import { ERAS } from '../support/worlds.js';

const PROTOCOL = 'io.modelcontextprotocol';

describe('what the specification says of a client’s token, on the built server', () => {
  let server: ServerProcess;

  beforeAll(async () => {
    server = await ServerProcess.start();
  });

  afterAll(() => server?.stop());

  describe.each(ERAS)('for a client of %s', (era) => {
    let assistant: Assistant;

    beforeAll(async () => {
      assistant = await Assistant.connect(era, server.mcpUrl, people.ana());
    });

    afterAll(() => assistant?.close());

    /** One request as it goes over the wire. */
    const wire = (http: string, method: string, headers: Record<string, string>) => {
      const modern = { [`${PROTOCOL}/protocolVersion`]: era, [`${PROTOCOL}/clientCapabilities`]: {} };
      const body =
        http === 'POST'
          ? JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: era === '2026-07-28' ? { _meta: modern } : {} })
          : '';
      const all = {
        Host: new URL(server.url).host,
        'Content-Type': 'application/json',
        Accept: 'application/json, text/event-stream',
        'MCP-Protocol-Version': era,
        'Mcp-Method': method,
        'Content-Length': String(Buffer.byteLength(body)),
        ...headers,
      };
      const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
      return `${http} /mcp HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
    };

    /** MCP, Token Requirements: “authorization MUST be included in every HTTP request from client to server”. */
    it.each([
      ['POST', 'tools/list'],
      ['POST', 'initialize'],
      ['POST', 'server/discover'],
      ['POST', 'notifications/initialized'],
      ['GET', ''],
      ['DELETE', ''],
    ])(
      'I3: %s %s without a token is 401, though the request before it on the same connection had one',
      async (http, method) => {
        const first = wire('POST', 'tools/list', { Authorization: `Bearer ${assistant.accessToken}` });
        const second = wire(http, method, { Connection: 'close' });
        const answer = await speak(Number(new URL(server.url).port), first + second, 'wait');
        const statuses = [...answer.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map((match) => Number(match[1]));
        expect(statuses).toEqual([200, 401]);
        expect(answer.slice(answer.lastIndexOf('HTTP/1.1'))).toMatch(/^WWW-Authenticate: Bearer /im);
      },
    );

    /** MCP, Access Token Privilege Restriction: “The MCP server MUST NOT pass through the token it received from the MCP client.” */
    it('I22: what a provider receives is the token of the person’s own connection and nothing of the client’s', async () => {
      const approver = await Approver.signIn(server.url, people.ana());
      const asked = await assistant.call('request_elevated_access', { providers: ['linear'], reason: 'To read.' });
      await approver.decide(asked.facts.requestId, { decision: 'approve' });
      const body = { query: '{ viewer { id } }' };
      const call = { method: 'POST', url: 'https://api.linear.app/graphql', body };
      expect((await assistant.call('call_integration_api', call)).facts).toMatchObject({ outcome: 'answered' });
      const received = await receivedBy(server.sandboxUrl, 'linear');
      expect(received.length).toBeGreaterThan(0);
      for (const request of received) {
        // The sandbox's word for the token of this connection.
        expect(headerOf(request, 'authorization')).toBe('matches');
        const signature = assistant.accessToken.split('.').at(-1) as string;
        expect(JSON.stringify(request)).not.toContain(signature);
      }
    });
  });
});
