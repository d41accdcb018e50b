import { createLocalJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import type { Clock } from '../kernel/clock.port.js';
import { DomainError } from '../kernel/domain-error.js';
import { RefetchBudget } from './refetch-budget.js';
import { fetchDocument } from './remote.document.js';

const REFRESH_AFTER_MS = 5 * 60_000;
/** A key that the authorization server withdrew is dead after this at the latest. */
const MAX_AGE_MS = 10 * 60_000;
const RETRY_AFTER_MS = 1_000;

/** An empty set is a fault of the authorization server: believed, it would sign everybody out. */
const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string().optional() })).min(1) });

interface Held {
  readonly find: JWTVerifyGetKey;
  readonly kids: ReadonlySet<string>;
  readonly readAt: number;
}

/**
 * The authorization server's public keys, cached. jose's own remote set counts every unknown key id alike, so that a rotation
 * just after a wrong token waits for 30 s; choosing and checking keys is still jose's.
 */
export class RemoteKeySet {
  readonly #budget = new RefetchBudget();
  #held: Held | null = null;
  #reading: Promise<Held> | null = null;
  #failedAt: number | null = null;

  constructor(
    private readonly url: string,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `workos_unavailable` when the keys cannot be known; JOSEError when the key is certainly not there. */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    const kid = header.kid ?? '';
    const usable = this.#usable();
    let held = usable ?? (await this.#read());
    if (usable !== null && !held.kids.has(kid)) held = await this.#lookAgain(kid, held);
    if (!held.kids.has(kid)) throw new errors.JWKSNoMatchingKey();
    return held.find(header, token);
  };

  /** The keys at hand, renewed in the background before they are too old. */
  #usable(): Held | null {
    const held = this.#held;
    const age = held === null ? MAX_AGE_MS : this.clock.now() - held.readAt;
    if (age >= MAX_AGE_MS) return null;
    if (age >= REFRESH_AFTER_MS) this.#read().catch(() => undefined);
    return held;
  }

  async #lookAgain(kid: string, held: Held): Promise<Held> {
    if (this.#reading !== null || this.#budget.spend(kid, this.clock.now())) return this.#read();
    // Out of reach, an unknown key is not a wrong key.
    if (this.#failedAt !== null) throw unavailable();
    return held;
  }

  /** One at a time, and after a failure not again at once. */
  #read(): Promise<Held> {
    if (this.#reading !== null) return this.#reading;
    const now = this.clock.now();
    if (this.#failedAt !== null && now < this.#failedAt + RETRY_AFTER_MS) return Promise.reject(unavailable());
    this.#reading = this.#fetch(now).finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #fetch(now: number): Promise<Held> {
    try {
      const { keys } = keySet.parse(await fetchDocument(this.url));
      const kids = new Set(keys.flatMap((key) => key.kid ?? []));
      this.#held = { find: createLocalJWKSet({ keys }), kids, readAt: now };
      this.#failedAt = null;
      return this.#held;
    } catch (cause) {
      this.#failedAt = this.clock.now();
      throw unavailable(cause);
    }
  }
}

function unavailable(cause?: unknown): DomainError {
  const message =
    'The keys of the authorization server are out of reach, so no access token can be checked. Try again.';
  return new DomainError('workos_unavailable', message, { retryAfterMs: RETRY_AFTER_MS }, { cause });
}
