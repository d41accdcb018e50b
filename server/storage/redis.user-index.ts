import type { Redis } from 'ioredis';
import { type AuthorityGrant, EXECUTING_MAX_MS, isLive, liveUntil, type Moment } from '../grants/authority-grant.js';
import { COOL_DOWN_MAX_MS, refusedAt } from '../grants/cool-down.js';
import type { Found, GrantChoices, GrantPage, GrantQuery } from '../grants/grant-store.port.js';
import type { Principal } from '../kernel/principal.js';
import { type Choice, choicesOf, joinChoices } from './grant-choices.js';
import {
  cursorOf,
  gather,
  idAt,
  instantAt,
  isListed,
  MARGIN_MS,
  pageOf,
  positionAt,
  positionOf,
  STRETCH,
} from './grant-listing.js';
import { indexKeys } from './redis.keys.js';
import { RedisScript, unavailable } from './redis.script.js';
import type { StoreSettings } from './store-settings.js';

/** An entry without a grant may be one whose grant is just being written. */
const STALE_AFTER_MS = 60_000;

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
    const { live, history, choices, denied } = this.#keys(grant.principal.subject);
    if (refusedAt(grant) !== null) {
      await DENY.run(this.client, [denied], [grant.id, DENIED_KEPT_MS]);
      return;
    }
    const kept = this.settings.historyTtlMs + MARGIN_MS;
    await INDEX.run(
      this.client,
      [live, history, choices],
      [
        grant.id,
        positionOf(grant),
        liveUntil(grant) + EXECUTING_MAX_MS,
        kept,
        ...choicesOf(grant).map((choice) => JSON.stringify(choice)),
      ],
    );
  }

  /** What a person refused a client of late. */
  async denied({ subject, clientId }: Principal): Promise<readonly AuthorityGrant[]> {
    const { members } = await this.#read(this.#keys(subject).denied, ['live']);
    const grants = (await this.#fetch(members, subject)).flatMap((found) => (found ? [found.grant] : []));
    return grants.filter((grant) => refusedAt(grant) !== null && grant.principal.clientId === clientId);
  }

  async list(userId: string, query: GrantQuery): Promise<GrantPage> {
    return query.state === 'ended' ? this.#ended(userId, query) : this.#live(userId, query);
  }

  async choices(userId: string): Promise<GrantChoices> {
    const { members } = await this.#read(this.#keys(userId).choices, ['live']);
    return joinChoices(members.map((member) => JSON.parse(member) as Choice));
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
    return pageOf(grants, query, moment, grants.length);
  }

  #ended(userId: string, query: GrantQuery): Promise<GrantPage> {
    const { history } = this.#keys(userId);
    const lowest = `[${positionAt(query.from ?? 0)}`;
    return gather(query, async (before) => {
      const highest = before === null ? '+' : `(${before}`;
      const { moment, members } = await this.#read(history, [highest, lowest, STRETCH]);
      const found = await this.#fetch(members.map(idAt), userId);
      await this.#drop(
        history,
        members.filter((_, at) => found[at] === null),
        moment,
      );
      const grants = found.flatMap((each) => (each ? [each.grant] : []));
      return { moment, grants, last: (members.length === STRETCH && members.at(-1)) || null };
    });
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
