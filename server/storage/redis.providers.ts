import type { Provider } from '@nestjs/common';
import { getRedisConnectionToken } from '@nestjs-modules/ioredis';
import type { Redis } from 'ioredis';
import { AuditSink } from '../audit/audit-sink.port.js';
import { BrowserSessionStore } from '../auth/browser-session-store.port.js';
import { GrantStore } from '../grants/grant-store.port.js';
import { RedisAuditSink } from './redis.audit-sink.js';
import { RedisBrowserSessionStore } from './redis.browser-session-store.js';
import { RedisConnection } from './redis.connection.js';
import { RedisGrantStore } from './redis.store.js';
import type { StoreSettings } from './store-settings.js';

/** Everything hangs on the checked connection, so that nothing is stored in a Redis that may not be used. */
export function redisProviders(settings: StoreSettings): Provider[] {
  const on = <T>(make: (client: Redis) => T) => ({
    useFactory: ({ client }: RedisConnection) => make(client),
    inject: [RedisConnection],
  });
  return [
    {
      provide: RedisConnection,
      useFactory: (client: Redis) => RedisConnection.checked(client),
      inject: [getRedisConnectionToken()],
    },
    { provide: GrantStore, ...on((client) => new RedisGrantStore(client, settings)) },
    { provide: BrowserSessionStore, ...on((client) => new RedisBrowserSessionStore(client)) },
    { provide: AuditSink, ...on((client) => new RedisAuditSink(client, settings)) },
  ];
}
