import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request, Response } from 'express';
import { html, type Markup, sendPage } from './page.js';
import type { SandboxState, SignedInBrowser } from './sandbox-state.js';
import { type SandboxUser, USERS, userOf } from './seed.js';
import { sha256 } from './ulid.js';

const SIGNED_IN = 'sandbox_browser';
const FORMS = 'sandbox_forms';

/** Who is signed in at AuthKit in this browser, shared by every sign-in and consent; and the forms' protection. */
export class Browsers {
  constructor(private readonly state: SandboxState) {}

  current(req: Request): (SignedInBrowser & { user: SandboxUser }) | null {
    const cookie = parseCookie(req.headers.cookie ?? '')[SIGNED_IN];
    const found = cookie ? this.state.data.browsers[sha256(cookie)] : undefined;
    const user = found && userOf(found.userId);
    return found && user ? { ...found, user } : null;
  }

  /** `url` is where the sign-in was asked for: there, once, it counts as fresh. */
  signIn(res: Response, user: SandboxUser, url: string): void {
    const cookie = randomBytes(32).toString('base64url');
    const now = Date.now();
    this.state.data.browsers[sha256(cookie)] = { userId: user.id, authenticatedAt: now, freshFor: sha256(url) };
    this.state.data.lastSignIn[user.id] = now;
    this.state.changed();
    this.#setCookie(res, SIGNED_IN, cookie);
  }

  /** True once after a sign-in that was asked for at this URL. */
  takeFresh(req: Request): boolean {
    const id = sha256(parseCookie(req.headers.cookie ?? '')[SIGNED_IN] ?? '');
    const found = this.state.data.browsers[id];
    if (found?.freshFor !== sha256(req.originalUrl)) return false;
    this.state.data.browsers[id] = { ...found, freshFor: null };
    this.state.changed();
    return true;
  }

  signOut(req: Request, res: Response): void {
    delete this.state.data.browsers[sha256(parseCookie(req.headers.cookie ?? '')[SIGNED_IN] ?? '')];
    this.state.changed();
    res.clearCookie(SIGNED_IN, { path: '/' });
  }

  /** Hidden fields that prove that the form was drawn for this browser and this subject. */
  formFields(req: Request, res: Response, subject: string): Markup {
    let cookie = parseCookie(req.headers.cookie ?? '')[FORMS];
    if (!cookie) {
      cookie = randomBytes(32).toString('base64url');
      this.#setCookie(res, FORMS, cookie);
    }
    return html`<input type="hidden" name="subject" value="${subject}"><input type="hidden" name="csrf" value="${this.#token(cookie, subject)}">`;
  }

  /** The subject of a posted form, or `null` when the form was not drawn for this browser. */
  formSubject(req: Request): string | null {
    const { subject, csrf } = (req.body ?? {}) as Record<string, unknown>;
    const cookie = parseCookie(req.headers.cookie ?? '')[FORMS];
    if (!cookie || typeof subject !== 'string' || typeof csrf !== 'string') return null;
    const expected = Buffer.from(this.#token(cookie, subject));
    const given = Buffer.from(csrf);
    return given.length === expected.length && timingSafeEqual(given, expected) ? subject : null;
  }

  /** The page on which a person picks who they are, then goes on to the URL that was asked for. */
  signInPage(req: Request, res: Response, reason: string, formTargets: readonly string[], loginHint?: string): void {
    const fields = this.formFields(req, res, `sign-in ${req.originalUrl}`);
    const first = USERS.filter((user) => user.email === loginHint);
    const users = [...first, ...USERS.filter((user) => !first.includes(user))];
    const buttons = users.map(
      (user) =>
        html`<button name="user" value="${user.id}">${user.firstName} ${user.lastName} <small>${user.email}</small></button>`,
    );
    const body = html`<p>${reason}</p><form method="post" action="/sandbox/sign-in">${fields}${buttons}</form>`;
    sendPage(res, 'Sign in', body, { formTargets });
  }

  handleSignIn(req: Request, res: Response): void {
    const subject = this.formSubject(req);
    const user = userOf(String((req.body as Record<string, unknown> | undefined)?.user));
    if (!subject?.startsWith('sign-in /') || subject.startsWith('sign-in //') || !user) {
      sendPage(res, 'This form is not valid any more', html`<p>Go back and try again.</p>`, { status: 400 });
      return;
    }
    const url = subject.slice('sign-in '.length);
    this.signIn(res, user, url);
    res.redirect(303, url);
  }

  /** Goes on to a page of the sandbox's own. */
  handleSignOut(req: Request, res: Response): void {
    const subject = this.formSubject(req);
    if (!subject?.startsWith('sign-out /') || subject.startsWith('sign-out //')) {
      sendPage(res, 'This form is not valid any more', html`<p>Go back and try again.</p>`, { status: 400 });
      return;
    }
    this.signOut(req, res);
    res.redirect(303, subject.slice('sign-out '.length));
  }

  #token(cookie: string, subject: string): string {
    return createHmac('sha256', this.state.data.formKey).update(`${cookie} ${subject}`).digest('base64url');
  }

  #setCookie(res: Response, name: string, value: string): void {
    res.append('Set-Cookie', stringifySetCookie({ name, value, path: '/', httpOnly: true, sameSite: 'lax' }));
  }
}
