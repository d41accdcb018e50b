import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { AuditActor } from '../audit/audit-event.js';
import { DomainError } from '../kernel/domain-error.js';
import { tagOf } from '../kernel/ids.js';
import type { Principal } from '../kernel/principal.js';
import {
  type AuthorityGrant,
  isLive,
  liveUntil,
  type Moment,
  statusOf,
  type WithdrawReason,
} from './authority-grant.js';
import { AFTER_DENIALS_MS, type Brake, brakeAfter } from './cool-down.js';
import { grantDigest } from './digest.js';
import { GrantSettings } from './grant-settings.js';
import {
  type Found,
  type GrantChoices,
  type GrantPage,
  type GrantQuery,
  GrantStore,
  type Holder,
  type SessionView,
} from './grant-store.port.js';
import { type GrantCommand, transition } from './lifecycle.js';
import { ask, type Question } from './question.js';
import { Wakers } from './wakers.js';

/** Grants that one read brings. */
const PAGE = 100;

/** Node's timers take 31 bits. */
const LONGEST_TIMER_MS = 0x7fff_ffff;

/** The use cases of grants. Every method rejects with `store_unavailable` when the store is out of reach. */
@Injectable()
export class GrantsService implements OnModuleDestroy {
  readonly #wakers = new Wakers();
  readonly #ends = new Set<(grantId: string) => void>();
  readonly #stopListening: () => void;
  readonly #closing = new AbortController();

  constructor(
    private readonly store: GrantStore,
    private readonly settings: GrantSettings,
  ) {
    this.#stopListening = store.onChange((id) => this.#wakers.wake(id));
  }

  onModuleDestroy(): void {
    this.#stopListening();
    this.#closing.abort();
  }

  /** The session and its live grants, in one round trip. */
  open(principal: Principal, clientName?: string): Promise<SessionView> {
    return this.store.open(principal, clientName);
  }

  /**
   * Puts a question to the person. The same question while pending returns the same request.
   * @throws DomainError `recently_denied`, `too_many_pending`
   */
  async request(principal: Principal, question: Question): Promise<Found> {
    const mine = await this.store.list(principal.subject, {
      state: 'pending',
      clientId: principal.clientId,
      limit: PAGE,
    });
    return this.store.ask(principal, (view) => {
      const here = new Set(view.grants.map((grant) => grant.id));
      const elsewhere = mine.grants.filter(
        (grant) => !here.has(grant.id) && tagOf(grant.id) !== view.session.tag,
      ).length;
      return ask(view, question, this.settings, elsewhere);
    });
  }

  find(id: string, holder: Holder): Promise<Found | null> {
    return this.store.find(id, holder);
  }

  body(id: string, holder: Holder): Promise<Uint8Array | null> {
    return this.store.body(id, holder);
  }

  list(userId: string, query: GrantQuery): Promise<GrantPage> {
    return this.store.list(userId, query);
  }

  choices(userId: string): Promise<GrantChoices> {
    return this.store.choices(userId);
  }

  /** What keeps the client of a denied grant from asking about its providers at all. */
  async brake({ grant, now }: Found): Promise<Brake | null> {
    if (grant.status !== 'denied') return null;
    const { subject, clientId } = grant.principal;
    const from = now - AFTER_DENIALS_MS * 2 - this.settings.requestTtlMs;
    const pages = await Promise.all(
      (['denied', 'withdrawn'] as const).map((outcome) =>
        this.store.list(subject, { state: 'ended', outcome, clientId, from, limit: PAGE }),
      ),
    );
    return brakeAfter(
      grant,
      pages.flatMap(({ grants }) => grants),
      now,
    );
  }

  /**
   * Answers as soon as the grant is no longer as `isSettled` says it may stay, or after `ms`, or when `signal` aborts or
   * the server stops, with the grant as it then is. Does not poll the store.
   */
  async waitFor(
    id: string,
    holder: Holder,
    isSettled: (found: Found) => boolean,
    ms: number,
    signal: AbortSignal,
  ): Promise<Found | null> {
    const end = AbortSignal.any([signal, AbortSignal.timeout(ms), this.#closing.signal]);
    for (;;) {
      // Listening starts before reading, so that no change falls between the two.
      const change = this.#wakers.nextChange(id, end);
      const found = await this.store.find(id, holder);
      if (found === null || isSettled(found) || end.aborted) {
        change.stop();
        return found;
      }
      const timer = setTimeout(() => this.#wakers.wake(id), untilExpiry(found.grant, found));
      const isChanged = await change.happened;
      clearTimeout(timer);
      if (!isChanged) return this.store.find(id, holder);
    }
  }

  /**
   * Binds a pending grant to the connections that its page is about to show. Changes nothing when they are the same.
   * @throws DomainError when the grant is no longer pending.
   */
  async bind(found: Found, userId: string, connections: Readonly<Record<string, string>>): Promise<Found> {
    const wanted = withConnections(found.grant, connections);
    if (wanted.digest === found.grant.digest) return found;
    return this.#apply(found.grant.id, { by: 'user', userId }, (grant) => ({
      type: 'rebind',
      connections,
      digest: withConnections(grant, connections).digest,
    }));
  }

