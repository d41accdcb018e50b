import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { principal, TAG_KEY } from '../../test/support/grants.js';
import { ManualClock } from '../../test/support/manual.clock.js';
import { connected, RedisServer } from '../../test/support/redis.js';
import { auditEvent } from '../audit/audit-event.js';
import { newGrantId, tagOf } from '../kernel/ids.js';
import { browserSessionContract } from './browser-session-store.contract-suite.js';
import { RedisAuditSink } from './redis.audit-sink.js';
import { RedisBrowserSessionStore } from './redis.browser-session-store.js';
import { browserSessionKey, LOOSE_AUDIT_KEY, sessionKeys } from './redis.keys.js';
import { SqliteAuditSink } from './sqlite.audit-sink.js';
import { SqliteBrowserSessionStore } from './sqlite.browser-session-store.js';
import { SqliteDatabase } from './sqlite.database.js';
import { StoreSettings } from './store-settings.js';

async function redis() {
  const server = await RedisServer.start();
  const client = await connected(server.url);
  const stop = async () => {
    client.disconnect();
    await server.stop();
  };
  return { server, client, stop };
}

function sqlite() {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-sqlite-'));
  const database = new SqliteDatabase(folder);
  const stop = async () => {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { database, stop };
}

browserSessionContract('Redis', async () => {
  const { client, stop } = await redis();
  const now = async () => Number((await client.time())[0]) * 1000;
  return { store: new RedisBrowserSessionStore(client), now, stop };
});

browserSessionContract('SQLite', async () => {
  const { database, stop } = sqlite();
  const clock = new ManualClock();
  return { store: new SqliteBrowserSessionStore(database, clock), now: async () => clock.at, stop };
});

describe('audit events of their own', () => {
  const grantId = newGrantId('b'.repeat(16));
  const about = { principal: principal(), grantId };
  const refused = auditEvent('call.refused', 1_795_000_000_000, { type: 'system' }, about, { code: 'not_found' });
  const failed = auditEvent('auth.failed', 1_795_000_000_001, { type: 'system' }, {});

  it('Redis appends to the stream of the grant’s session, or to the common one, and says when it cannot', async () => {
    const { client, server, stop } = await redis();
    try {
      const sink = new RedisAuditSink(client, new StoreSettings(TAG_KEY, 1_000, 60_000));
      await sink.append(refused);
      await sink.append(failed);
      const read = async (key: string) =>
        (await client.xrange(key, '-', '+')).map(([, [, event]]) => JSON.parse(event ?? ''));
      expect(await read(sessionKeys(tagOf(grantId)).audit)).toEqual([refused]);
      expect(await read(LOOSE_AUDIT_KEY)).toEqual([failed]);
      expect(await client.pttl(LOOSE_AUDIT_KEY)).toBeGreaterThan(0);
      expect(await client.exists(browserSessionKey('0'))).toBe(0);
      await server.kill();
      await expect(sink.append(failed)).rejects.toMatchObject({ code: 'audit_unavailable' });
    } finally {
      await stop();
    }
  });

  it('SQLite appends in order, and says when it cannot', async () => {
    const { database, stop } = sqlite();
    try {
      const sink = new SqliteAuditSink(database);
      await sink.append(refused);
      await sink.append(failed);
      const rows = database.rows<{ event: string }>('SELECT event FROM audit_events ORDER BY seq');
      expect(rows.map(({ event }) => JSON.parse(event))).toEqual([refused, failed]);
      database.close();
      await expect(sink.append(failed)).rejects.toMatchObject({ code: 'audit_unavailable' });
    } finally {
      await stop();
    }
  });
});
