import { type DynamicModule, Module } from '@nestjs/common';
import { RedisModule } from '@nestjs-modules/ioredis';
import { AuditSink } from '../audit/audit-sink.port.js';
import { BrowserSessionStore } from '../auth/browser-session-store.port.js';
import { GrantStore } from '../grants/grant-store.port.js';
import { Clock } from '../kernel/clock.port.js';
import type { Secret } from '../kernel/secret.js';
import { SessionStore } from '../sessions/session-store.port.js';
import { REDIS_REQUEST_OPTIONS } from './redis.options.js';
import { redisProviders } from './redis.providers.js';
import { sqliteProviders } from './sqlite.providers.js';
import type { StoreSettings } from './store-settings.js';

export interface StorageOptions {
  /** `null`: SQLite in `folder`. */
  readonly redisUrl: Secret | null;
  readonly folder: string;
  readonly settings: StoreSettings;
  readonly clock: Clock;
}

/** The store ports and the clock: Redis for many processes, SQLite for one. */
@Module({})
export class StorageModule {
  static forRoot({ redisUrl, folder, settings, clock }: StorageOptions): DynamicModule {
    return {
      module: StorageModule,
      imports: redisUrl === null ? [] : [redisModule(redisUrl)],
      providers: [
        ...(redisUrl === null ? sqliteProviders(folder, settings, clock) : redisProviders(settings)),
        { provide: SessionStore, useExisting: GrantStore },
        { provide: Clock, useValue: clock },
      ],
      exports: [GrantStore, SessionStore, BrowserSessionStore, AuditSink, Clock],
    };
  }
}

function redisModule(url: Secret): DynamicModule {
  return RedisModule.forRootAsync({
    imports: [],
    useFactory: () => ({ type: 'single', url: url.reveal(), options: REDIS_REQUEST_OPTIONS }),
  });
}
