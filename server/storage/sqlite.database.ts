import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { OnApplicationShutdown } from '@nestjs/common';
import Database from 'libsql';
import { DomainError, type ErrorCode } from '../kernel/domain-error.js';
import { SCHEMA, SCHEMA_VERSION } from './sqlite.schema.js';

export type SqlValue = string | number | null | Uint8Array;

/** The embedded database in a folder of its own, for one process. A commit that returned survives a crash of the machine. */
export class SqliteDatabase implements OnApplicationShutdown {
  readonly #lock: Database.Database;
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  /** @throws DomainError `store_in_use` when another process has the folder open. */
  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    this.#lock = lock(folder);
    this.#database = new Database(join(folder, 'countersign.db'));
    this.#database.pragma('journal_mode = WAL');
    this.#database.pragma('synchronous = FULL');
    this.#migrate(folder);
  }

  /** Runs `work` as one transaction: all of it is durable when this returns, or nothing of it happened. */
  transaction<T>(work: () => T, code: ErrorCode = 'store_unavailable'): T {
    return guarded(code, () => this.#database.transaction(work).immediate());
  }

  /** As `transaction`, or as a part of the one that is open. */
  join(work: () => void): void {
    if (this.#isWithin()) work();
    else this.transaction(work);
  }

  run(sql: string, ...values: SqlValue[]): number {
    return this.#one(() => this.#statement(sql).run(values).changes);
  }

  /** The first row, or `undefined`. */
  row<T>(sql: string, ...values: SqlValue[]): T | undefined {
    return this.#one(() => this.#statement(sql).get(values) as T | undefined);
  }

  rows<T>(sql: string, ...values: SqlValue[]): T[] {
    return this.#one(() => this.#statement(sql).all(values) as T[]);
  }

  close(): void {
    this.#statements.clear();
    if (this.#database.open) this.#database.close();
    if (this.#lock.open) this.#lock.close();
  }

  onApplicationShutdown(): void {
    this.close();
  }

  /** Within a transaction the driver's error goes on as it is, so that the transaction's own code names it. */
  #one<T>(work: () => T): T {
    return this.#isWithin() ? work() : guarded('store_unavailable', work);
  }

  /** The driver brings the whole process down when it is asked this of a closed database. */
  #isWithin(): boolean {
    return this.#database.open && this.#database.inTransaction;
  }

  #statement(sql: string): Database.Statement {
    const known = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, known);
    return known;
  }

  #migrate(folder: string): void {
    const version = this.row<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
    if (version === SCHEMA_VERSION) return;
    if (version > SCHEMA_VERSION) {
      this.close();
      throw new DomainError(
        'store_unavailable',
        `The data in ${folder} is of a newer version. Start that version, or use another folder.`,
      );
    }
    this.transaction(() => this.#database.exec(`${SCHEMA} PRAGMA user_version = ${SCHEMA_VERSION};`));
  }
}

/** SQLite's own lock on a file of its own: the operating system drops it with the process, however that ends. */
function lock(folder: string): Database.Database {
  const file = new Database(join(folder, 'store.lock'));
  try {
    file.exec('BEGIN EXCLUSIVE');
    return file;
  } catch (cause) {
    file.close();
    throw new DomainError(
      'store_in_use',
      `Another process has the data folder ${folder} open. Stop it, use another folder, or set REDIS_URL to run several.`,
      {},
      { cause },
    );
  }
}

function guarded<T>(code: ErrorCode, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isDriverError(error)) throw error;
    throw new DomainError(
      code,
      'The store cannot be used. Nothing was done.',
      { retryAfterMs: 1_000 },
      { cause: error },
    );
  }
}

/** The driver says that it was closed by a TypeError of its own; every other one is ours to find. */
function isDriverError(error: unknown): boolean {
  const { name, message } = Object(error) as Partial<Error>;
  return name === 'SqliteError' || message === 'The database connection is not open';
}
