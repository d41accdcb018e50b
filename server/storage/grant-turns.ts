import type { Found } from '../grants/grant-store.port.js';

/**
 * Callers of one process that change the same grant take turns, each starting from what the one before wrote: they would
 * only lose races against each other. Other processes are met at the compare-and-swap.
 */
export class GrantTurns {
  readonly #last = new Map<string, Promise<Found | null>>();

  async take<T extends Found>(name: string, work: (before: Found | null) => Promise<T>): Promise<T> {
    const turn = (this.#last.get(name) ?? Promise.resolve(null)).then(work);
    const settled = turn.catch(() => null);
    this.#last.set(name, settled);
    try {
      return await turn;
    } finally {
      if (this.#last.get(name) === settled) this.#last.delete(name);
    }
  }
}

/** The newer of two readings of one grant. */
export function newer(a: Found | null, b: Found | null): Found | null {
  if (a === null || b === null) return a ?? b;
  return b.grant.version > a.grant.version ? b : a;
}
