const EVERY_MS = 30_000;
const AT_ONCE = 2;

/**
 * How often strangers may make us read the key set again. Two at once, so that a real rotation is seen at its first use even
 * just after a wrong token; then one in 30 s, so that a flood of invented key ids costs the authorization server nothing.
 */
export class RefetchBudget {
  /** When the fetches spent so far would be due at one in 30 s. */
  #dueAt = 0;
  readonly #missedAt = new Map<string, number>();

  /** Whether an unknown key id is worth a fetch now. One that a fetch has just not brought is not. */
  spend(kid: string, now: number): boolean {
    for (const [missed, at] of this.#missedAt) if (now >= at + EVERY_MS) this.#missedAt.delete(missed);
    const dueAt = Math.max(this.#dueAt, now);
    if (this.#missedAt.has(kid) || dueAt - now > (AT_ONCE - 1) * EVERY_MS) return false;
    this.#dueAt = dueAt + EVERY_MS;
    this.#missedAt.set(kid, now);
    return true;
  }
}
