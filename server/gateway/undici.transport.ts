import { Agent } from 'undici';
import { ExchangeHandler } from './exchange.handler.js';
import { type OutboundRequest, Transport, TransportFailure, type UpstreamAnswer } from './transport.port.js';
import { type Resolve, type Route, upstreamConnector } from './upstream.connector.js';

export interface TransportLimits {
  readonly connectMs: number;
  readonly headersMs: number;
  readonly totalMs: number;
  readonly headerBytes: number;
  /** Decoded. */
  readonly bodyBytes: number;
}

const LIMITS: TransportLimits = {
  connectMs: 5_000,
  headersMs: 15_000,
  totalMs: 30_000,
  headerBytes: 16 * 1024,
  bodyBytes: 5 * 1024 * 1024,
};

const NEVER = new AbortController().signal;

/** Shorter than any provider keeps an idle connection, so that none is closed under a request that was just written. */
const IDLE_MS = 2_000;

export interface UndiciTransportOptions {
  readonly limits?: Partial<TransportLimits>;
  /** Only tests have one. */
  readonly resolve?: Resolve;
}

/** Sends by undici: HTTP/1.1, no proxy from the environment, no redirects, no retries. */
export class UndiciTransport extends Transport {
  readonly #limits: TransportLimits;
  readonly #agent: Agent;

  /** Only the sandbox's wiring has a `route`. */
  constructor(route?: Route, { limits, resolve }: UndiciTransportOptions = {}) {
    super();
    this.#limits = { ...LIMITS, ...limits };
    const { connectMs, headersMs, totalMs, headerBytes } = this.#limits;
    this.#agent = new Agent({
      connect: upstreamConnector({ connectMs, resolve, route }),
      allowH2: false,
      pipelining: 1,
      headersTimeout: headersMs,
      bodyTimeout: totalMs,
      maxHeaderSize: headerBytes,
      keepAliveTimeout: IDLE_MS,
      keepAliveMaxTimeout: IDLE_MS,
    });
  }

  async send(request: OutboundRequest, signal: AbortSignal, revoked = NEVER): Promise<UpstreamAnswer> {
    if (signal.aborted) throw new TransportFailure('cancelled', false);
    if (revoked.aborted) throw new TransportFailure('authority_revoked', false);
    const { origin, pathname, search } = new URL(request.url);
    const handler = new ExchangeHandler(this.#limits.bodyBytes);
    const cancel = () => handler.stop('cancelled');
    const revoke = () => handler.stopUnlessStarted('authority_revoked');
    signal.addEventListener('abort', cancel, { once: true });
    revoked.addEventListener('abort', revoke, { once: true });
    const timer = setTimeout(() => handler.stop('upstream_timeout'), this.#limits.totalMs);
    try {
      const headers = request.headers.flat();
      this.#agent.dispatch(
        { origin, path: pathname + search, method: request.method as 'GET', headers, body: request.body },
        handler,
      );
      return await handler.answer;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      revoked.removeEventListener('abort', revoke);
    }
  }

  /** By then the HTTP server has answered everything that was under way. */
  async onApplicationShutdown(): Promise<void> {
    await this.#agent.destroy();
  }
}
