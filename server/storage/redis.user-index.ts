import type { Redis } from 'ioredis';
import { type AuthorityGrant, EXECUTING_MAX_MS, isLive, liveUntil, type Moment } from '../grants/authority-grant.js';
import { COOL_DOWN_MAX_MS } from '../grants/cool-down.js';
import type { Found, GrantPage, GrantQuery } from '../grants/grant-store.port.js';
import type { Principal } from '../kernel/principal.js';
import { cursorOf, idAt, instantAt, isListed, positionAt, positionOf } from './grant-listing.js';
import { indexKeys } from './redis.keys.js';
import { RedisScript, unavailable } from './redis.script.js';
import type { StoreSettings } from './store-settings.js';

const STRETCH = 100;

/** A page that would look further than this stops short, with a cursor: no question keeps the store busy for long. */
const LOOKED_AT_MAX = 1_000;

/** An entry without a grant may be one whose grant is just being written. */
const STALE_AFTER_MS = 60_000;

/** Entries outlive the history by more than any request waits or authority lasts. */
const MARGIN_MS = 7 * 24 * 3_600_000;

/** A denial is entered a moment before it is written. */
const DENIED_KEPT_MS = COOL_DOWN_MAX_MS + 60_000;

const INDEX = new RedisScript('index');
const DENY = new RedisScript('deny');
const LIST = new RedisScript('list');

/** A person's grants over all sessions. The grants are the truth: an entry that leads nowhere is dropped. */
export class RedisUserIndex {
  constructor(
    private readonly client: Redis,
    private readonly settings: StoreSettings,
    private readonly find: (id: string, userId: string) => Promise<Found | null>,
  ) {}

  /** Called before the grant is written, so that no grant is ever missing from its person's lists. */
  async enter(grant: AuthorityGrant): Promise<void> {
    const { live, history, denied } = this.#keys(grant.principal.subject);
    if (grant.status === 'denied') {
      await DENY.run(this.client, [denied], [grant.id, DENIED_KEPT_MS]);
      return;
    }
    const kept = this.settings.historyTtlMs + MARGIN_MS;
    await INDEX.run(
      this.client,
      [live, history],
      [grant.id, positionOf(grant), liveUntil(grant) + EXECUTING_MAX_MS, kept],
    );
  }

  /** What a person denied to a client of late. */
  async denied({ subject, clientId }: Principal): Promise<readonly AuthorityGrant[]> {
    const { members } = await this.#read(this.#keys(subject).denied, ['live']);
    const grants = (await this.#fetch(members, subject)).flatMap((found) => (found ? [found.grant] : []));
    return grants.filter(({ status, principal }) => status === 'denied' && principal.clientId === clientId);
  }

  async list(userId: string, query: GrantQuery): Promise<GrantPage> {
    return query.state === 'ended' ? this.#ended(userId, query) : this.#live(userId, query);
  }

  async #live(userId: string, query: GrantQuery): Promise<GrantPage> {
    const { live } = this.#keys(userId);
    const { moment, members } = await this.#read(live, ['live']);
    const cursor = cursorOf(query);
    const fetched = await this.#fetch(members, userId);
    // What has ended early must not be read again and again: a client could put questions and take them back without end.
    const over = fetched.flatMap((found) => (found && !isLive(found.grant, found) ? [found.grant.id] : []));
    await this.#remove(live, over);
    const grants = fetched
      .filter((found): found is Found => found !== null && isListed(found.grant, query, found))
      .map((found) => found.grant)
      .filter((grant) => cursor === null || positionOf(grant) < cursor)
      .sort((a, b) => (positionOf(a) < positionOf(b) ? 1 : -1));
    return pageOf(grants, query, moment);
  }

  async #ended(userId: string, query: GrantQuery): Promise<GrantPage> {
    const { history } = this.#keys(userId);
    const cursor = cursorOf(query);
    const lowest = `[${positionAt(query.from ?? 0)}`;
    let highest = query.to === undefined ? '+' : `(${positionAt(query.to)}/`;
    if (cursor !== null && (query.to === undefined || instantAt(cursor) <= query.to)) highest = `(${cursor}`;
    const grants: AuthorityGrant[] = [];
    for (let looked = 0; ; looked += STRETCH) {
      const { moment, members } = await this.#read(history, [highest, lowest, STRETCH]);
      const found = await this.#fetch(members.map(idAt), userId);
      for (const each of found) if (each && isListed(each.grant, query, each)) grants.push(each.grant);
      await this.#drop(
        history,
        members.filter((_, at) => found[at] === null),
        moment,
      );
      const last = members.at(-1);
      if (grants.length > query.limit || last === undefined || members.length < STRETCH)
        return pageOf(grants, query, moment);
      if (looked + STRETCH >= LOOKED_AT_MAX) return { ...pageOf(grants, query, moment), nextCursor: last };
      highest = `(${last}`;
    }
  }

  async #read(key: string, args: readonly (string | number)[]): Promise<{ moment: Moment; members: string[] }> {
    const [now, epoch, members] = (await LIST.run(this.client, [key], args)) as [number, string, string[]];
    return { moment: { now, epoch }, members };
  }

  /** One by one, since each lies in its session's slot; together, since they do not wait for each other. */
  #fetch(ids: readonly string[], userId: string): Promise<(Found | null)[]> {
    return Promise.all(ids.map((id) => this.find(id, userId)));
  }

  async #drop(key: string, missing: readonly string[], moment: Moment): Promise<void> {
    await this.#remove(
      key,
      missing.filter((position) => instantAt(position) < moment.now - STALE_AFTER_MS),
    );
  }

  async #remove(key: string, members: readonly string[]): Promise<void> {
    if (members.length === 0) return;
    await this.client.zrem(key, ...members).catch((error: unknown) => {
      throw unavailable(error);
    });
  }

  #keys(userId: string) {
    return indexKeys(this.settings.tagKey, userId);
  }
}

function pageOf(grants: readonly AuthorityGrant[], query: GrantQuery, moment: Moment): GrantPage {
  const shown = grants.slice(0, query.limit);
  const last = shown.at(-1);
  return { ...moment, grants: shown, nextCursor: last && grants.length > query.limit ? positionOf(last) : null };
}
