import { WorkOS } from '@workos-inc/node';
import { DomainError } from '../kernel/domain-error.js';
import type { Secret } from '../kernel/secret.js';

export interface WorkosClientOptions {
  readonly apiKey: Secret;
  readonly clientId: string;
  /** Absent: WorkOS's own API. */
  readonly apiHostname?: string;
  readonly https?: boolean;
  readonly port?: number;
  /** For everything that one question needs, second try included. 10 s when absent. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;
const RETRY_MS = 150;

/**
 * The WorkOS SDK with bounds: what it is asked answers, or rejects with `workos_unavailable`, within the time-out.
 * Nothing of what the SDK says about a failure leaves this room: it may quote a whole answer.
 */
export class WorkosClient {
  readonly sdk: WorkOS;
  readonly clientId: string;
  readonly #timeoutMs: number;

  constructor({ apiKey, clientId, apiHostname, https, port, timeoutMs = TIMEOUT_MS }: WorkosClientOptions) {
    this.clientId = clientId;
    this.#timeoutMs = timeoutMs;
    this.sdk = new WorkOS({
      apiKey: apiKey.reveal(),
      clientId,
      timeout: Math.floor(timeoutMs * 0.45),
      ...(apiHostname !== undefined && { apiHostname }),
      ...(https !== undefined && { https }),
      ...(port !== undefined && { port }),
    });
  }

  /** For questions without effect: two tries. */
  ask<T>(question: (sdk: WorkOS) => Promise<T>, expected: Expected<T> = none): Promise<T> {
    return this.#within(async () => {
      try {
        return await question(this.sdk);
      } catch (error) {
        if (!isPassing(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS * (0.5 + Math.random())));
        return question(this.sdk);
      }
    }, expected);
  }

  /** For what changes something: one try. */
  command<T>(command: (sdk: WorkOS) => Promise<T>, expected: Expected<T> = none): Promise<T> {
    return this.#within(() => command(this.sdk), expected);
  }

  /** For an answer that takes several questions: all of them within the time-out. */
  together<T>(work: () => Promise<T>): Promise<T> {
    return this.#within(work, none);
  }

  async #within<T>(work: () => Promise<T>, expected: Expected<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(unavailable(null)), this.#timeoutMs);
    });
    try {
      return await Promise.race([work(), late]);
    } catch (error) {
      if (error instanceof DomainError) throw error;
      const refusal = refusalOf(error);
      const answer = refusal.status === null ? undefined : expected(refusal);
      if (answer !== undefined) return answer;
      throw unavailable(refusal.status, refusal.retryAfterMs);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** What WorkOS answered instead of the thing that was asked for. `status` is `null` when it did not answer. */
export interface Refusal {
  readonly status: number | null;
  /** WorkOS's own word, such as `invalid_grant`. */
  readonly code: string | null;
  readonly retryAfterMs: number | null;
}

/** Turns a refusal that means something into an answer, or throws a `DomainError`. `undefined`: WorkOS is out of order. */
type Expected<T> = (refusal: Refusal) => T | undefined;

const none = () => undefined;

export function unavailable(status: number | null, retryAfterMs: number | null = null): DomainError {
  const message = 'WorkOS cannot be reached or is out of order. Nothing was changed. Try again in a moment.';
  const cause = new Error(status === null ? 'WorkOS did not answer.' : `WorkOS answered ${status}.`);
  return new DomainError('workos_unavailable', message, { retryAfterMs: retryAfterMs ?? 1000 }, { cause });
}

function refusalOf(error: unknown): Refusal {
  const { status, code, error: word, retryAfter } = (error ?? {}) as Record<string, unknown>;
  return {
    // The SDK calls its own time-out 408.
    status: typeof status === 'number' && status !== 408 ? status : null,
    code: typeof word === 'string' ? word : typeof code === 'string' ? code : null,
    retryAfterMs: typeof retryAfter === 'number' && Number.isFinite(retryAfter) ? retryAfter * 1000 : null,
  };
}

/** Worth a second try: no answer, or a server's error. A rate limit is not. */
function isPassing(error: unknown): boolean {
  if (error instanceof DomainError) return false;
  const { status } = refusalOf(error);
  return status === null || status >= 500;
}
