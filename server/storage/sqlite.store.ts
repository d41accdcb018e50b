import { EventEmitter } from 'node:events';
import { type AuditEvent, auditEvent } from '../audit/audit-event.js';
import { type AuthorityGrant, isLive, liveUntil, type Moment } from '../grants/authority-grant.js';
import {
  type Asked,
  type Found,
  type GrantChoices,
  type GrantPage,
  type GrantQuery,
  GrantStore,
  type Holder,
  type QuestionView,
  type SessionView,
  type Transition,
} from '../grants/grant-store.port.js';
import type { Clock } from '../kernel/clock.port.js';
import { isGrantId, sessionTag } from '../kernel/ids.js';
import { type Principal, sessionKey } from '../kernel/principal.js';
import type { Session } from '../sessions/session.js';
import type { SessionStore } from '../sessions/session-store.port.js';
import { positionOf } from './grant-listing.js';
import { writeEvent } from './sqlite.audit-sink.js';
import type { SqliteDatabase } from './sqlite.database.js';
import { deniedGrants, enterChoices, listGrants, readChoices } from './sqlite.listing.js';
import { checkInTime, grantNotFound, holderField, oldestFirst, sessionTaken } from './store-rules.js';
import { SEEN_INTERVAL_MS, type StoreSettings } from './store-settings.js';

/** A commit that returned is never lost, so authority outlives a restart. */
const EPOCH = 'sqlite';

interface SessionRow {
  readonly key: string;
  readonly client_name: string | null;
  readonly started_at: number;
  readonly seen_at: number;
}

/** Sessions and grants in the embedded database. This process's clock is the store's: it is the only one there is. */
export class SqliteGrantStore extends GrantStore implements SessionStore {
  readonly #changes = new EventEmitter().setMaxListeners(0);

  constructor(
    private readonly database: SqliteDatabase,
    private readonly clock: Clock,
    private readonly settings: StoreSettings,
  ) {
    super();
    this.#sweep(this.#moment());
  }

  async identify(principal: Principal, clientName?: string): Promise<Session> {
    return this.#session(principal, this.#moment(), clientName);
  }

  async open(principal: Principal, clientName?: string): Promise<SessionView> {
    return this.#view(principal, this.#moment(), clientName);
  }

