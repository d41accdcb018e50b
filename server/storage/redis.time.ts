import { DomainError } from '../kernel/domain-error.js';

/** After this a new try is not begun, so that with the command's own time limit everyone has an answer within 1 s. */
const TRY_UNTIL_MS = 450;

/** Bounds what one caller waits: turns and lost races together. */
export class Deadline {
  readonly #begunAt = performance.now();

  /** @throws DomainError `store_unavailable` */
  check(): void {
    if (performance.now() - this.#begunAt < TRY_UNTIL_MS) return;
    throw new DomainError('store_unavailable', 'The store is too busy. Nothing was done. Try again.', {
      retryAfterMs: 1_000,
    });
  }
}

/**
 * Guesses Redis's clock between two answers, never ahead of it: for the instant that is written into a record before the
 * script judges it by the real one.
 */
export class RedisTime {
  #ahead: number | null = null;

  heard(now: number): void {
    this.#ahead = now - performance.now();
  }

  guess(): number {
    return this.#ahead === null ? 0 : Math.floor(this.#ahead + performance.now());
  }
}
