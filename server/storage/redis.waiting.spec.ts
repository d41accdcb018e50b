import type { Redis } from 'ioredis';
import { approve, callQuestion, MINUTE_MS, principal, SETTINGS, TAG_KEY } from '../../test/support/grants.js';
import { connected, RedisServer } from '../../test/support/redis.js';
import { type AuthorityGrant, statusOf } from '../grants/authority-grant.js';
import type { Found } from '../grants/grant-store.port.js';
import { GrantsService } from '../grants/grants.service.js';
import type { GrantCommand } from '../grants/lifecycle.js';
import { RedisGrantStore } from './redis.store.js';
import { StoreSettings } from './store-settings.js';

const SESSIONS = 40;
const WAITERS_OF_EACH = 50;
const WAITERS = SESSIONS * WAITERS_OF_EACH;

const settings = new StoreSettings(TAG_KEY, 7 * 24 * 60 * MINUTE_MS, 24 * 60 * MINUTE_MS);
const isDecided = (found: Found) => statusOf(found.grant, found) !== 'pending';

describe('2,000 calls that wait for decisions', () => {
  let server: RedisServer;
  let clients: Redis[];
  let stores: RedisGrantStore[];
  /** Two processes on one Redis: calls wait at the first, people decide at the second. */
  let waiting: GrantsService;
  let deciding: GrantsService;
  let grants: AuthorityGrant[];

  beforeEach(async () => {
    server = await RedisServer.start('--appendfsync', 'no');
    clients = await Promise.all([connected(server.url), connected(server.url), connected(server.url)]);
    stores = clients.slice(0, 2).map((client) => new RedisGrantStore(client, settings));
    [waiting, deciding] = stores.map((store) => new GrantsService(store, SETTINGS)) as [GrantsService, GrantsService];
    grants = [];
    for (let index = 0; index < SESSIONS; index += 1) {
      const asked = callQuestion(Buffer.from(`{"n":${index}}`));
      const of = principal({ sid: `sid_${index}`, clientId: `client_${index}` });
      grants.push((await waiting.request(of, asked)).grant);
    }
  });

  /** Also teaches Redis the scripts, which is no part of what is counted. */
  beforeEach(() => waiting.find((grants[0] as AuthorityGrant).id, { by: 'user', userId: principal().subject }));

  afterEach(async () => {
    for (const service of [waiting, deciding]) service.onModuleDestroy();
    for (const store of stores) store.onModuleDestroy();
    for (const client of clients) client.disconnect();
    await server.stop();
  });

  /** Everything that Redis was asked by anybody, but for this question. */
  const commands = async (): Promise<number> => {
    const lines = (await (clients[2] as Redis).info('commandstats')).split('\n');
    // A script's own commands are not round trips.
    const calls = lines.map((line) => /^cmdstat_(?:evalsha|eval|fcall|get|ping|publish):calls=(\d+)/.exec(line)?.[1]);
    return calls.reduce((sum, count) => sum + Number(count ?? 0), 0);
  };

  const wait = (grant: AuthorityGrant, ms: number, signal: AbortSignal) =>
    waiting.waitFor(grant.id, { by: 'principal', principal: grant.principal }, isDecided, ms, signal);

  /** Calls come one after the other: each lot has read when the next one begins, as Redis answers in order. */
  const begin = async (lots: readonly AuthorityGrant[], each: number, ms: number, signal: AbortSignal) => {
    const held: Promise<Found | null>[] = [];
    for (const grant of lots) {
      for (let count = 0; count < each; count += 1) held.push(wait(grant, ms, signal));
      await (clients[0] as Redis).echo('in order');
    }
    return held;
  };
  const never = new AbortController().signal;

  it('read the store when they begin and when they end, and never in between', async () => {
    const before = await commands();
    const ended = await Promise.all(await begin(grants, WAITERS_OF_EACH, 3_000, never));
    expect(ended.filter((found) => found && isDecided(found))).toEqual([]);
    expect((await commands()) - before).toBe(2 * WAITERS);
  });

  it('are woken by the decision of another process, only those that wait for it, and read once', async () => {
    const [first, spare, taught, ...undecided] = grants as [
      AuthorityGrant,
      AuthorityGrant,
      AuthorityGrant,
      ...AuthorityGrant[],
    ];
    const decide = async (grant: AuthorityGrant) => {
      const command = approve(grant.digest, null) as Extract<GrantCommand, { type: 'approve' }>;
      await deciding.decide(grant.id, command);
    };
    await decide(taught);
    // What a decision costs while nobody waits.
    const idle = await commands();
    await decide(spare);
    const cost = (await commands()) - idle;

    const gone = new AbortController();
    const begun = await commands();
    const others = await begin(undecided, WAITERS_OF_EACH, 25_000, gone.signal);
    const mine = await begin([first], WAITERS_OF_EACH, 25_000, gone.signal);
    expect((await commands()) - begun).toBe(others.length + mine.length);
    await decide(first);
    const woken = await Promise.all(mine);
    expect(new Set(woken.map((found) => found && statusOf(found.grant, found)))).toEqual(new Set(['approved']));
    expect((await commands()) - begun).toBe(others.length + mine.length + cost + mine.length);
    gone.abort();
    const left = await Promise.all(others);
    expect(left.filter((found) => found && isDecided(found))).toEqual([]);
  });

  it('end at once when the server stops', async () => {
    const held = await begin(grants, WAITERS_OF_EACH, 25_000, never);
    const stoppedAt = Date.now();
    waiting.onModuleDestroy();
    expect(await Promise.all(held)).toHaveLength(WAITERS);
    expect(Date.now() - stoppedAt).toBeLessThan(10_000);
  });
});
