import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callQuestion, codeOf, deny, MINUTE_MS, principal, SETTINGS, TAG_KEY } from '../../test/support/grants.js';
import { ManualClock } from '../../test/support/manual.clock.js';
import { type AuditEvent, auditEvent } from '../audit/audit-event.js';
import type { GrantStore } from '../grants/grant-store.port.js';
import { transition } from '../grants/lifecycle.js';
import { ask } from '../grants/question.js';
import { SystemClock } from '../kernel/system.clock.js';
import { grantStoreContract } from './grant-store.contract-suite.js';
import { SqliteAuditSink } from './sqlite.audit-sink.js';
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
    async holdsBody(grantId) {
      return database.row('SELECT 1 FROM bodies WHERE grant_id = ?', grantId) !== undefined;
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

describe('SQLite', () => {
  const ada = principal();
  const holder = { by: 'principal', principal: ada } as const;
  let folder: string;
  let clock: ManualClock;
  let database: SqliteDatabase;
  let store: SqliteGrantStore;
  const changes = () => database.row<{ n: number }>('SELECT total_changes() AS n')?.n;
  const count = (table: string) => database.row<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)?.n;

  /** Tries to open the folder in another process. With `crash` that process ends as by kill -9, still holding it. */
  function elsewhere(crash: boolean): string {
    const script = `
      const Database = require('libsql');
      const file = new Database(process.argv[1]);
      try { file.exec('BEGIN EXCLUSIVE'); console.log('opened'); } catch (error) { console.log(error.code); }
      if (process.argv[2] === 'true') process.kill(process.pid, 'SIGKILL');`;
    const args = ['-e', script, join(folder, 'store.lock'), String(crash)];
    return spawnSync(process.execPath, args).stdout.toString().trim();
  }

  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'countersign-sqlite-')), 'data');
    clock = new ManualClock();
    database = new SqliteDatabase(folder);
    store = new SqliteGrantStore(database, clock, settings);
  });
  afterEach(() => {
    database.close();
    rmSync(join(folder, '..'), { recursive: true, force: true });
  });

  it('keeps its folder to its owner, and every commit on disk', () => {
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(database.row('PRAGMA journal_mode')).toMatchObject({ journal_mode: 'wal' });
    expect(database.row('PRAGMA synchronous')).toMatchObject({ synchronous: 2 });
  });

  it('store_in_use: a second opening is refused, and a process that was killed leaves nothing behind', () => {
    expect(() => new SqliteDatabase(folder)).toThrow(expect.objectContaining({ code: 'store_in_use' }));
    expect(elsewhere(false)).toBe('SQLITE_BUSY');
    database.close();
    expect(elsewhere(true)).toBe('opened');
    database = new SqliteDatabase(folder);
    expect(database.row('SELECT count(*) AS n FROM grants')).toMatchObject({ n: 0 });
  });

  it('brings the data of an older version to this one, and keeps them', async () => {
    const asked = await store.ask(ada, (view) => ask(view, callQuestion(), SETTINGS, 0));
    database.run('DROP INDEX grants_refused');
    database.run('PRAGMA user_version = 1');
    database.close();
    database = new SqliteDatabase(folder);
    const indexes = database.rows<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'index'");
    expect(indexes.map(({ name }) => name)).toContain('grants_refused');
    expect(database.row<{ id: string }>('SELECT id FROM grants')?.id).toBe(asked.grant.id);
  });

  it('refuses the data of a newer version, and lets go of the folder', () => {
    database.run('PRAGMA user_version = 99');
    database.close();
    expect(() => new SqliteDatabase(folder)).toThrow(/newer version/);
    expect(elsewhere(false)).toBe('opened');
  });

  it('opening a warm session writes nothing; a visit is written once a minute', async () => {
    const first = await store.open(ada, 'Code');
    const before = changes();
    clock.advance(MINUTE_MS - 1);
    expect((await store.open(ada, 'Code')).session).toEqual(first.session);
    expect(changes()).toBe(before);
    clock.advance(1);
    expect((await store.open(ada)).session.seenAt).toBe(clock.at);
    expect((await store.open(ada)).session).toMatchObject({ clientName: 'Code', startedAt: first.session.startedAt });
  });

  it('I11: authority and requests end with the clock', async () => {
    const asked = await store.ask(ada, (view) => ask(view, callQuestion(), SETTINGS, 0));
    clock.advance(SETTINGS.requestTtlMs - 1);
    expect((await store.open(ada)).grants).toHaveLength(1);
    clock.advance(1);
    expect((await store.open(ada)).grants).toEqual([]);
    expect(await store.body(asked.grant.id, holder)).toBeNull();
    const late = store.apply(asked.grant.id, holder, (grant, now) => transition(grant, deny(grant.digest), now));
    await expect(late.catch(codeOf)).resolves.toBe('request_expired');
  });

  it('deletes bodies, grants, sessions and events when their time is over', async () => {
    const asked = await store.ask(ada, (view) => ask(view, callQuestion(), SETTINGS, 0));
    clock.advance(SETTINGS.requestTtlMs);
    await store.ask(principal({ subject: 'user_eve' }), (view) => ask(view, callQuestion(), SETTINGS, 0));
    expect(count('bodies')).toBe(1);
    clock.advance(settings.historyTtlMs);
    expect(await store.find(asked.grant.id, holder)).toBeNull();
    clock.advance(settings.sessionTtlMs);
    await store.ask(principal({ subject: 'user_mae' }), (view) => ask(view, callQuestion(), SETTINGS, 0));
    expect([count('grants'), count('bodies'), count('sessions'), count('audit_events')]).toEqual([1, 1, 1, 2]);
  });

  it('I37: a database that cannot be used is store_unavailable', async () => {
    database.close();
    await expect(store.open(ada).catch(codeOf)).resolves.toBe('store_unavailable');
    const asked = store.ask(ada, (view) => ask(view, callQuestion(), SETTINGS, 0));
    await expect(asked.catch(codeOf)).resolves.toBe('store_unavailable');
    expect(() => database.join(() => {})).toThrow(expect.objectContaining({ code: 'store_unavailable' }));
  });

  it('I37: a fact that cannot be written is audit_unavailable; a grant whose fact cannot be is store_unavailable', async () => {
    const sink = new SqliteAuditSink(database);
    const event = auditEvent(
      'session.started',
      clock.at,
      { type: 'client', clientId: ada.clientId },
      { principal: ada },
    );
    const asked = await store.ask(ada, (view) => ask(view, callQuestion(), SETTINGS, 0));
    database.run('DROP TABLE audit_events');
    await expect(sink.append(event).then(() => 'appended', codeOf)).resolves.toBe('audit_unavailable');
    const denied = store.apply(asked.grant.id, holder, (grant, now) => transition(grant, deny(grant.digest), now));
    await expect(denied.then(() => 'denied', codeOf)).resolves.toBe('store_unavailable');
    expect((await store.find(asked.grant.id, holder))?.grant.status).toBe('pending');
    database.close();
    await expect(sink.append(event).then(() => 'appended', codeOf)).resolves.toBe('audit_unavailable');
  });
});
