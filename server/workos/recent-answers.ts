interface Kept<T> {
  readonly value: T;
  readonly at: number;
}

/**
 * Answers that may be a little old. Callers who ask for the same thing at the same moment share one question. `now` is
 * passed in, so that nothing here reads a clock.
 */
export class RecentAnswers<T> {
  readonly #kept = new Map<string, Kept<T>>();
  readonly #asking = new Map<string, Promise<T>>();

  constructor(private readonly most: number) {}

  /** What is known, when it is at most `ageMs` old. */
  recent(key: string, now: number, ageMs: number): T | undefined {
    const kept = this.#kept.get(key);
    return kept && now - kept.at <= ageMs ? kept.value : undefined;
  }

  /** Asks, or joins who is asking. A failure is not kept. */
  ask(key: string, now: () => number, question: () => Promise<T>): Promise<T> {
    const asking = this.#asking.get(key);
    if (asking) return asking;
    const asked = question()
      .then((value) => {
        if (this.#asking.get(key) === asked) this.#keep(key, { value, at: now() });
        return value;
      })
      .finally(() => {
        if (this.#asking.get(key) === asked) this.#asking.delete(key);
      });
    this.#asking.set(key, asked);
    return asked;
  }

  /** Also what is being asked at this moment will not be kept. */
  forget(key: string): void {
    this.#kept.delete(key);
    this.#asking.delete(key);
  }

  #keep(key: string, kept: Kept<T>): void {
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    const oldest = this.#kept.keys().next().value;
    if (this.#kept.size > this.most && oldest !== undefined) this.#kept.delete(oldest);
  }
}
