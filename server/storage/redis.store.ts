import type { OnModuleDestroy } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { auditEvent } from '../audit/audit-event.js';
import { type AuthorityGrant, isLive, type Moment } from '../grants/authority-grant.js';
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
import { isGrantId, sessionTag } from '../kernel/ids.js';
import { type Principal, sessionKey } from '../kernel/principal.js';
import type { Session } from '../sessions/session.js';
import type { SessionStore } from '../sessions/session-store.port.js';
import { RedisApplyQueue } from './redis.apply.js';
import { RedisChanges } from './redis.changes.js';
import { type Change, changeOf, commit } from './redis.commit.js';
import { grantKeys, sessionKeys } from './redis.keys.js';
import { RedisScript } from './redis.script.js';
import { Deadline, RedisTime } from './redis.time.js';
import { RedisUserIndex } from './redis.user-index.js';
import { holderField, oldestFirst, sessionTaken } from './store-rules.js';
import { SEEN_INTERVAL_MS, type StoreSettings } from './store-settings.js';
import { Turns } from './turns.js';

const OPEN = new RedisScript('open');
const FIND = new RedisScript('find');

type OpenAnswer = ['ok', number, string, string, string | null, string, string, string[]] | ['stranger'];

/** A session's view with the number of questions that were put before: what a new question competes for. */
interface Opened {
  readonly view: SessionView;
  readonly questions: string;
}

/** Sessions and grants in Redis, for any number of processes. The client is the caller's, with `REDIS_REQUEST_OPTIONS`. */
export class RedisGrantStore extends GrantStore implements SessionStore, OnModuleDestroy {
  readonly #turns = new Turns();
  readonly #time = new RedisTime();
  readonly #changes: RedisChanges;
  readonly #index: RedisUserIndex;
  readonly #queue: RedisApplyQueue;

  constructor(
    private readonly client: Redis,
    private readonly settings: StoreSettings,
  ) {
    super();
    this.#changes = new RedisChanges(client);
    this.#index = new RedisUserIndex(client, settings, (id, userId) => this.find(id, { by: 'user', userId }));
    this.#queue = new RedisApplyQueue({
      time: this.#time,
      find: (id, holder) => this.find(id, holder),
      enter: (grant) => this.#index.enter(grant),
      commit: (holder, moment, changes) => this.#commit(holder, moment, changes),
    });
  }

  onModuleDestroy(): void {
    this.#changes.close();
  }

  async identify(principal: Principal, clientName?: string): Promise<Session> {
    return (await this.#open(principal, clientName)).view.session;
  }

  async open(principal: Principal, clientName?: string): Promise<SessionView> {
    return (await this.#open(principal, clientName)).view;
  }

  async ask(principal: Principal, decide: (view: QuestionView) => Asked): Promise<Found> {
    const deadline = new Deadline();
    const holder: Holder = { by: 'principal', principal };
    return this.#turns.take(sessionTag(this.settings.tagKey, principal), async () => {
      for (;;) {
        deadline.check();
        const [{ view, questions }, denied] = await Promise.all([this.#open(principal), this.#index.denied(principal)]);
        const asked = decide({ ...view, denied });
        if ('existing' in asked) return { ...momentOf(view), grant: asked.existing };
        await this.#index.enter(asked.grant);
        const created: Change = {
          follows: 0,
          notAfter: null,
          grant: asked.grant,
          events: [asked.event],
          body: asked.body,
        };
        const withdrawn = asked.withdrawn.map((transition) => changeOf([transition], transition.grant.version - 1));
        const answer = await this.#commit(holder, view, [created, ...withdrawn], questions);
        if (answer.kind === 'ok') return { ...answer.moment, grant: asked.grant };
      }
    });
  }

  apply(
    id: string,
    holder: Holder,
    decide: (grant: AuthorityGrant, moment: Moment) => Transition,
    known?: Found,
  ): Promise<Found> {
    return this.#queue.apply(id, holder, decide, known ?? null);
  }

  async find(id: string, holder: Holder): Promise<Found | null> {
    return (await this.#find(id, holder, ''))?.found ?? null;
  }

  async body(id: string, holder: Holder): Promise<Uint8Array | null> {
    const read = await this.#find(id, holder, 'body');
    return read && isLive(read.found.grant, read.found) ? read.body : null;
  }

  list(userId: string, query: GrantQuery): Promise<GrantPage> {
    return this.#index.list(userId, query);
  }

  choices(userId: string): Promise<GrantChoices> {
    return this.#index.choices(userId);
  }

  onChange(listener: (grantId: string) => void): () => void {
    return this.#changes.add(listener);
  }

  async #open(principal: Principal, clientName?: string): Promise<Opened> {
    const tag = sessionTag(this.settings.tagKey, principal);
    const keys = sessionKeys(tag);
    const { sessionTtlMs, historyTtlMs } = this.settings;
    const began = auditEvent('session.started', 0, { type: 'client', clientId: principal.clientId }, { principal });
    const args = [
      sessionKey(principal),
      keys.grantPrefix,
      clientName ?? '',
      sessionTtlMs,
      SEEN_INTERVAL_MS,
      historyTtlMs,
    ];
    const answer = (await OPEN.run(
      this.client,
      [keys.session, keys.live, keys.audit],
      [...args, JSON.stringify(began)],
    )) as OpenAnswer;
    if (answer[0] === 'stranger') throw sessionTaken();
    const [, now, epoch, questions, name, startedAt, seenAt, records] = answer;
    this.#time.heard(now);
    const grants = records.map(parse).filter((grant) => isLive(grant, { now, epoch }));
    const session = { tag, principal, clientName: name, startedAt: Number(startedAt), seenAt: Number(seenAt) };
    return { questions, view: { now, epoch, session, grants: grants.sort(oldestFirst) } };
  }

  async #commit(holder: Holder, moment: Moment, changes: readonly [Change, ...Change[]], questions?: string) {
    const answer = await commit(this.client, this.settings.historyTtlMs, holder, moment.epoch, changes, questions);
    this.#time.heard(answer.moment.now);
    return answer;
  }

  async #find(id: string, holder: Holder, wanted: 'body' | '') {
    if (!isGrantId(id)) return null;
    const { grant, body } = grantKeys(id);
    const answer = await FIND.runForBytes(this.client, [grant, body], [...holderField(holder), wanted]);
    const [now, epoch, record, bytes] = answer as [number, Buffer, Buffer | null, Buffer | null];
    this.#time.heard(now);
    if (record === null) return null;
    const found: Found = { now, epoch: epoch.toString(), grant: parse(record.toString()) };
    return { found, body: bytes };
  }
}

function momentOf({ now, epoch }: Moment): Moment {
  return { now, epoch };
}

function parse(record: string): AuthorityGrant {
  return JSON.parse(record) as AuthorityGrant;
}