  decide(id: string, command: Extract<GrantCommand, { type: 'approve' | 'deny' }>): Promise<Found> {
    return this.#apply(id, { by: 'user', userId: command.by.userId }, () => command);
  }

  /** The one atomic step before sending: version, expiry and epoch again, spends a call, claims an exact one. */
  begin(known: Found, call: Extract<GrantCommand, { type: 'begin' }>['call']): Promise<Found> {
    const holder = { by: 'principal', principal: known.grant.principal } as const;
    return this.#apply(known.grant.id, holder, () => ({ type: 'begin', call }), known);
  }

  conclude(begun: Found, command: Extract<GrantCommand, { type: 'finish' | 'fail' | 'lose' }>): Promise<Found> {
    const holder = { by: 'principal', principal: begun.grant.principal } as const;
    return this.#apply(begun.grant.id, holder, () => command, begun);
  }

  /** Withdraws a pending grant, revokes an approved one. @throws DomainError when it has ended or is executing. */
  async end(
    id: string,
    holder: Holder,
    actor: AuditActor,
    reason: WithdrawReason = holder.by === 'user' ? 'by_user' : 'by_client',
  ): Promise<Found> {
    const ended = await this.#apply(id, holder, (grant, moment) =>
      statusOf(grant, moment) === 'pending' ? { type: 'withdraw', reason, actor } : { type: 'revoke', actor },
    );
    for (const tell of this.#ends) tell(id);
    return ended;
  }

  /** Calls `listener` with every grant that was ended here, before that is answered to anybody. */
  onEnd(listener: (grantId: string) => void): void {
    this.#ends.add(listener);
  }

  /** Ends every grant of `grants` that is still live, and returns those. */
  async endAll(grants: readonly AuthorityGrant[], holder: Holder, actor: AuditActor): Promise<AuthorityGrant[]> {
    const ended: AuthorityGrant[] = [];
    for (const grant of grants) {
      try {
        ended.push((await this.end(grant.id, holder, actor)).grant);
      } catch (error) {
        // Another tab, the clock or the call itself was faster: it has ended, which is what was asked for.
        if (!(error instanceof DomainError) || !['conflict', 'not_found'].includes(error.category)) throw error;
      }
    }
    return ended;
  }

  /** Pending and approved grants of one person, of one client when it is named. */
  async live(userId: string, clientId?: string): Promise<readonly AuthorityGrant[]> {
    const only = clientId === undefined ? {} : { clientId };
    const found: AuthorityGrant[] = [];
    for (const state of ['pending', 'active'] as const) {
      let cursor: string | null | undefined;
      do {
        const from = cursor ? { cursor } : {};
        const page = await this.store.list(userId, { state, ...only, ...from, limit: PAGE });
        found.push(...page.grants.filter((grant) => isLive(grant, page)));
        cursor = page.nextCursor;
      } while (cursor);
    }
    return found;
  }

  #apply(
    id: string,
    holder: Holder,
    command: (grant: AuthorityGrant, moment: Moment) => GrantCommand,
    known?: Found,
  ): Promise<Found> {
    return this.store.apply(id, holder, (grant, moment) => transition(grant, command(grant, moment), moment), known);
  }
}

function withConnections(grant: AuthorityGrant, connections: Readonly<Record<string, string>>): AuthorityGrant {
  const bound =
    grant.kind === 'broad'
      ? { ...grant, connections }
      : { ...grant, connection: connections[grant.call.provider] ?? null };
  return { ...bound, digest: grantDigest(bound) };
}

/** Until time alone changes the status, with a millisecond to spare so that the store's clock has passed it. */
function untilExpiry(grant: AuthorityGrant, moment: Moment): number {
  const left = liveUntil(grant) - moment.now;
  return left > 0 ? Math.min(left + 1, LONGEST_TIMER_MS) : LONGEST_TIMER_MS;
}
