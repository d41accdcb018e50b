import type { Redis } from 'ioredis';
import { eventually } from '../../test/support/eventually.js';
import {
  approve,
  approver,
  begin,
  broadQuestion,
  callQuestion,
  codeOf,
  deny,
  principal,
  SETTINGS,
  TAG_KEY,
} from '../../test/support/grants.js';
import { connected, RedisServer } from '../../test/support/redis.js';
import { EXECUTING_MAX_MS } from '../grants/authority-grant.js';
import type { Found } from '../grants/grant-store.port.js';
import { type GrantCommand, transition } from '../grants/lifecycle.js';
import { ask, type Question } from '../grants/question.js';
import { newGrantId, sessionTag } from '../kernel/ids.js';
import { grantKeys, indexKeys, sessionKeys } from './redis.keys.js';
import { REDIS_REQUEST_OPTIONS } from './redis.options.js';
import { RedisGrantStore } from './redis.store.js';
import { StoreSettings } from './store-settings.js';

const settings = new StoreSettings(TAG_KEY, 7 * 24 * 3_600_000, 24 * 3_600_000);
const TAG = '[a-z2-7]{16}';
const KEY = new RegExp(
  `^pipes:mcp:\\{(${TAG}|u-[0-9a-f]{32})\\}:(session|live|history|choices|denied|audit|(grant|body):${TAG}[a-z2-7]{32})$`,
);

/** The store has its second; a machine that runs everything at once may add one of its own. */
const BUSY_MS = 1_000;

