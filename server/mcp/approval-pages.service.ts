import { Injectable } from '@nestjs/common';
import { Keys } from '../auth/keys.js';
import { type AuthorityGrant, statusOf } from '../grants/authority-grant.js';
import type { Found } from '../grants/grant-store.port.js';
import { GrantsService } from '../grants/grants.service.js';
import { notNow } from '../grants/not-now.js';
import { Clock } from '../kernel/clock.port.js';
import { DomainError } from '../kernel/domain-error.js';
import { factsOf } from './grant-facts.js';
import { McpSettings } from './mcp-settings.js';
import { openState, type StateBinding, sealState } from './request-state.js';
import type { ToolCall } from './sdk-context.js';
import { pageCancelled, pageMessage } from './text/page.text.js';
import { invalidState, type PageReply, type PageToOpen, pageToOpen } from './url-elicitation.js';
import { waitForDecision } from './waiting.js';

const HOLD_MS = 25_000;
/** A call that was held longer is to be made again, so that each request stays inside the 60 s that clients wait. */
const GO_ON_MS = 10_000;
/** A client that comes back late is still told what became of its request; later the state is worth nothing. */
const STATE_GRACE_MS = 60_000;

/** A request as it stands after what the client did about its page. */
export interface Held extends Found {
  /** Whether the call that asked may go on by itself, if the request is approved. */
  readonly mayGoOn: boolean;
}

/** A tool call, as far as a client has to repeat it without a change. */
export interface Repeatable {
  readonly tool: string;
  readonly args: unknown;
}

/** Asks by URL elicitation: the client opens the approval page and repeats its call, which is held until the person decides. */
@Injectable()
export class ApprovalPagesService {
  constructor(
    private readonly settings: McpSettings,
    private readonly grants: GrantsService,
    private readonly keys: Keys,
    private readonly clock: Clock,
  ) {}

  /**
   * A first call puts its question by `ask`, and is answered with the page where the client opens pages. A repeated one is held for
   * its decision. Nothing that the client brings back is authority: the answer is the request as the store has it.
   * @throws ProtocolError for a state that was not made for this call. @throws DomainError when the user declined or cancelled.
   */
  async hold(call: ToolCall, made: Repeatable, ask: () => Promise<Found>): Promise<PageToOpen | Held> {
    const binding = { ...made, principal: call.principal };
    const held = call.reply ? await this.#resume(call, call.reply, binding) : { ...(await ask()), mayGoOn: true };
    const isUnanswered = call.reply === null || call.reply.action === null;
    if (isUnanswered && call.opensPages && statusOf(held.grant, held) === 'pending') return this.#page(held, binding);
    return held;
  }

  #page(found: Found, binding: StateBinding): PageToOpen {
    const { id, closesAt } = found.grant;
    const facts = factsOf(found.grant, found, this.settings.publicUrl);
    const state = sealState(this.keys.current('request-state'), id, closesAt + STATE_GRACE_MS, binding);
    return pageToOpen(`${this.settings.publicUrl}/approve/${id}`, pageMessage(facts), state);
  }

  async #resume(call: ToolCall, { state, action }: PageReply, binding: StateBinding): Promise<Held> {
    const id = openState(this.keys.all('request-state'), state, binding, this.clock.now());
    if (id === null) throw invalidState();
    const holder = { by: 'principal', principal: call.principal } as const;
    if (action === 'decline') {
      // A “no” at the client ends what is asked and what was just approved. It is no denial, as only the page knows who says it; it
      // keeps the question away as the mildest denial does.
      const ended = await this.grants.end(
        id,
        holder,
        { type: 'client', clientId: call.principal.clientId },
        'declined',
      );
      throw notNow(ended.grant, ended);
    }
    const since = this.clock.now();
    const found = await (action === 'accept'
      ? waitForDecision(this.grants, id, HOLD_MS, call)
      : this.grants.find(id, holder));
    if (!found) throw new DomainError('not_found', 'There is no such request in this session.');
    if (action === 'cancel' && statusOf(found.grant, found) === 'pending') throw cancelled(found.grant);
    return { ...found, mayGoOn: action === 'accept' && this.clock.now() - since <= GO_ON_MS };
  }
}

function cancelled({ id, closesAt }: AuthorityGrant): DomainError {
  return new DomainError('request_pending', pageCancelled(closesAt), { requestId: id });
}
