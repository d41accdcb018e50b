interface Change {
  /** `false`: it did not come before the end. */
  readonly happened: Promise<boolean>;
  readonly stop: () => void;
}

/** Who waits for a change of which grant. Nobody polls: a change wakes those that wait for it. */
export class Wakers {
  readonly #waiting = new Map<string, Set<() => void>>();

  nextChange(id: string, end: AbortSignal): Change {
    let stop = () => {};
    const happened = new Promise<boolean>((resolve) => {
      const wakers = this.#waiting.get(id) ?? new Set();
      this.#waiting.set(id, wakers);
      const finish = (isChanged: boolean) => {
        wakers.delete(wake);
        if (wakers.size === 0) this.#waiting.delete(id);
        end.removeEventListener('abort', abort);
        resolve(isChanged);
      };
      const wake = () => finish(true);
      const abort = () => finish(false);
      stop = abort;
      wakers.add(wake);
      end.addEventListener('abort', abort);
    });
    return { happened, stop };
  }

  wake(id: string): void {
    for (const wake of [...(this.#waiting.get(id) ?? [])]) wake();
  }
}
