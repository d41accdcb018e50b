import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { Approver } from '../support/approver.js';
import { Assistant, type Era } from '../support/assistant.js';
import { eventually } from '../support/eventually.js';
import { people } from '../support/people.js';
import { connected, RedisServer } from '../support/redis.js';
import { ServerProcess } from '../support/server-process.js';
import { ERAS } from '../support/worlds.js';

const SECRET = 'sandbox-secret';
const PROTOCOL = 'io.modelcontextprotocol';
const GOING = 20;
const BROAD = { providers: ['linear'], reason: 'To read.' };

describe('two server processes on one Redis: assistants wait at one, people decide at the other', () => {
  let redis: RedisServer;
  let first: ServerProcess;
  let second: ServerProcess;
  let folder: string;
  let approver: Approver;
  let watcher: Redis;

  beforeAll(async () => {
    redis = await RedisServer.start();
    watcher = await connected(redis.url);
    first = await ServerProcess.start({ REDIS_URL: redis.url });
    // As two processes of one deployment share WORKOS_COOKIE_PASSWORD.
    folder = mkdtempSync(join(tmpdir(), 'countersign-second-'));
    copyFileSync(join(first.dataDir, SECRET), join(folder, SECRET));
    second = await ServerProcess.start({ REDIS_URL: redis.url, DATA_DIR: folder });
    approver = await Approver.signIn(second.url, people.ana());
  });

  afterAll(async () => {
    await first?.stop();
    await second?.stop();
    watcher?.disconnect();
    await redis?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(ERAS)('a client of %s hears of progress, and of the decision at once', async (era) => {
    const assistant = await Assistant.connect(era, first.mcpUrl, people.ana(), `Waits ${era}`);
    const { requestId } = (await assistant.call('request_elevated_access', BROAD)).facts;
    const heard: { progress: number; at: number }[] = [];
    let decidedAt = 0;
    const checked = await assistant.call(
      'check_access_request',
      { requestId, waitSeconds: 25 },
      {
        onprogress: ({ progress }) => {
          heard.push({ progress, at: Date.now() });
          void approver.decide(requestId, { decision: 'approve' }).then(() => {
            decidedAt = Date.now();
          });
        },
      },
    );
    const endedAt = Date.now();
    expect(heard.map(({ progress }) => progress)).toEqual([5]);
    expect(checked.facts).toMatchObject({ requestId, status: 'approved' });
    // Busy machines are slow; what it must not be is the 20 s that are left.
    expect(endedAt - (decidedAt || endedAt)).toBeLessThan(4_000);
    await assistant.close();
  });

  it('without a token nothing is reported', async () => {
    const assistant = await Assistant.connect('2025-11-25', first.mcpUrl, people.ana(), 'Asks for no progress');
    const { requestId } = (await assistant.call('request_elevated_access', BROAD)).facts;
    const answer = await fetch(first.mcpUrl, wire('2025-11-25', assistant.accessToken, { requestId, waitSeconds: 6 }));
    const text = await answer.text();
    expect(text).toContain('"status":"pending"');
    expect(text).not.toContain('notifications/progress');
    await assistant.close();
  });

  it.each(ERAS)('what a client of %s waited for is let go when it goes away', async (era) => {
    const assistant = await Assistant.connect(era, first.mcpUrl, people.ana(), `Goes away ${era}`);
    const { requestId } = (await assistant.call('request_elevated_access', BROAD)).facts;
    const client = new AbortController();
    const begun = await reads();
    const held = Array.from({ length: GOING }, () =>
      fetch(first.mcpUrl, {
        ...wire(era, assistant.accessToken, { requestId, waitSeconds: 25 }),
        signal: client.signal,
      })
        .then((response) => response.text())
        .catch(() => 'gone'),
    );
    await eventually('all wait', async () => (await reads()) >= begun + GOING);
    client.abort();
    expect(new Set(await Promise.all(held))).toEqual(new Set(['gone']));
    await eventually('all have been let go, with a last look', async () => (await reads()) >= begun + 2 * GOING);
    const before = await reads();
    await approver.decide(requestId, { decision: 'approve' });
    expect((await assistant.call('check_access_request', { requestId })).facts.status).toBe('approved');
    // Those that still waited would each have read it now.
    expect((await reads()) - before).toBeLessThan(GOING);
    await assistant.close();
  });

  /** How often Redis ran a script, which every read of a grant is. */
  const reads = async (): Promise<number> => {
    const calls = [...(await watcher.info('commandstats')).matchAll(/^cmdstat_eval(?:sha)?:calls=(\d+)/gm)];
    return calls.reduce((sum, match) => sum + Number(match[1]), 0);
  };
});

/** One call on the wire. */
function wire(era: Era, token: string, args: Record<string, unknown>): RequestInit {
  const _meta =
    era === '2026-07-28' ? { [`${PROTOCOL}/protocolVersion`]: era, [`${PROTOCOL}/clientCapabilities`]: {} } : undefined;
  const params = { name: 'check_access_request', arguments: args, ...(_meta ? { _meta } : {}) };
  return {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': era,
      'mcp-method': 'tools/call',
      'mcp-name': 'check_access_request',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
  };
}
