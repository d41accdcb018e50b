import type { AuditEvent } from '../audit/audit-event.js';
import { AuditSink } from '../audit/audit-sink.port.js';
import type { SqliteDatabase } from './sqlite.database.js';

/** Appends to the embedded database; durable when it resolves. */
export class SqliteAuditSink extends AuditSink {
  constructor(private readonly database: SqliteDatabase) {
    super();
  }

  async append(event: AuditEvent): Promise<void> {
    this.database.transaction(() => writeEvent(this.database, event), 'audit_unavailable');
  }
}

/** Writes one event within the caller's transaction. */
export function writeEvent(database: SqliteDatabase, event: AuditEvent): void {
  database.run('INSERT INTO audit_events (at, event) VALUES (?, ?)', event.at, JSON.stringify(event));
}
