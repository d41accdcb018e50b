import { Redis } from 'ioredis';
import { freePort } from '../../test/support/ports.js';
import { connected, RedisServer } from '../../test/support/redis.js';
import { checkRedis, type RedisCheck } from './redis.check.js';

async function checkOf(...options: string[]): Promise<RedisCheck> {
  const server = await RedisServer.start(...options);
  try {
    const client = await connected(server.url);
    try {
      return await checkRedis(client);
    } finally {
      client.disconnect();
    }
  } finally {
    await server.stop();
  }
}

/** A server that tells less than Redis does, as managed ones may. */
async function checkOfInfo(info: string): Promise<RedisCheck> {
  const client = new Redis({ lazyConnect: true });
  client.status = 'ready';
  client.info = async () => info;
  const check = await checkRedis(client);
  client.disconnect();
  return check;
}

describe('I43: the check of Redis before the start', () => {
  it('refuses a Redis that evicts keys', async () => {
    const { problems } = await checkOf('--maxmemory-policy', 'allkeys-lru');
    expect(problems).toEqual([expect.stringContaining('allkeys-lru')]);
  });

  it('refuses a replica', async () => {
    const { problems } = await checkOf('--replicaof', '127.0.0.1', '1');
    expect(problems).toEqual([expect.stringContaining('replica')]);
  });

  it('refuses an address where nobody answers, and says why', async () => {
    const client = new Redis({ host: '127.0.0.1', port: await freePort(), retryStrategy: () => 50 });
    const { problems } = await checkRedis(client);
    client.disconnect();
    expect(problems).toEqual([expect.stringMatching(/does not answer .*ECONNREFUSED/)]);
  });

  it('refuses a Redis that is too old', async () => {
    expect((await checkOfInfo('redis_version:6.0.16\r\nrun_id:abc\r\n')).problems).toEqual([
      expect.stringContaining('6.0.16'),
    ]);
  });

  it('warns of a Redis without an append-only file', async () => {
    const check = await checkOf('--appendonly', 'no');
    expect(check).toEqual({ problems: [], warnings: [expect.stringContaining('append-only')] });
  });

  it('says what it cannot see', async () => {
    const { problems, warnings } = await checkOfInfo('redis_version:7.2.4\r\nrun_id:abc\r\n');
    expect(problems).toEqual([]);
    expect(warnings).toEqual([
      expect.stringContaining('maxmemory-policy'),
      expect.stringContaining('role'),
      expect.stringContaining('persistence'),
    ]);
  });

  it('accepts a primary that keeps everything', async () => {
    expect(await checkOf()).toEqual({ problems: [], warnings: [] });
  });
});
