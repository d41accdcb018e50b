import type { AuditEvent } from '../../server/audit/audit-event.js';
import { AuditSink } from '../../server/audit/audit-sink.port.js';

/** Keeps every event where it was kept before, then passes it on. Forwarding that fails stops nothing. */
export class ForwardingAuditSink extends AuditSink {
  constructor(
    private readonly inner: AuditSink,
    private readonly forward: (event: AuditEvent) => Promise<void>,
  ) {
    super();
  }

  async append(event: AuditEvent): Promise<void> {
    await this.inner.append(event);
    void this.forward(event).catch(() => {});
  }
}
