import { Injectable, Logger } from '@nestjs/common';
import { auditEvent } from '../audit/audit-event.js';
import { AuditSink } from '../audit/audit-sink.port.js';
import type { BrowserSession } from '../auth/browser-session.js';
import { RefusalTally } from '../auth/refusal-tally.js';
import { Clock } from '../kernel/clock.port.js';

/**
 * Puts on record that somebody opened a request that is not theirs. Beside the refusal, which does not wait for it: an id of nobody takes as
 * long as another person's (I47). At most one record a minute and reason, so that trying ids fills no disk.
 */
@Injectable()
export class WrongUserService {
  readonly #logger = new Logger(WrongUserService.name);
  readonly #tally = new RefusalTally();

  constructor(
    private readonly audit: AuditSink,
    private readonly clock: Clock,
  ) {}

  /** `requestId` is what was asked for: whether there is such a request is not known here. */
  record({ userId, organization, id }: BrowserSession, requestId: string, reason: 'user' | 'organization'): void {
    const now = this.clock.now();
    const count = this.#tally.count(reason, now);
    if (count === null) return;
    const actor = { type: 'user', userId, browserSession: id } as const;
    const event = auditEvent('approval.wrong_user', now, actor, {}, { reason, requestId, count });
    this.audit
      .append({ ...event, subject: userId, organization })
      .catch(() => this.#logger.warn('Could not record that a request was opened by somebody else.'));
  }
}
