/** Calls that are on their way here, by grant: between begin and the first byte a revocation can still stop them. */
export class RunningCalls {
  readonly #running = new Map<string, Set<AbortController>>();

  /** `revoked` aborts when the grant is ended. `done` is called whatever became of the call. */
  add(grantId: string): { readonly revoked: AbortSignal; readonly done: () => void } {
    const call = new AbortController();
    const calls = this.#running.get(grantId) ?? new Set();
    this.#running.set(grantId, calls.add(call));
    const done = () => {
      calls.delete(call);
      if (calls.size === 0) this.#running.delete(grantId);
    };
    return { revoked: call.signal, done };
  }

  revoke(grantId: string): void {
    for (const call of this.#running.get(grantId) ?? []) call.abort();
  }
}
