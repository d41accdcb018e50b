import type { AuditEvent } from '../../server/audit/audit-event.js';
import { AuditSink } from '../../server/audit/audit-sink.port.js';
import {
  type BrowserSession,
  type BrowserSessionChanges,
  isBrowserSessionLive,
} from '../../server/auth/browser-session.js';
import { BrowserSessionEnded } from '../../server/auth/browser-session-ended.port.js';
import { BrowserSessionStore } from '../../server/auth/browser-session-store.port.js';
import {
  Identity,
  type Membership,
  type SignIn,
  type SignInStart,
  type User,
} from '../../server/auth/identity.port.js';
import type { Clock } from '../../server/kernel/clock.port.js';
import { DomainError } from '../../server/kernel/domain-error.js';
import { ORGANIZATION, USER } from './tokens.js';

export function signInOf(changes: Partial<SignIn> = {}): SignIn {
  return {
    user: { id: USER, email: 'ada@acme.example', name: 'Ada' },
    organization: ORGANIZATION,
    providerSession: 'session_01HXAMPLE',
    isImpersonated: false,
    authenticatedAt: 1_000,
    sealed: 'sealed-1',
    ...changes,
  };
}

/** Plays the identity provider as far as a test prepared it: a code works once, everything unprepared throws. */
export class PreparedIdentity extends Identity {
  readonly begun: { organization?: string; isFresh?: boolean }[] = [];
  readonly finished: { code: string; codeVerifier: string; ip?: string; userAgent?: string }[] = [];
  readonly renewals: string[] = [];
  readonly codes = new Map<string, SignIn>();
  people: readonly Membership[] | null = null;
  renewing: ((sealed: string) => Promise<SignIn | null>) | null = null;

  async begin(options: { organization?: string; isFresh?: boolean }): Promise<SignInStart> {
    const number = this.begun.push(options);
    const state = `state-${number}-${'x'.repeat(20)}`;
    return { url: `https://identity.example/authorize?state=${state}`, state, codeVerifier: `verifier-${number}` };
  }

  async finish(answer: { code: string; codeVerifier: string }): Promise<SignIn> {
    this.finished.push(answer);
    const signIn = this.codes.get(answer.code);
    if (signIn === undefined)
      throw new DomainError('sign_in_failed', 'The sign-in could not be finished. Start again.');
    this.codes.delete(answer.code);
    return signIn;
  }

  renew(sealed: string): Promise<SignIn | null> {
    this.renewals.push(sealed);
    if (this.renewing === null) throw new Error('No renewal was prepared.');
    return this.renewing(sealed);
  }

  signOutUrl(providerSession: string, returnTo: string): string {
    return `https://identity.example/logout?session_id=${providerSession}&return_to=${encodeURIComponent(returnTo)}`;
  }

  user(): Promise<User | null> {
    throw new Error('Nobody asks for a user here.');
  }

  async memberships(): Promise<readonly Membership[]> {
    if (this.people === null) throw new Error('No memberships were prepared.');
    return this.people;
  }
}

export class MemoryBrowserSessions extends BrowserSessionStore {
  readonly rows = new Map<string, BrowserSession>();
  writes = 0;

  constructor(private readonly clock: Clock) {
    super();
  }

  async save(session: BrowserSession): Promise<void> {
    this.writes += 1;
    this.rows.set(session.id, session);
  }

  async find(id: string): Promise<BrowserSession | null> {
    const session = this.rows.get(id);
    return session && isBrowserSessionLive(session, this.clock.now()) ? session : null;
  }

  async update(id: string, changes: BrowserSessionChanges): Promise<boolean> {
    this.writes += 1;
    const session = this.rows.get(id);
    if (session) this.rows.set(id, { ...session, ...changes });
    return session !== undefined;
  }

  async delete(id: string): Promise<void> {
    this.writes += 1;
    this.rows.delete(id);
  }
}

export class RecordedAudit extends AuditSink {
  readonly events: AuditEvent[] = [];

  async append(event: AuditEvent): Promise<void> {
    this.events.push(event);
  }

  of(action: AuditEvent['action']): AuditEvent[] {
    return this.events.filter((event) => event.action === action);
  }
}

export class RecordedEnds extends BrowserSessionEnded {
  readonly sessions: BrowserSession[] = [];
  failure: Error | null = null;

  async ended(session: BrowserSession): Promise<number> {
    if (this.failure) throw this.failure;
    this.sessions.push(session);
    return 1;
  }
}
