import type { Express, Request, Response } from 'express';
import type { Browsers } from '../browser.js';
import { formTarget, html, sendPage } from '../page.js';
import type { SandboxState, SignedInBrowser } from '../sandbox-state.js';
import { CLIENT_ID, organizationOf, type SandboxUser } from '../seed.js';
import { newToken, sha256 } from '../ulid.js';

const CODE_LIFE_MS = 600_000;
const CHALLENGE = /^[A-Za-z0-9_-]{43}$/;

type Browser = SignedInBrowser & { user: SandboxUser };

/** `/user_management/authorize` and `/user_management/sessions/logout`: the two addresses that a browser visits. */
export class AuthorizePage {
  constructor(
    private readonly browsers: Browsers,
    private readonly state: SandboxState,
    private readonly redirectUri: string,
    private readonly appOrigin: string,
  ) {}

  mount(app: Express): void {
    app.get('/user_management/authorize', (req, res) => this.#authorize(req, res));
    app.post('/sandbox/organization', (req, res) => this.#pickOrganization(req, res));
    app.get('/user_management/sessions/logout', (req, res) => this.#logout(req, res));
  }

  #authorize(req: Request, res: Response) {
    const query = req.query as Record<string, unknown>;
    if (query.client_id !== CLIENT_ID || query.redirect_uri !== this.redirectUri) {
      const body = html`<p>The client or its redirect URI is not registered: <code>${String(query.redirect_uri)}</code></p>`;
      return sendPage(res, 'This application is not known', body, { status: 400 });
    }
    if (query.response_type !== 'code' || query.provider !== 'authkit') {
      return this.#back(res, query, {
        error: 'invalid_request',
        error_description: 'response_type=code and provider=authkit are needed.',
      });
    }
    if (query.code_challenge_method !== 'S256' || !CHALLENGE.test(String(query.code_challenge))) {
      return this.#back(res, query, { error: 'invalid_request', error_description: 'PKCE with S256 is needed.' });
    }
    const browser = this.browsers.current(req);
    const isFresh = this.browsers.takeFresh(req);
    if (!browser || (!isFresh && needsFreshSignIn(query, browser))) {
      const hint = typeof query.login_hint === 'string' ? query.login_hint : undefined;
      return this.browsers.signInPage(req, res, 'to Countersign', [formTarget(this.redirectUri)], hint);
    }
    const { organizationIds } = browser.user;
    if (query.organization_id !== undefined) {
      const wanted = String(query.organization_id);
      if (organizationIds.includes(wanted)) return this.#code(res, query, browser, wanted);
      return this.#back(res, query, { error: 'access_denied', error_description: 'Not a member of the organization.' });
    }
    if (organizationIds.length > 1) return this.#organizationPage(req, res, browser);
    this.#code(res, query, browser, organizationIds[0] ?? null);
  }

  #organizationPage(req: Request, res: Response, { user }: Browser): void {
    const buttons = user.organizationIds.map(
      (id) => html`<button name="organization" value="${id}">${organizationOf(id)?.name ?? id}</button>`,
    );
    const fields = this.browsers.formFields(req, res, `organization ${user.id} ${req.originalUrl}`);
    const body = html`<p>${user.email}</p><form method="post" action="/sandbox/organization">${fields}${buttons}</form>`;
    sendPage(res, 'Choose an organization', body, { formTargets: [formTarget(this.redirectUri)] });
  }

  #pickOrganization(req: Request, res: Response) {
    const browser = this.browsers.current(req);
    const prefix = `organization ${browser?.user.id} `;
    const subject = this.browsers.formSubject(req);
    const organization = String((req.body as Record<string, unknown>).organization);
    if (!browser || !subject?.startsWith(prefix) || !browser.user.organizationIds.includes(organization)) {
      return sendPage(res, 'This form is not valid any more', html`<p>Go back and try again.</p>`, { status: 400 });
    }
    const query = Object.fromEntries(new URL(subject.slice(prefix.length), this.redirectUri).searchParams);
    this.#code(res, query, browser, organization);
  }

  #code(res: Response, query: Record<string, unknown>, browser: Browser, organizationId: string | null): void {
    const code = newToken('code_');
    this.state.data.codes[sha256(code)] = {
      userId: browser.user.id,
      organizationId,
      challenge: String(query.code_challenge),
      authenticatedAt: browser.authenticatedAt,
      expiresAt: Date.now() + CODE_LIFE_MS,
    };
    this.state.changed();
    this.#back(res, query, { code });
  }

  #back(res: Response, query: Record<string, unknown>, answer: Record<string, string>): void {
    const url = new URL(this.redirectUri);
    for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
    if (typeof query.state === 'string') url.searchParams.set('state', query.state);
    res.redirect(303, url.href);
  }

  #logout(req: Request, res: Response): void {
    const { session_id: sessionId, return_to: returnTo } = req.query;
    const session = typeof sessionId === 'string' ? this.state.data.sessions[sessionId] : undefined;
    if (!session) {
      res.status(422).json({ message: 'Session not found.' });
      return;
    }
    this.state.data.sessions[session.id] = { ...session, status: 'revoked', endedAt: session.endedAt ?? Date.now() };
    this.browsers.signOut(req, res);
    const isOurs =
      typeof returnTo === 'string' && URL.canParse(returnTo) && new URL(returnTo).origin === this.appOrigin;
    res.redirect(302, isOurs ? returnTo : this.appOrigin);
  }
}

function needsFreshSignIn(query: Record<string, unknown>, browser: Browser): boolean {
  if (query.prompt === 'login' || query.prompt === 'select_account') return true;
  return query.max_age !== undefined && Date.now() - browser.authenticatedAt >= Number(query.max_age) * 1000;
}
