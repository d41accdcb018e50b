import type { Redis } from 'ioredis';
import type { AuditEvent } from '../audit/audit-event.js';
import { AuditSink } from '../audit/audit-sink.port.js';
import { DomainError } from '../kernel/domain-error.js';
import { isGrantId, tagOf } from '../kernel/ids.js';
import { LOOSE_AUDIT_KEY, sessionKeys } from './redis.keys.js';
import { RedisScript } from './redis.script.js';
import type { StoreSettings } from './store-settings.js';

const APPEND = new RedisScript('append');

/** Appends to the stream of the grant's session, or to the common one. As durable as the server's own log. */
export class RedisAuditSink extends AuditSink {
  constructor(
    private readonly client: Redis,
    private readonly settings: StoreSettings,
  ) {
    super();
  }

  async append(event: AuditEvent): Promise<void> {
    const stream = isGrantId(event.grantId) ? sessionKeys(tagOf(event.grantId)).audit : LOOSE_AUDIT_KEY;
    try {
      await APPEND.run(this.client, [stream], [JSON.stringify(event), this.settings.historyTtlMs]);
    } catch (cause) {
      throw new DomainError(
        'audit_unavailable',
        'The audit record cannot be written. Nothing was done.',
        { retryAfterMs: 1_000 },
        { cause },
      );
    }
  }
}
