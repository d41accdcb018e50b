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
/** As many as one principal may let wait. */
const GOING = 10;
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

  it('I39: one client cannot hold more than ten connections by waiting, and the others wait as ever', async () => {
    const [greedy, modest] = await Promise.all(
      ['Greedy', 'Modest'].map((name) => Assistant.connect('2025-11-25', first.mcpUrl, people.ana(), name)),
    );
    const asked = await Promise.all(
      [greedy, modest].map((assistant) => assistant?.call('request_elevated_access', BROAD)),
    );
    const [theirs, mine] = asked.map((answer) => answer?.facts.requestId as string);
    const gone = new AbortController();
    const begun = await reads();
    const answers: Record<string, unknown>[] = [];
    const held = Array.from({ length: 3 * GOING }, () =>
      fetch(first.mcpUrl, {
        ...wire('2025-11-25', greedy?.accessToken ?? '', { requestId: theirs, waitSeconds: 25 }),
        signal: gone.signal,
      })
        .then(async (response) => answers.push(factsOf(await response.text())))
        .catch(() => 'gone'),
    );
    await eventually('those that may not wait are answered', async () => answers.length >= 2 * GOING);
    expect(answers).toHaveLength(2 * GOING);
    for (const facts of answers)
      expect(facts).toMatchObject({ requestId: theirs, status: 'pending', retryAfterMs: 5_000 });
    const waiting = modest?.call('check_access_request', { requestId: mine, waitSeconds: 25 });
    await eventually('the other waits', async () => (await reads()) >= begun + 3 * GOING + 1);
    await approver.decide(mine as string, { decision: 'approve' });
    expect((await waiting)?.facts).toMatchObject({ requestId: mine, status: 'approved' });
    expect(answers).toHaveLength(2 * GOING);
    gone.abort();
    await Promise.all(held);
    await Promise.all([greedy?.close(), modest?.close()]);
  });

  /** How often Redis ran a script, which every read of a grant is. */
  const reads = async (): Promise<number> => {
    const calls = [...(await watcher.info('commandstats')).matchAll(/^cmdstat_eval(?:sha)?:calls=(\d+)/gm)];
    return calls.reduce((sum, match) => sum + Number(match[1]), 0);
  };
});

/** Of a stream of one message. */
function factsOf(text: string): Record<string, unknown> {
  return JSON.parse(/^data: (\{.*)$/m.exec(text)?.[1] ?? text).result.structuredContent;
}

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
