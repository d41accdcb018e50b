/** One request as it goes on the wire, credential included. Exists only between begin and finish. */
export interface OutboundRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array | null;
}

export interface UpstreamAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Decoded, at most the configured bound. */
  readonly body: Uint8Array;
  /** True when the body was cut at the bound. */
  readonly isTruncated: boolean;
}

/** Why there is no answer. `isSent: false` is said only when certainly no byte of the request left. */
export class TransportFailure extends Error {
  override readonly name = 'TransportFailure';

  constructor(
    readonly code:
      | 'upstream_address_refused'
      | 'upstream_unreachable'
      | 'upstream_timeout'
      | 'upstream_broken'
      | 'authority_revoked'
      | 'cancelled',
    readonly isSent: boolean,
    options?: { cause?: unknown },
  ) {
    super(code, options);
  }
}

/** Sends one request once: verified TLS, checked address, no redirects, no retries, bounded in time and size. */
export abstract class Transport {
  /**
   * `signal` ends the exchange at any time. `revoked` ends it only while certainly no byte of the request has left; once it has, the
   * exchange goes on.
   * @throws TransportFailure
   */
  abstract send(request: OutboundRequest, signal: AbortSignal, revoked?: AbortSignal): Promise<UpstreamAnswer>;
}
