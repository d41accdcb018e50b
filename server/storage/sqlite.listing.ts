import type { AuthorityGrant, Moment } from '../grants/authority-grant.js';
import { COOL_DOWN_MAX_MS } from '../grants/cool-down.js';
import type { GrantPage, GrantQuery } from '../grants/grant-store.port.js';
import type { Principal } from '../kernel/principal.js';
import { cursorOf, isListed, positionAt, positionOf } from './grant-listing.js';
import type { SqliteDatabase } from './sqlite.database.js';

const STRETCH = 100;

/** Sorts after every position. */
const HIGHEST = ':';

/** One page of a person's grants, newest first. What is listed is decided by the grants themselves, as they are now. */
export function listGrants(database: SqliteDatabase, userId: string, query: GrantQuery, moment: Moment): GrantPage {
  const lowest = positionAt(query.from ?? 0);
  const liveAfter = query.state === 'ended' ? -1 : moment.now;
  const sql = `SELECT position, record FROM grants WHERE user = ? AND position < ? AND position >= ?
    AND live_until > ? AND kept_until > ? ORDER BY position DESC LIMIT ${STRETCH}`;
  const grants: AuthorityGrant[] = [];
  for (let before = cursorOf(query) ?? HIGHEST; ; ) {
    const rows = database.rows<{ position: string; record: string }>(
      sql,
      userId,
      before,
      lowest,
      liveAfter,
      moment.now,
    );
    for (const { record } of rows) {
      const grant = JSON.parse(record) as AuthorityGrant;
      if (isListed(grant, query, moment)) grants.push(grant);
    }
    const last = rows.at(-1);
    if (!last || rows.length < STRETCH || grants.length > query.limit) break;
    before = last.position;
  }
  const shown = grants.slice(0, query.limit);
  const final = shown.at(-1);
  return { ...moment, grants: shown, nextCursor: final && grants.length > query.limit ? positionOf(final) : null };
}

/** What a person denied to a client of late. An index of its own leads to the few rows. */
export function deniedGrants(
  database: SqliteDatabase,
  { subject, clientId }: Principal,
  { now }: Moment,
): readonly AuthorityGrant[] {
  const sql = `SELECT record FROM grants WHERE user = ? AND json_extract(record, '$.status') = 'denied'
    AND json_extract(record, '$.endedAt') > ?`;
  return database
    .rows<{ record: string }>(sql, subject, now - COOL_DOWN_MAX_MS)
    .map(({ record }) => JSON.parse(record) as AuthorityGrant)
    .filter((grant) => grant.principal.clientId === clientId);
}
