import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type AuditAction, type AuditEvent, auditEvent } from '../audit/audit-event.js';
import { AuditSink } from '../audit/audit-sink.port.js';
import { Clock } from '../kernel/clock.port.js';
import { AuthSettings } from './auth-settings.js';
import { type BrowserSession, isBrowserSessionLive } from './browser-session.js';
import { BrowserSessionEnded } from './browser-session-ended.port.js';
import { BrowserSessionStore } from './browser-session-store.port.js';
import { readCookie, sessionCookieName } from './http.cookies.js';
import { Identity, type SignIn } from './identity.port.js';

const ID_BYTES = 32;
const COOKIE_VALUE = /^[A-Za-z0-9_-]{43}$/;
/** Far more than fit into the longest life of a grant. */
const REPLACED_MAX = 50;
const TOUCH_EVERY_MS = 60_000;

/** Signed-in browsers. Every method rejects with `store_unavailable` when the store is out of reach. */
@Injectable()
export class BrowserSessionService {
  readonly #renewing = new Map<string, Promise<BrowserSession | null>>();

  constructor(
    private readonly store: BrowserSessionStore,
    private readonly identity: Identity,
    private readonly sessionEnded: BrowserSessionEnded,
    private readonly audit: AuditSink,
    private readonly settings: AuthSettings,
    private readonly clock: Clock,
  ) {}

  /**
   * Starts a session under a new id. One of the same person that it replaces goes on in it; another person's ends, with what
   * they approved in it.
   * @returns the cookie's value, the only copy of it.
   */
  async start(signIn: SignIn, replaces: string | null): Promise<string> {
    const value = randomBytes(ID_BYTES).toString('base64url');
    const now = this.clock.now();
    const { user, ...rest } = signIn;
    const who = { userId: user.id, email: user.email, name: user.name };
    const old = replaces === null ? null : await this.store.find(replaces);
    const isSamePerson = old?.userId === user.id;
    const replaced = isSamePerson ? [...(old.replaced ?? []), old.id].slice(-REPLACED_MAX) : [];
    const session = { ...rest, ...who, id: rowOf(value), startedAt: now, seenAt: now, replaced };
    await this.audit.append(this.#event('session.started', session));
    await this.store.save(session);
    if (old !== null) await (isSamePerson ? this.store.delete(old.id) : this.end(old));
    return value;
  }

  /**
   * The session of the browser that sent this `Cookie` header.
   * @throws DomainError `invalid_arguments` when the cookie comes twice.
   */
  async current(cookieHeader: string | undefined): Promise<BrowserSession | null> {
    const value = readCookie(cookieHeader, sessionCookieName(this.settings.isHttps));
    if (value === null || !COOKIE_VALUE.test(value)) return null;
    const session = await this.store.find(rowOf(value));
    const now = this.clock.now();
    if (session === null || !isBrowserSessionLive(session, now)) return null;
    if (now < session.seenAt + TOUCH_EVERY_MS) return session;
    return (await this.store.update(session.id, { seenAt: now })) ? { ...session, seenAt: now } : null;
  }

  /**
   * Asks the identity provider whether the session still lives there. Refresh tokens work once, so calls for one session share
   * one renewal. A renewal proves nothing about who sits there: `authenticatedAt` stays.
   * @returns `null` when it was ended there, or is now someone else's: then it has ended here, too.
   */
  renewed(session: BrowserSession): Promise<BrowserSession | null> {
    const running = this.#renewing.get(session.id);
    if (running !== undefined) return running;
    const renewing = this.#renew(session.id).finally(() => this.#renewing.delete(session.id));
    this.#renewing.set(session.id, renewing);
    return renewing;
  }

  /** Ends first what was approved in the session, then the session. */
  async end(session: BrowserSession): Promise<void> {
    await this.sessionEnded.ended(session);
    await this.audit.append(this.#event('session.ended', session));
    await this.store.delete(session.id);
    // A decision that was under way may have been stored after the first look. One that is stored later finds the row gone.
    await this.sessionEnded.ended(session);
  }

  /** False once the session has ended: what was decided in it meanwhile must end, too (I14). */
  async isThere(session: BrowserSession): Promise<boolean> {
    return (await this.store.find(session.id)) !== null;
  }

  async #renew(id: string): Promise<BrowserSession | null> {
    const session = await this.store.find(id);
    if (session === null) return null;
    let signIn = await this.identity.renew(session.sealed);
    if (signIn === null) {
      // Another process may have spent the same refresh token a moment ago and stored its successor.
      const again = await this.store.find(id);
      if (again !== null && again.sealed !== session.sealed) signIn = await this.identity.renew(again.sealed);
    }
    if (signIn === null || !isSamePerson(signIn, session)) {
      await this.end(session);
      return null;
    }
    const seenAt = this.clock.now();
    const isThere = await this.store.update(id, { sealed: signIn.sealed, seenAt });
    return isThere ? { ...session, sealed: signIn.sealed, seenAt } : null;
  }

  #event(action: AuditAction, session: BrowserSession): AuditEvent {
    const { userId, organization, id, isImpersonated } = session;
    const event = auditEvent(
      action,
      this.clock.now(),
      { type: 'user', userId, browserSession: id },
      {},
      { isImpersonated },
    );
    return { ...event, subject: userId, organization };
  }
}

/** Somebody else in the person's name is somebody else. */
function isSamePerson(signIn: SignIn, session: BrowserSession): boolean {
  return (
    signIn.user.id === session.userId &&
    signIn.organization === session.organization &&
    signIn.isImpersonated === session.isImpersonated
  );
}

function rowOf(cookieValue: string): string {
  return createHash('sha256').update(cookieValue).digest('hex');
}
