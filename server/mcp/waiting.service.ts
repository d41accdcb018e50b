import { Injectable } from '@nestjs/common';
import { statusOf } from '../grants/authority-grant.js';
import { GrantSettings } from '../grants/grant-settings.js';
import type { Found } from '../grants/grant-store.port.js';
import { GrantsService } from '../grants/grants.service.js';
import { sessionKey } from '../kernel/principal.js';
import type { ToolCall } from './sdk-context.js';

const PROGRESS_EVERY_MS = 5_000;

/** A call that was not held is made again no sooner than this. */
const RETRY_AFTER_MS = 5_000;

/** For each request that may be pending: one call that waits, and one of a client that lost the first. */
const CALLS_FOR_EACH_REQUEST = 2;

export interface Waited extends Found {
  /** When the call was not held, as many of this principal are. */
  readonly retryAfterMs?: number;
}

/** Holds tool calls until their requests are decided: so many of each principal, since each is an open connection of this process. */
@Injectable()
export class WaitingService {
  readonly #held = new Map<string, number>();

  constructor(
    private readonly grants: GrantsService,
    private readonly settings: GrantSettings,
  ) {}

  /**
   * Answers as soon as the request is decided, at most after `ms`, and at once when the principal has too many calls waiting: the request
   * as it then is, never less. Tells the client that it goes on, if that asked for it.
   */
  async forDecision(id: string, ms: number, call: ToolCall): Promise<Waited | null> {
    const holder = { by: 'principal', principal: call.principal } as const;
    const key = sessionKey(call.principal);
    const held = this.#held.get(key) ?? 0;
    if (held >= this.settings.pendingMax * CALLS_FOR_EACH_REQUEST) {
      const found = await this.grants.find(id, holder);
      return found && !isDecided(found) ? { ...found, retryAfterMs: RETRY_AFTER_MS } : found;
    }
    this.#held.set(key, held + 1);
    const stop = reportProgress(call);
    try {
      return await this.grants.waitFor(id, holder, isDecided, ms, call.signal);
    } finally {
      stop();
      this.#release(key);
    }
  }

  #release(key: string): void {
    const left = (this.#held.get(key) ?? 0) - 1;
    if (left > 0) this.#held.set(key, left);
    else this.#held.delete(key);
  }
}

function isDecided(found: Found): boolean {
  return statusOf(found.grant, found) !== 'pending';
}

function reportProgress({ progress }: ToolCall): () => void {
  let waited = 0;
  const timer = setInterval(() => {
    waited += PROGRESS_EVERY_MS / 1_000;
    // A client that has gone is told by the signal.
    void progress(waited, 'Waiting for the user to decide').catch(() => {});
  }, PROGRESS_EVERY_MS);
  return () => clearInterval(timer);
}
