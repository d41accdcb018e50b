import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { getRedisConnectionToken, RedisModule } from '@nestjs-modules/ioredis';
import type { Redis } from 'ioredis';
import { AuditSink } from '../audit/audit-sink.port.js';
import { BrowserSessionStore } from '../auth/browser-session-store.port.js';
import { GrantStore } from '../grants/grant-store.port.js';
import { Clock } from '../kernel/clock.port.js';
import { Secret } from '../kernel/secret.js';
import { SessionStore } from '../sessions/session-store.port.js';
import { RedisAuditSink } from './redis.audit-sink.js';
import { RedisBrowserSessionStore } from './redis.browser-session-store.js';
import { RedisConnection } from './redis.connection.js';
import { REDIS_REQUEST_OPTIONS } from './redis.options.js';
import { RedisGrantStore } from './redis.store.js';
import { SqliteAuditSink } from './sqlite.audit-sink.js';
import { SqliteBrowserSessionStore } from './sqlite.browser-session-store.js';
import { SqliteDatabase } from './sqlite.database.js';
import { SqliteGrantStore } from './sqlite.store.js';
import { StoreSettings } from './store-settings.js';

const PORTS = [GrantStore, SessionStore, BrowserSessionStore, AuditSink, Clock];

/** The four store ports and the clock, on Redis when there is a URL, else on SQLite in a folder. */
@Module({})
export class StorageModule {
  static forRoot(options: {
    redisUrl: Secret | null;
    folder: string;
    settings: StoreSettings;
    clock: Clock;
  }): DynamicModule {
    const { redisUrl, folder, settings, clock } = options;
    const adapters = redisUrl === null ? sqlite(folder, settings, clock) : redis(settings);
    return {
      module: StorageModule,
      imports: redisUrl === null ? [] : [redisModule(redisUrl)],
      providers: [...adapters, { provide: SessionStore, useExisting: GrantStore }, { provide: Clock, useValue: clock }],
      exports: PORTS,
    };
  }
}

function redisModule(url: Secret): DynamicModule {
  return RedisModule.forRootAsync({
    imports: [],
    useFactory: () => ({ type: 'single', url: url.reveal(), options: REDIS_REQUEST_OPTIONS }),
  });
}

function redis(settings: StoreSettings): Provider[] {
  const inject = [getRedisConnectionToken()];
  return [
    { provide: RedisConnection, useFactory: (client: Redis) => RedisConnection.checked(client), inject },
    // After the check, so that nothing is stored in a Redis that may not be used.
    {
      provide: GrantStore,
      useFactory: ({ client }: RedisConnection) => new RedisGrantStore(client, settings),
      inject: [RedisConnection],
    },
    {
      provide: BrowserSessionStore,
      useFactory: ({ client }: RedisConnection) => new RedisBrowserSessionStore(client),
      inject: [RedisConnection],
    },
    {
      provide: AuditSink,
      useFactory: ({ client }: RedisConnection) => new RedisAuditSink(client, settings),
      inject: [RedisConnection],
    },
  ];
}

function sqlite(folder: string, settings: StoreSettings, clock: Clock): Provider[] {
  const inject = [SqliteDatabase];
  return [
    { provide: SqliteDatabase, useFactory: () => new SqliteDatabase(folder) },
    {
      provide: GrantStore,
      useFactory: (database: SqliteDatabase) => new SqliteGrantStore(database, clock, settings),
      inject,
    },
    {
      provide: BrowserSessionStore,
      useFactory: (database: SqliteDatabase) => new SqliteBrowserSessionStore(database, clock),
      inject,
    },
    { provide: AuditSink, useFactory: (database: SqliteDatabase) => new SqliteAuditSink(database), inject },
  ];
}
