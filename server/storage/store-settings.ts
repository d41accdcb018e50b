/** What both stores need to know. Durations are in milliseconds. */
export class StoreSettings {
  constructor(
    /** At least 32 secret bytes: names sessions and people in keys and ids, so that those tell nothing. */
    readonly tagKey: Uint8Array,
    /** How long a session is remembered after it was last seen. */
    readonly sessionTtlMs: number,
    /** How long an ended grant and its audit events are kept. */
    readonly historyTtlMs: number,
  ) {}
}

/** A session that was seen is written at most this often, so that a warm call writes nothing. */
export const SEEN_INTERVAL_MS = 60_000;