  async ask(principal: Principal, decide: (view: QuestionView) => Asked): Promise<Found> {
    const moment = this.#moment();
    const changed: string[] = [];
    const found = this.database.transaction(() => {
      const denied = deniedGrants(this.database, principal, moment);
      const asked = decide({ ...this.#view(principal, moment), denied });
      if ('existing' in asked) return { ...moment, grant: asked.existing };
      for (const { grant, event } of [...asked.withdrawn, asked]) {
        this.#write(grant, event, moment);
        changed.push(grant.id);
      }
      enterChoices(this.database, asked.grant, this.#keptUntil(asked.grant, moment));
      if (asked.body !== null) {
        const values = [asked.grant.id, liveUntil(asked.grant), asked.body] as const;
        this.database.run('INSERT INTO bodies (grant_id, until, body) VALUES (?, ?, ?)', ...values);
      }
      this.#sweep(moment);
      return { ...moment, grant: asked.grant };
    });
    for (const id of changed) this.#changes.emit('change', id);
    return found;
  }

  /** Everything in one transaction of one process: there is no race to lose, and what the caller knows is read again. */
  async apply(
    id: string,
    holder: Holder,
    decide: (grant: AuthorityGrant, moment: Moment) => Transition,
  ): Promise<Found> {
    const moment = this.#moment();
    const { grant, event } = this.database.transaction(() => {
      const current = this.#read(id, holder);
      if (current === null) throw grantNotFound();
      const transition = decide(current, moment);
      checkInTime(transition, moment.now);
      if (transition.event !== null) this.#write(transition.grant, transition.event, moment);
      return transition;
    });
    if (event !== null) this.#changes.emit('change', id);
    return { ...moment, grant };
  }

  async find(id: string, holder: Holder): Promise<Found | null> {
    const grant = this.#read(id, holder);
    return grant && { ...this.#moment(), grant };
  }

  async body(id: string, holder: Holder): Promise<Uint8Array | null> {
    const grant = this.#read(id, holder);
    if (grant === null || !isLive(grant, this.#moment())) return null;
    return this.database.row<{ body: Uint8Array }>('SELECT body FROM bodies WHERE grant_id = ?', id)?.body ?? null;
  }

  async list(userId: string, query: GrantQuery): Promise<GrantPage> {
    return listGrants(this.database, userId, query, this.#moment());
  }

  async choices(userId: string): Promise<GrantChoices> {
    return readChoices(this.database, userId, this.#moment());
  }

  onChange(listener: (grantId: string) => void): () => void {
    this.#changes.on('change', listener);
    return () => this.#changes.off('change', listener);
  }

  #moment(): Moment {
    return { now: this.clock.now(), epoch: EPOCH };
  }

  #view(principal: Principal, moment: Moment, clientName?: string): SessionView {
    const session = this.#session(principal, moment, clientName);
    const live = 'SELECT record FROM grants WHERE tag = ? AND live_until > ?';
    const grants = this.database
      .rows<{ record: string }>(live, session.tag, moment.now)
      .map(({ record }) => JSON.parse(record) as AuthorityGrant)
      .filter((grant) => isLive(grant, moment));
    return { ...moment, session, grants: grants.sort(oldestFirst) };
  }

  #session(principal: Principal, moment: Moment, clientName?: string): Session {
    const tag = sessionTag(this.settings.tagKey, principal);
    const key = sessionKey(principal);
    const row = this.database.row<SessionRow>('SELECT * FROM sessions WHERE tag = ?', tag);
    if (row && row.key !== key) throw sessionTaken();
    const isNew = !row || moment.now >= row.seen_at + this.settings.sessionTtlMs;
    const name = clientName ?? (isNew ? null : row.client_name);
    const startedAt = isNew ? moment.now : row.started_at;
    const isWarm = !isNew && name === row.client_name && moment.now < row.seen_at + SEEN_INTERVAL_MS;
    if (isWarm) return { tag, principal, clientName: name, startedAt, seenAt: row.seen_at };
    const save = () => {
      const values = [tag, key, name, startedAt, moment.now] as const;
      this.database.run('INSERT OR REPLACE INTO sessions VALUES (?, ?, ?, ?, ?)', ...values);
      if (!isNew) return;
      const actor = { type: 'client', clientId: principal.clientId } as const;
      writeEvent(this.database, auditEvent('session.started', moment.now, actor, { principal }));
    };
    this.database.join(save);
    return { tag, principal, clientName: name, startedAt, seenAt: moment.now };
  }

  #read(id: string, holder: Holder): AuthorityGrant | null {
    if (!isGrantId(id)) return null;
    const [field, value] = holderField(holder);
    const sql = `SELECT record FROM grants WHERE id = ? AND ${field} = ? AND kept_until > ?`;
    const row = this.database.row<{ record: string }>(sql, id, value, this.#moment().now);
    return row ? (JSON.parse(row.record) as AuthorityGrant) : null;
  }

  #write(grant: AuthorityGrant, event: AuditEvent | null, moment: Moment): void {
    const until = liveUntil(grant);
    const kept = this.#keptUntil(grant, moment);
    const { subject } = grant.principal;
    const owner = [
      grant.id,
      sessionTag(this.settings.tagKey, grant.principal),
      sessionKey(grant.principal),
      subject,
    ] as const;
    const state = [grant.version, positionOf(grant), until, kept, JSON.stringify(grant)] as const;
    this.database.run('INSERT OR REPLACE INTO grants VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)', ...owner, ...state);
    if (until > moment.now) this.database.run('UPDATE bodies SET until = ? WHERE grant_id = ?', until, grant.id);
    else this.database.run('DELETE FROM bodies WHERE grant_id = ?', grant.id);
    if (event !== null) writeEvent(this.database, event);
  }

  #keptUntil(grant: AuthorityGrant, { now }: Moment): number {
    return Math.max(liveUntil(grant), now) + this.settings.historyTtlMs;
  }

  /** Deletes what is over. Cheap: an index leads to the few rows. */
  #sweep({ now }: Moment): void {
    this.database.join(() => {
      this.database.run('DELETE FROM bodies WHERE until <= ?', now);
      this.database.run('DELETE FROM grants WHERE kept_until <= ?', now);
      this.database.run('DELETE FROM choices WHERE kept_until <= ?', now);
      this.database.run('DELETE FROM sessions WHERE seen_at <= ?', now - this.settings.sessionTtlMs);
      this.database.run('DELETE FROM audit_events WHERE at <= ?', now - this.settings.historyTtlMs);
    });
  }
}
