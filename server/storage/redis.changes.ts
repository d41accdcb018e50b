import type { Redis } from 'ioredis';
import { CHANGES_CHANNEL } from './redis.keys.js';
import { REDIS_SUBSCRIBER_OPTIONS } from './redis.options.js';

/** Hears of changed grants, by whichever process, over one connection of its own that opens with the first listener. */
export class RedisChanges {
  readonly #listeners = new Set<(grantId: string) => void>();
  #subscriber: Redis | null = null;

  constructor(private readonly client: Redis) {}

  add(listener: (grantId: string) => void): () => void {
    this.#subscriber ??= this.#subscribe();
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#listeners.clear();
    this.#subscriber?.disconnect();
    this.#subscriber = null;
  }

  #subscribe(): Redis {
    const subscriber = this.client.duplicate(REDIS_SUBSCRIBER_OPTIONS);
    subscriber.on('message', (_channel: string, grantId: string) => {
      for (const listener of [...this.#listeners]) listener(grantId);
    });
    // It reconnects by itself; whoever waits meanwhile is answered by its own time limit.
    subscriber.on('error', () => {});
    subscriber.subscribe(CHANGES_CHANNEL).catch(() => {});
    return subscriber;
  }
}
