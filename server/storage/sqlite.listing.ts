import type { AuthorityGrant, Moment } from '../grants/authority-grant.js';
import { COOL_DOWN_MAX_MS } from '../grants/cool-down.js';
import type { GrantChoices, GrantPage, GrantQuery } from '../grants/grant-store.port.js';
import type { Principal } from '../kernel/principal.js';
import { type Choice, choicesOf, joinChoices } from './grant-choices.js';
import { gather, MARGIN_MS, positionAt, STRETCH } from './grant-listing.js';
import type { SqliteDatabase } from './sqlite.database.js';

/** Sorts after every position. */
const HIGHEST = ':';

/** One page of a person's grants, newest first. What is listed is decided by the grants themselves, as they are now. */
export function listGrants(
  database: SqliteDatabase,
  userId: string,
  query: GrantQuery,
  moment: Moment,
): Promise<GrantPage> {
  const lowest = positionAt(query.from ?? 0);
  const liveAfter = query.state === 'ended' ? -1 : moment.now;
  const sql = `SELECT position, record FROM grants WHERE user = ? AND position < ? AND position >= ?
    AND live_until > ? AND kept_until > ? ORDER BY position DESC LIMIT ${STRETCH}`;
  return gather(query, async (before) => {
    const values = [userId, before ?? HIGHEST, lowest, liveAfter, moment.now] as const;
    const rows = database.rows<{ position: string; record: string }>(sql, ...values);
    const grants = rows.map(({ record }) => JSON.parse(record) as AuthorityGrant);
    return { moment, grants, last: (rows.length === STRETCH && rows.at(-1)?.position) || null };
  });
}

/** Once for every question: what a list can be narrowed to is not searched for in its records. */
export function enterChoices(database: SqliteDatabase, grant: AuthorityGrant, keptUntil: number): void {
  for (const [kind, id, name = null] of choicesOf(grant)) {
    const values = [grant.principal.subject, kind, id, name, keptUntil + MARGIN_MS] as const;
    database.run('INSERT OR REPLACE INTO choices VALUES (?, ?, ?, ?, ?)', ...values);
  }
}

export function readChoices(database: SqliteDatabase, userId: string, { now }: Moment): GrantChoices {
  const sql = 'SELECT kind, id, name FROM choices WHERE user = ? AND kept_until > ?';
  const rows = database.rows<{ kind: Choice[0]; id: string; name: string | null }>(sql, userId, now);
  return joinChoices(rows.map(({ kind, id, name }): Choice => (kind === 'client' ? [kind, id, name] : [kind, id])));
}

/** What a person refused a client of late: `refusedAt`, as SQL says it. An index of its own leads to the few rows. */
export function deniedGrants(
  database: SqliteDatabase,
  { subject, clientId }: Principal,
  { now }: Moment,
): readonly AuthorityGrant[] {
  const sql = `SELECT record FROM grants WHERE user = ?
    AND (json_extract(record, '$.status') = 'denied' OR json_extract(record, '$.withdrawReason') = 'declined')
    AND json_extract(record, '$.endedAt') > ?`;
  return database
    .rows<{ record: string }>(sql, subject, now - COOL_DOWN_MAX_MS)
    .map(({ record }) => JSON.parse(record) as AuthorityGrant)
    .filter((grant) => grant.principal.clientId === clientId);
}
