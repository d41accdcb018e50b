import {
  BROWSER_SESSION_IDLE_MS,
  BROWSER_SESSION_MAX_MS,
  type BrowserSession,
  type BrowserSessionChanges,
} from '../auth/browser-session.js';
import { BrowserSessionStore } from '../auth/browser-session-store.port.js';
import type { Clock } from '../kernel/clock.port.js';
import type { SqliteDatabase } from './sqlite.database.js';

/** Browser sessions in the embedded database. One that is over is deleted by the next that is saved. */
export class SqliteBrowserSessionStore extends BrowserSessionStore {
  constructor(
    private readonly database: SqliteDatabase,
    private readonly clock: Clock,
  ) {
    super();
  }

  async save(session: BrowserSession): Promise<void> {
    this.database.transaction(() => {
      this.database.run('DELETE FROM browser_sessions WHERE until <= ?', this.clock.now());
      this.#write(session);
    });
  }

  async find(id: string): Promise<BrowserSession | null> {
    return this.#read(id);
  }

  async update(id: string, changes: BrowserSessionChanges): Promise<boolean> {
    return this.database.transaction(() => {
      const session = this.#read(id);
      if (session) {
        const { seenAt = session.seenAt, sealed = session.sealed } = changes;
        this.#write({ ...session, seenAt, sealed });
      }
      return session !== null;
    });
  }

  async delete(id: string): Promise<void> {
    this.database.run('DELETE FROM browser_sessions WHERE id = ?', id);
  }

  #read(id: string): BrowserSession | null {
    const sql = 'SELECT record FROM browser_sessions WHERE id = ? AND until > ?';
    const row = this.database.row<{ record: string }>(sql, id, this.clock.now());
    return row ? (JSON.parse(row.record) as BrowserSession) : null;
  }

  #write(session: BrowserSession): void {
    const until = Math.min(session.seenAt + BROWSER_SESSION_IDLE_MS, session.startedAt + BROWSER_SESSION_MAX_MS);
    this.database.run(
      'INSERT OR REPLACE INTO browser_sessions VALUES (?, ?, ?)',
      session.id,
      until,
      JSON.stringify(session),
    );
  }
}