describe('grant store on Redis, in particular', () => {
  const ada = principal();
  const holder = { by: 'principal', principal: ada } as const;
  const keys = sessionKeys(sessionTag(TAG_KEY, ada));
  let server: RedisServer;
  let client: Redis;
  let store: RedisGrantStore;

  const put = (question: Question) => store.ask(ada, (view) => ask(view, question, SETTINGS, 0));
  const run = (command: GrantCommand, on: Found, known?: Found) =>
    store.apply(on.grant.id, holder, (grant, moment) => transition(grant, command, moment), known);
  const approved = async (question: Question) => {
    const asked = await put(question);
    return run(approve(asked.grant.digest, null, approver()), asked);
  };
  /** How often the server ran each command since the last look. */
  const commands = async (work: () => Promise<unknown>) => {
    await client.config('RESETSTAT');
    await work();
    const stats = [...(await client.info('commandstats')).matchAll(/cmdstat_([a-z|]+):calls=(\d+)/g)];
    return Object.fromEntries(stats.map(([, name, calls]) => [name, Number(calls)]));
  };

  beforeAll(async () => {
    server = await RedisServer.start();
    client = await connected(server.url, REDIS_REQUEST_OPTIONS.commandTimeout);
  });
  afterAll(async () => {
    client?.disconnect();
    await server?.stop();
  });
  beforeEach(async () => {
    await client.flushall();
    store = new RedisGrantStore(client, settings);
  });
  afterEach(() => store.onModuleDestroy());

  it('opens a warm session in one round trip and writes nothing', async () => {
    await approved(broadQuestion());
    await store.open(ada);
    const { evalsha, eval: text, ...inner } = await commands(() => store.open(ada));
    expect([evalsha, text]).toEqual([1, undefined]);
    expect(
      Object.keys(inner)
        .filter((name) => !name.startsWith('config'))
        .sort(),
    ).toEqual(['hget', 'hmget', 'info', 'time', 'zrange']);
  });

  it('begins a call that the caller knows in one round trip', async () => {
    const known = await approved(broadQuestion());
    const { evalsha, eval: text } = await commands(() => run(begin(), known, known));
    expect([evalsha, text]).toEqual([1, undefined]);
  });

  it('50 callers of one process begin a broad grant in two round trips', async () => {
    const known = await approved(broadQuestion());
    const { evalsha } = await commands(() => Promise.all(Array.from({ length: 50 }, () => run(begin(), known, known))));
    expect(evalsha).toBe(2);
    expect((await store.find(known.grant.id, holder))?.grant).toMatchObject({ callsMade: 50 });
  });

  it('keeps one session in one hash slot, names nobody in a key, and lets every key end', async () => {
    const denied = await put(broadQuestion());
    await run(deny(denied.grant.digest), denied);
    await approved(callQuestion());
    const all = await client.keys('*');
    expect(all.length).toBeGreaterThan(6);
    for (const key of all) {
      expect(key).toMatch(KEY);
      expect(await client.pttl(key)).toBeGreaterThan(0);
    }
    const slots = all.filter((key) => !key.includes('{u-')).map((key) => /\{(.+)\}/.exec(key)?.[1]);
    expect(new Set(slots).size).toBe(1);
  });

  it('I11: the script itself refuses what is too late, for a process that has not heard its clock', async () => {
    const found = await approved(broadQuestion());
    const fresh = new RedisGrantStore(client, settings);
    const careless = fresh.apply(
      found.grant.id,
      holder,
      (grant, moment) => ({ ...transition(grant, begin(), { ...moment, now: found.now }), notAfter: found.now }),
      { ...found, now: found.now - 1 },
    );
    await expect(careless.catch(codeOf)).resolves.toBe('request_expired');
    expect((await store.find(found.grant.id, holder))?.grant).toMatchObject({ callsMade: 0 });
  });

  it('I11: Redis deletes a body when its request can no longer run', async () => {
    const asked = await put(callQuestion());
    const { body } = grantKeys(asked.grant.id);
    expect(await client.pexpiretime(body)).toBe(asked.grant.closesAt);
    const { grant } = await run(approve(asked.grant.digest), asked);
    expect(await client.pexpiretime(body)).toBe(grant.expiresAt);
  });

  it('a person’s index keeps an approved grant as long as its authority lasts', async () => {
    const hour = SETTINGS.authorityMaxMs;
    const { grant } = await approved(broadQuestion({ durationMs: hour }));
    const expiresAt = grant.expiresAt ?? 0;
    expect(expiresAt).toBeGreaterThan(grant.closesAt + EXECUTING_MAX_MS);
    const { live } = indexKeys(TAG_KEY, ada.subject);
    expect(Number(await client.zscore(live, grant.id))).toBeGreaterThanOrEqual(expiresAt);
    expect(await client.pexpiretime(live)).toBeGreaterThanOrEqual(expiresAt);
  });

  it('a person’s index lets go of what ended early, so that asking and taking back piles nothing up', async () => {
    const asked = [await put(callQuestion()), await put(callQuestion(Buffer.from('another')))] as const;
    await run(deny(asked[0].grant.digest), asked[0]);
    const { grants } = await store.list(ada.subject, { state: 'pending', limit: 10 });
    expect(grants.map(({ id }) => id)).toEqual([asked[1].grant.id]);
    expect(await client.zrange(indexKeys(TAG_KEY, ada.subject).live, '0', '-1')).toEqual([asked[1].grant.id]);
  });

  it('loads a body only for who asks for the body', async () => {
    const asked = await put(callQuestion());
    const { get } = await commands(async () => {
      await store.find(asked.grant.id, holder);
      await store.list(ada.subject, { state: 'pending', limit: 10 });
      await put(callQuestion(Buffer.from('another')));
      await run(deny(asked.grant.digest), asked);
      await store.list(ada.subject, { state: 'ended', limit: 10 });
    });
    expect(get).toBeUndefined();
    const kept = await put(callQuestion(Buffer.from('kept')));
    const { get: gets } = await commands(async () => {
      expect(Buffer.from((await store.body(kept.grant.id, holder)) ?? []).toString()).toBe('kept');
    });
    expect(gets).toBe(1);
  });

  it('I5: a session whose tag another principal holds is not opened', async () => {
    await store.open(ada);
    await client.hset(keys.session, 'key', 'someone else');
    await expect(store.open(ada).catch(codeOf)).resolves.toBe('internal');
  });

  it('lists nothing for an index entry without a grant, and drops it when it is stale', async () => {
    const { history } = indexKeys(TAG_KEY, ada.subject);
    const stale = `000001000000000.${newGrantId('a'.repeat(16))}`;
    const fresh = `${String(Date.now()).padStart(15, '0')}.${newGrantId('a'.repeat(16))}`;
    await client.zadd(history, 0, stale);
    await client.zadd(history, 0, fresh);
    expect((await store.list(ada.subject, { state: 'ended', limit: 10 })).grants).toEqual([]);
    expect(await client.zrange(history, '0', '-1')).toEqual([fresh]);
  });

  it('runs its scripts in a server that has forgotten them', async () => {
    await store.open(ada);
    await client.script('FLUSH');
    expect((await store.open(ada)).session.principal).toEqual(ada);
  });

  it('I37, mistake 23: a frozen store refuses everybody within 1 s, and works again within 2 s', async () => {
    const known = await approved(broadQuestion());
    server.freeze();
    const begun = performance.now();
    try {
      const calls = [
        store.open(ada),
        put(broadQuestion({ maxCalls: 1 })),
        store.find(known.grant.id, holder),
        store.list(ada.subject, { state: 'ended', limit: 1 }),
        ...Array.from({ length: 50 }, () => run(begin(), known, known)),
      ];
      const answers = await Promise.all(calls.map((call) => call.then(() => 'answered', codeOf)));
      expect(new Set(answers)).toEqual(new Set(['store_unavailable']));
      expect(performance.now() - begun).toBeLessThan(1_000 + BUSY_MS);
    } finally {
      server.thaw();
    }
    await eventually('the store answers', () => store.open(ada), 2_000);
  });

  it('F6: a claim that timed out but was made is answered again for its own id, and for no other', async () => {
    const known = await approved(callQuestion());
    const claim = begin();
    server.freeze();
    try {
      await expect(run(claim, known, known).catch(codeOf)).resolves.toBe('store_unavailable');
    } finally {
      server.thaw();
    }
    await eventually(
      'the claim is made',
      async () => (await store.find(known.grant.id, holder))?.grant.status === 'executing',
    );
    await expect(run(begin(), known, known).catch(codeOf)).resolves.toBe('already_executing');
    expect((await run(claim, known, known)).grant).toMatchObject({ execution: { claimId: claim.call.claimId } });
  });

  it('I37, F4: a killed store refuses within 1 s, and works again within 2 s of its return, its authority void', async () => {
    const known = await approved(broadQuestion());
    await server.kill();
    const begun = performance.now();
    await expect(run(begin(), known, known).catch(codeOf)).resolves.toBe('store_unavailable');
    expect(performance.now() - begun).toBeLessThan(1_000 + BUSY_MS);
    await server.revive();
    const view = await eventually('the store answers', () => store.open(ada), 2_000);
    expect(view.grants).toEqual([]);
    await expect(run(begin(), known, known).catch(codeOf)).resolves.toBe('authority_voided');
  });
});
