import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  Injectable,
  Logger,
  SetMetadata,
  UseGuards,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { auditEvent } from '../audit/audit-event.js';
import { AuditSink } from '../audit/audit-sink.port.js';
import { Clock } from '../kernel/clock.port.js';
import { DomainError } from '../kernel/domain-error.js';
import { AuthSettings } from './auth-settings.js';
import { type BrowserRequest, BrowserSessionGuard, signedIn } from './browser-session.guard.js';
import type { BrowserSession } from './browser-session.js';
import { type CsrfPurpose, isCsrfToken } from './csrf.js';
import { Keys } from './keys.js';
import { RefusalTally } from './refusal-tally.js';
import { type CsrfRefusal, csrfRefusal, isJsonOrNothing } from './same-origin.js';

const DECISION = 'auth:decision';
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Marks the route that decides the request of its `:id`: it takes that request's own token and no other. */
export const DecidesApproval = () => SetMetadata(DECISION, true);

/** Every unsafe request of a signed-in browser must come from our own page. */
@Injectable()
export class SameOriginGuard implements CanActivate {
  readonly #logger = new Logger(SameOriginGuard.name);
  readonly #tally = new RefusalTally();

  constructor(
    private readonly reflector: Reflector,
    private readonly settings: AuthSettings,
    private readonly keys: Keys,
    private readonly audit: AuditSink,
    private readonly clock: Clock,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<BrowserRequest>();
    if (SAFE_METHODS.has(request.method)) return true;
    const session = signedIn(request);
    const refusal = csrfRefusal(request.headersDistinct, this.settings.origin, (token) =>
      isCsrfToken(this.keys, session, this.#purpose(context, request), token),
    );
    if (refusal !== null) {
      this.#record(refusal, session);
      throw new DomainError(
        'csrf_refused',
        'This request did not come from the page that you see. Reload the page and try again.',
      );
    }
    if (!isJsonOrNothing(request.headersDistinct))
      throw new DomainError('json_required', 'Send the body as application/json.');
    return true;
  }

  #purpose(context: ExecutionContext, request: BrowserRequest): CsrfPurpose {
    const isDecision = this.reflector.get<boolean | undefined>(DECISION, context.getHandler()) === true;
    return isDecision ? { for: 'decide', approvalId: String(request.params.id) } : { for: 'session' };
  }

  /** Beside the refusal, which holds whether it can be recorded or not. */
  #record(reason: CsrfRefusal, session: BrowserSession): void {
    const now = this.clock.now();
    const count = this.#tally.count(reason, now);
    if (count === null) return;
    const { userId, organization, id } = session;
    const actor = { type: 'user', userId, browserSession: id } as const;
    const event = auditEvent('approval.csrf_refused', now, actor, {}, { reason, count });
    this.audit
      .append({ ...event, subject: userId, organization })
      .catch(() => this.#logger.warn(`Could not record that a request was refused: ${reason}.`));
  }
}

/** For every controller of the page's API: signed in, and unsafe requests from our own page only. */
export const ForSignedIn = () => applyDecorators(UseGuards(BrowserSessionGuard, SameOriginGuard));
