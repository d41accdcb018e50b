import { type OutboundRequest, Transport, type UpstreamAnswer } from '../../server/gateway/transport.port.js';

/** Counts what is sent to each host. The transport inside keeps the promises of the port. */
export class CountingTransport extends Transport {
  readonly sent = new Map<string, number>();

  constructor(private readonly inner: Transport) {
    super();
  }

  send(request: OutboundRequest, signal: AbortSignal, revoked?: AbortSignal): Promise<UpstreamAnswer> {
    const { hostname } = new URL(request.url);
    this.sent.set(hostname, (this.sent.get(hostname) ?? 0) + 1);
    return this.inner.send(request, signal, revoked);
  }
}
