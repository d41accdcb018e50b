import type { Provider } from '@nestjs/common';
import { AuditSink } from '../audit/audit-sink.port.js';
import { BrowserSessionStore } from '../auth/browser-session-store.port.js';
import { GrantStore } from '../grants/grant-store.port.js';
import type { Clock } from '../kernel/clock.port.js';
import { SqliteAuditSink } from './sqlite.audit-sink.js';
import { SqliteBrowserSessionStore } from './sqlite.browser-session-store.js';
import { SqliteDatabase } from './sqlite.database.js';
import { SqliteGrantStore } from './sqlite.store.js';
import type { StoreSettings } from './store-settings.js';

/** All on one database, which this process alone has open. */
export function sqliteProviders(folder: string, settings: StoreSettings, clock: Clock): Provider[] {
  const on = <T>(make: (database: SqliteDatabase) => T) => ({ useFactory: make, inject: [SqliteDatabase] });
  return [
    { provide: SqliteDatabase, useFactory: () => new SqliteDatabase(folder) },
    { provide: GrantStore, ...on((database) => new SqliteGrantStore(database, clock, settings)) },
    { provide: BrowserSessionStore, ...on((database) => new SqliteBrowserSessionStore(database, clock)) },
    { provide: AuditSink, ...on((database) => new SqliteAuditSink(database)) },
  ];
}
