import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MINUTE_MS, TAG_KEY } from '../../test/support/grants.js';
import type { AuditEvent } from '../audit/audit-event.js';
import type { GrantStore } from '../grants/grant-store.port.js';
import { SystemClock } from '../kernel/system.clock.js';
import { grantStoreContract } from './grant-store.contract-suite.js';
import { SqliteDatabase } from './sqlite.database.js';
import { SqliteGrantStore } from './sqlite.store.js';
import { StoreSettings } from './store-settings.js';

const settings = new StoreSettings(TAG_KEY, 7 * 24 * 60 * MINUTE_MS, 24 * 60 * MINUTE_MS);

grantStoreContract('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-sqlite-'));
  const clock = new SystemClock();
  let database = new SqliteDatabase(folder);
  let store: GrantStore = new SqliteGrantStore(database, clock, settings);
  return {
    get store() {
      return store;
    },
    get other() {
      return store;
    },
    now: async () => clock.now(),
    async events() {
      const rows = database.rows<{ event: string }>('SELECT event FROM audit_events ORDER BY seq');
      return rows.map(({ event }) => JSON.parse(event) as AuditEvent);
    },
    async restart() {
      database.close();
      database = new SqliteDatabase(folder);
      store = new SqliteGrantStore(database, clock, settings);
      return { keepsEpoch: true };
    },
    async stop() {
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});
