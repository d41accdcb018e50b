const EVERY_MS = 60_000;

/** Lets one record a minute and reason through: whoever sends refused requests must not be able to fill a disk. */
export class RefusalTally {
  readonly #reasons = new Map<string, { recordedAt: number; silent: number }>();

  /** @returns how many refusals to record now, this one included, or `null` to stay silent. `reason` comes from a fixed list. */
  count(reason: string, now: number): number | null {
    const last = this.#reasons.get(reason);
    if (last !== undefined && now < last.recordedAt + EVERY_MS) {
      last.silent += 1;
      return null;
    }
    this.#reasons.set(reason, { recordedAt: now, silent: 0 });
    return (last?.silent ?? 0) + 1;
  }
}
