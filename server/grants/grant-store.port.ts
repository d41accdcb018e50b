import type { AuditEvent } from '../audit/audit-event.js';
import type { Principal } from '../kernel/principal.js';
import type { Session } from '../sessions/session.js';
import type { AuthorityGrant, GrantStatus, Moment } from './authority-grant.js';

/** What one tool call needs to know, brought by one round trip. */
export interface SessionView extends Moment {
  readonly session: Session;
  /** Grants that `isLive`, oldest first. */
  readonly grants: readonly AuthorityGrant[];
}

/** What a question is decided by. */
export interface QuestionView extends SessionView {
  /** What this person denied to this client or declined at it (`refusedAt`) within `COOL_DOWN_MAX_MS`, in all their sessions. */
  readonly denied: readonly AuthorityGrant[];
}

/** Who asks for a grant by id. Compared inside the atomic operation; a stranger gets the same answer as for no grant. */
export type Holder =
  | { readonly by: 'principal'; readonly principal: Principal }
  | { readonly by: 'user'; readonly userId: string };

/** A change and its audit fact. `notAfter`: the store commits only while its clock is before it. */
export interface Transition {
  readonly grant: AuthorityGrant;
  /** `null` only for a claim that is sent again: the grant is unchanged and its fact is stored already. */
  readonly event: AuditEvent | null;
  readonly notAfter: number | null;
}

/** The answer to a question: a pending grant that exists already, or a new one and what it withdraws. */
export type Asked =
  | { readonly existing: AuthorityGrant }
  | {
      readonly grant: AuthorityGrant;
      /** Body of a request grant, in a record of its own. */
      readonly body: Uint8Array | null;
      readonly event: AuditEvent;
      readonly withdrawn: readonly Transition[];
    };

export interface Found extends Moment {
  readonly grant: AuthorityGrant;
}

export interface GrantQuery {
  readonly state: 'pending' | 'active' | 'ended';
  readonly provider?: string;
  readonly clientId?: string;
  readonly outcome?: GrantStatus;
  /** Epoch milliseconds, by `requestedAt`, inclusive. */
  readonly from?: number;
  readonly to?: number;
  /** From the page before. */
  readonly cursor?: string;
  /** 1 to 100. */
  readonly limit: number;
  /** Whether a first page says how many there are in all. */
  readonly isCounted?: boolean;
}

export interface GrantPage extends Moment {
  /** Newest first. */
  readonly grants: readonly AuthorityGrant[];
  readonly nextCursor: string | null;
  /** How many match, on a first page that is counted; `null` when there are more than the store looks at for one page. */
  readonly total: number | null;
}

/** What lists can be narrowed to: all that occurs in what is kept of one person. */
export interface GrantChoices {
  /** Provider ids. */
  readonly providers: readonly string[];
  /** With the name that each claimed last. */
  readonly clients: readonly { readonly id: string; readonly name: string | null }[];
}

/**
 * Keeps sessions and grants. Rules live in the pure functions that are passed in; an adapter knows only versions,
 * `notAfter` and its epoch. Every method rejects with `store_unavailable` within 1 s when the store is out of reach, and
 * then nothing was changed that the caller may rely on.
 */
export abstract class GrantStore {
  /**
   * One round trip: the session (begun when it is new) and its live grants. `clientName`, when given, is remembered as
   * the client's own claim.
   */
  abstract open(principal: Principal, clientName?: string): Promise<SessionView>;

  /**
   * Puts a question. `decide` sees the session as it is, with every denial that was answered before, and may be called again
   * when another question of the same session wins the race. `DomainError` from `decide` passes through and nothing is stored.
   */
  abstract ask(principal: Principal, decide: (view: QuestionView) => Asked): Promise<Found>;

  /**
   * Applies one transition by compare-and-swap on the grant's version, with `notAfter` and epoch checked in the same
   * atomic step as grant and event are written. The store retries a lost race itself. With `known` (a grant from `open`)
   * the first try needs no read: one round trip.
   * @throws DomainError `not_found` for no grant and for a stranger's alike; whatever `decide` throws.
   */
  abstract apply(
    id: string,
    holder: Holder,
    decide: (grant: AuthorityGrant, moment: Moment) => Transition,
    known?: Found,
  ): Promise<Found>;

  /** `null` for no grant and for a stranger's alike. Ended grants are found until the history ends. */
  abstract find(id: string, holder: Holder): Promise<Found | null>;

  /** The body of a live request grant. `null` when it has none; deleted when the grant ends. */
  abstract body(id: string, holder: Holder): Promise<Uint8Array | null>;

  /** All grants of one person, across clients and sessions. */
  abstract list(userId: string, query: GrantQuery): Promise<GrantPage>;

  /** Never misses what a list can show; may name for some days what has left the history. */
  abstract choices(userId: string): Promise<GrantChoices>;

  /** Calls `listener` after every change of any grant, made by whichever process. Returns the way to stop. */
  abstract onChange(listener: (grantId: string) => void): () => void;
}
