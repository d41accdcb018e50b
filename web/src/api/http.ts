import type { ZodMiniType } from 'zod/mini';
import { type Problem, problem } from '../../../server/approvals/approvals.contract.js';

/** Why there is no answer of the kind that was asked for. */
export type Failure =
  | { readonly kind: 'problem'; readonly problem: Problem }
  /** `wasSent` false: the request certainly never left. True: the server may have acted on it. */
  | { readonly kind: 'no-answer'; readonly wasSent: boolean };

export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly failure: Failure,
    options?: { cause?: unknown },
  ) {
    super(failure.kind === 'problem' ? failure.problem.code : 'no answer', options);
  }
}

interface Ask<T> {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  /** What the answer must be; `null` when it does not matter. */
  readonly answer: ZodMiniType<T> | null;
  readonly csrfToken?: string;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 20_000;

export class Http {
  constructor(private readonly origin = '') {}

  /**
   * Asks the server and parses its answer by the contract.
   * @throws ApiError with the server's problem, or without an answer. An abort by the caller is thrown as it is.
   */
  async ask<T>(ask: Ask<T> & { answer: ZodMiniType<T> }): Promise<T>;
  async ask(ask: Ask<unknown> & { answer: null }): Promise<null>;
  async ask<T>(ask: Ask<T>): Promise<T | null> {
    const response = await this.#send(ask);
    const payload = await readJson(response);
    ask.signal?.throwIfAborted();
    if (!response.ok) {
      const known = problem.safeParse(payload);
      throw new ApiError(
        known.success ? { kind: 'problem', problem: known.data } : { kind: 'no-answer', wasSent: true },
      );
    }
    if (ask.answer === null) return null;
    const answer = ask.answer.safeParse(payload);
    if (!answer.success) throw new ApiError({ kind: 'no-answer', wasSent: true }, { cause: answer.error });
    return answer.data;
  }

  async #send({ method, path, csrfToken, body, signal, timeoutMs = TIMEOUT_MS }: Ask<unknown>): Promise<Response> {
    const headers = new Headers({ accept: 'application/json' });
    if (csrfToken !== undefined) headers.set('x-csrf-token', csrfToken);
    if (body !== undefined) headers.set('content-type', 'application/json');
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      return await fetch(this.origin + path, {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
        credentials: 'same-origin',
        cache: 'no-store',
        redirect: 'error',
      });
    } catch (cause) {
      signal?.throwIfAborted();
      throw new ApiError({ kind: 'no-answer', wasSent: navigator.onLine !== false }, { cause });
    }
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

/** The failure in whatever was thrown. */
export function failureOf(error: unknown): Failure {
  return error instanceof ApiError ? error.failure : { kind: 'no-answer', wasSent: true };
}

export function codeOf(failure: Failure): string | null {
  return failure.kind === 'problem' ? failure.problem.code : null;
}
