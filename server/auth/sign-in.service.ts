import { Injectable } from '@nestjs/common';
import { DomainError } from '../kernel/domain-error.js';
import { AuthSettings } from './auth-settings.js';
import type { BrowserSession } from './browser-session.js';
import { BrowserSessionService } from './browser-session.service.js';
import { isSameSecret } from './constant-time.js';
import { readCookie, signInCookie, signInCookieName } from './http.cookies.js';
import { Identity } from './identity.port.js';
import { Keys } from './keys.js';
import { safeReturnTo } from './return-to.js';
import { openFlow, type SignInFlow, sealFlow } from './sealed.sign-in-flow.js';

const ORGANIZATION = /^org_[0-9A-Za-z_]{1,100}$/;

type Query = Readonly<Record<string, unknown>>;

/** Signing a browser in and out. Signing in gives nobody any authority. */
@Injectable()
export class SignInService {
  constructor(
    private readonly identity: Identity,
    private readonly sessions: BrowserSessionService,
    private readonly keys: Keys,
    private readonly settings: AuthSettings,
  ) {}

  cookieName(state: string): string {
    return signInCookieName(this.settings.isHttps, state);
  }

  /**
   * Begins a sign-in: `returnTo` (a page of ours), `organization` to sign in to, `fresh=1` to ask for the credentials again.
   * @returns where the browser goes, and the cookie that ties the answer to this browser.
   */
  async begin(query: Query, cookieHeader: string | undefined): Promise<{ url: string; cookie: string }> {
    const { organization } = query;
    if (organization !== undefined && !(typeof organization === 'string' && ORGANIZATION.test(organization))) {
      throw new DomainError('invalid_arguments', 'organization is not the id of an organization.', {
        fields: ['organization'],
      });
    }
    const isFresh = query.fresh === '1';
    const before = await this.sessions.current(cookieHeader);
    const { url, state, codeVerifier } = await this.identity.begin({
      ...(organization === undefined ? {} : { organization }),
      ...(isFresh ? { isFresh } : {}),
    });
    const flow = { state, codeVerifier, returnTo: safeReturnTo(query.returnTo), replaces: before?.id ?? null };
    return { url, cookie: signInCookie(this.settings.isHttps, state, await sealFlow(this.keys, flow)) };
  }

  /**
   * Takes the identity provider's answer, in the browser that began the sign-in only.
   * @returns no session value when the person turned back.
   * @throws DomainError `sign_in_failed`
   */
  async finish(
    state: string,
    query: Query,
    cookieHeader: string | undefined,
    browser: { ip?: string; userAgent?: string },
  ): Promise<{ returnTo: string; sessionValue: string | null }> {
    const flow = await this.#flow(state, cookieHeader);
    const { code, error } = query;
    if (error !== undefined) return { returnTo: flow.returnTo, sessionValue: null };
    if (typeof code !== 'string' || code === '') throw failed();
    const signIn = await this.identity.finish({ code, codeVerifier: flow.codeVerifier, ...browser });
    return { returnTo: flow.returnTo, sessionValue: await this.sessions.start(signIn, flow.replaces) };
  }

  /** Ends the session here; the browser ends it at the identity provider by going to the URL. */
  async signOut(session: BrowserSession): Promise<string> {
    await this.sessions.end(session);
    return this.identity.signOutUrl(session.providerSession, `${this.settings.origin}/`);
  }

  async #flow(state: string, cookieHeader: string | undefined): Promise<SignInFlow> {
    const sealed = readCookie(cookieHeader, this.cookieName(state));
    const flow = sealed === null ? null : await openFlow(this.keys, sealed);
    if (flow === null || !isSameSecret(flow.state, state)) throw failed();
    return flow;
  }
}

function failed(): DomainError {
  return new DomainError(
    'sign_in_failed',
    'This sign-in was not begun in this browser, or more than ten minutes ago. Start again.',
  );
}
