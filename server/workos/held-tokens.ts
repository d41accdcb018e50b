import type { TokenAnswer } from '../connections/token-vault.port.js';
import type { Clock } from '../kernel/clock.port.js';

interface Held {
  readonly answer: TokenAnswer;
  readonly until: number;
  readonly timer: NodeJS.Timeout;
}

interface Fetched {
  readonly answer: TokenAnswer;
  readonly expiresAt: number | null;
}

type Fetch = () => Promise<Fetched>;

const HELD_MS = 60_000;
const SPARE_MS = 60_000;
const MOST = 10_000;

/** Tokens in memory: at most 60 s, and never in the last minute of a token's life. A timer takes them out of memory. */
export class HeldTokens {
  readonly #held = new Map<string, Held>();
  readonly #fetching = new Map<string, Promise<TokenAnswer>>();

  constructor(private readonly clock: Clock) {}

  /** What is held, or what is being fetched, or a new one. */
  get(key: string, fetch: Fetch): Promise<TokenAnswer> {
    const held = this.#held.get(key);
    if (held && this.clock.now() < held.until) return Promise.resolve(held.answer);
    return this.#fetching.get(key) ?? this.renew(key, fetch);
  }

  /** Fetches now. */
  renew(key: string, fetch: Fetch): Promise<TokenAnswer> {
    const fetching: Promise<TokenAnswer> = fetch()
      .then((fetched) => {
        if (this.#fetching.get(key) === fetching) this.#keep(key, fetched);
        return fetched.answer;
      })
      .finally(() => {
        if (this.#fetching.get(key) === fetching) this.#fetching.delete(key);
      });
    this.#fetching.set(key, fetching);
    return fetching;
  }

  /** What is being fetched at this moment is not kept either. */
  forget(key: string): void {
    clearTimeout(this.#held.get(key)?.timer);
    this.#held.delete(key);
    this.#fetching.delete(key);
  }

  #keep(key: string, { answer, expiresAt }: Fetched): void {
    clearTimeout(this.#held.get(key)?.timer);
    this.#held.delete(key);
    const now = this.clock.now();
    const forMs = Math.min(HELD_MS, expiresAt === null ? HELD_MS : expiresAt - SPARE_MS - now);
    if (answer.kind !== 'token' || forMs <= 0 || this.#held.size >= MOST) return;
    const timer = setTimeout(() => this.#held.delete(key), forMs).unref();
    this.#held.set(key, { answer, until: now + forMs, timer });
  }
}
