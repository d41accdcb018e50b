import type { Express, Request, Response } from 'express';
import type { Browsers } from '../browser.js';
import { formTarget, html, sendPage } from '../page.js';
import { organizationOf, type SandboxIntegration, userOf } from '../seed.js';
import { newToken } from '../ulid.js';
import type { Connections, SandboxOwner } from './connections.js';

interface Started {
  readonly owner: SandboxOwner;
  readonly integration: SandboxIntegration;
  readonly returnTo: string | null;
  readonly expiresAt: number;
}

const LIFE_MS = 600_000;

/** The provider's own consent page behind `POST /data-integrations/:slug/authorize`. Whoever opens the URL decides. */
export class PipesConsentPage {
  readonly #started = new Map<string, Started>();

  constructor(
    private readonly connections: Connections,
    private readonly browsers: Browsers,
    private readonly base: () => string,
    private readonly appOrigin: string,
  ) {}

  mount(app: Express): void {
    app.get('/data-integrations/:id/authorize-redirect', (req, res) => this.#show(req, res));
    app.post('/sandbox/link/:id', (req, res) => this.#decide(req, res));
  }

  mayReturnTo(url: unknown): url is string {
    return typeof url === 'string' && URL.canParse(url) && new URL(url).origin === this.appOrigin;
  }

  start(owner: SandboxOwner, integration: SandboxIntegration, returnTo: string | null): string {
    const id = newToken('link_');
    this.#started.set(id, { owner, integration, returnTo, expiresAt: Date.now() + LIFE_MS });
    return `${this.base()}/data-integrations/${id}/authorize-redirect`;
  }

  #show(req: Request, res: Response): void {
    const started = this.#find(req, res);
    if (!started) return;
    const { owner, integration } = started;
    const user = userOf(owner.userId);
    const organization = owner.organizationId && organizationOf(owner.organizationId)?.name;
    const scopes = integration.scopes.map((scope) => html`<li><code>${scope}</code></li>`);
    const body = html`<p>for ${user?.email ?? owner.userId}${organization ? html` in ${organization}` : null}. It asks for:</p><ul>${scopes}</ul>
<form method="post" action="/sandbox/link/${String(req.params.id)}">${this.browsers.formFields(req, res, `link ${req.params.id}`)}
<button name="decision" value="allow">Allow</button>
<button name="decision" value="fewer">Allow only the first</button>
<button name="decision" value="deny">Deny</button></form>`;
    sendPage(res, `Link your ${integration.name} account`, body, { formTargets: [formTarget(this.appOrigin)] });
  }

  #decide(req: Request, res: Response) {
    const started = this.#find(req, res);
    if (!started) return;
    const { decision } = (req.body ?? {}) as Record<string, unknown>;
    const isKnown = decision === 'allow' || decision === 'fewer' || decision === 'deny';
    if (this.browsers.formSubject(req) !== `link ${req.params.id}` || !isKnown) return over(res);
    this.#started.delete(String(req.params.id));
    const { owner, integration, returnTo } = started;
    if (decision !== 'deny') {
      this.connections.link(
        owner,
        integration,
        decision === 'allow' ? integration.scopes : integration.scopes.slice(0, 1),
      );
    }
    if (returnTo === null) return sendPage(res, 'Done', html`<p>You can close this page.</p>`);
    const url = new URL(returnTo);
    if (decision === 'deny') url.searchParams.set('error', 'access_denied');
    res.redirect(303, url.href);
  }

  #find(req: Request, res: Response): Started | null {
    const started = this.#started.get(String(req.params.id));
    if (started && started.expiresAt > Date.now()) return started;
    over(res);
    return null;
  }
}

function over(res: Response): void {
  sendPage(res, 'This link is over', html`<p>Start again in the application.</p>`, { status: 404 });
}
