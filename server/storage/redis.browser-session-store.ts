import type { Redis } from 'ioredis';
import {
  BROWSER_SESSION_IDLE_MS,
  BROWSER_SESSION_MAX_MS,
  type BrowserSession,
  type BrowserSessionChanges,
} from '../auth/browser-session.js';
import { BrowserSessionStore } from '../auth/browser-session-store.port.js';
import { browserSessionKey } from './redis.keys.js';
import { RedisScript, unavailable } from './redis.script.js';

const WRITE = new RedisScript('browser-session');

/** Browser sessions in Redis, which ends them by itself. */
export class RedisBrowserSessionStore extends BrowserSessionStore {
  constructor(private readonly client: Redis) {
    super();
  }

  async save(session: BrowserSession): Promise<void> {
    const { seenAt, sealed, startedAt } = session;
    await this.#write('save', session.id, { record: JSON.stringify(session), seenAt, sealed, startedAt });
  }

  async find(id: string): Promise<BrowserSession | null> {
    const fields = await this.client.hgetall(browserSessionKey(id)).catch((error: unknown) => {
      throw unavailable(error);
    });
    const { record, seenAt, sealed } = fields;
    if (record === undefined) return null;
    return { ...(JSON.parse(record) as BrowserSession), seenAt: Number(seenAt), sealed: sealed ?? '' };
  }

  async update(id: string, changes: BrowserSessionChanges): Promise<boolean> {
    return (await this.#write('update', id, changes)) === 1;
  }

  async delete(id: string): Promise<void> {
    await this.client.del(browserSessionKey(id)).catch((error: unknown) => {
      throw unavailable(error);
    });
  }

  #write(
    how: 'save' | 'update',
    id: string,
    fields: Readonly<Record<string, string | number | undefined>>,
  ): Promise<unknown> {
    const written = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [name, value]));
    return WRITE.run(
      this.client,
      [browserSessionKey(id)],
      [how, BROWSER_SESSION_IDLE_MS, BROWSER_SESSION_MAX_MS, ...written],
    );
  }
}
