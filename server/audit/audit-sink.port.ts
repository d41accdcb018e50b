import type { AuditEvent } from './audit-event.js';

/** Takes the facts that no grant's own commit carries: refusals, sign-ins, views. Grant events are stored with the grant. */
export abstract class AuditSink {
  /** Resolves when the event is durable. Rejects with `audit_unavailable` when it is not. */
  abstract append(event: AuditEvent): Promise<void>;
}
