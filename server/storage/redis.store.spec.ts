import type { Redis } from 'ioredis';
import { MINUTE_MS, TAG_KEY } from '../../test/support/grants.js';
import { connected, RedisServer } from '../../test/support/redis.js';
import type { AuditEvent } from '../audit/audit-event.js';
import { grantStoreContract } from './grant-store.contract-suite.js';
import { grantKeys } from './redis.keys.js';
import { RedisGrantStore } from './redis.store.js';
import { StoreSettings } from './store-settings.js';

const settings = new StoreSettings(TAG_KEY, 7 * 24 * 60 * MINUTE_MS, 24 * 60 * MINUTE_MS);

const again = (client: Redis) => new Promise<void>((resolve) => client.once('ready', () => resolve()));

grantStoreContract('Redis', async () => {
  const server = await RedisServer.start();
  const clients = await Promise.all([connected(server.url), connected(server.url)]);
  const [client] = clients;
  const [store, other] = clients.map((each) => new RedisGrantStore(each, settings)) as [
    RedisGrantStore,
    RedisGrantStore,
  ];
  return {
    store,
    other,
    async now() {
      const [seconds, micros] = await client.time();
      return Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
    },
    async events() {
      const events: AuditEvent[] = [];
      for (const key of await client.keys('pipes:mcp:*:audit')) {
        const entries = await client.xrange(key, '-', '+');
        events.push(...entries.map(([, fields]) => JSON.parse(fields[1] as string) as AuditEvent));
      }
      return events;
    },
    async holdsBody(grantId) {
      return (await client.exists(grantKeys(grantId).body)) === 1;
    },
    async restart() {
      const back = Promise.all(clients.map(again));
      await server.restart();
      await back;
      return { keepsEpoch: false };
    },
    async stop() {
      store.onModuleDestroy();
      other.onModuleDestroy();
      for (const each of clients) each.disconnect();
      await server.stop();
    },
  };
});
