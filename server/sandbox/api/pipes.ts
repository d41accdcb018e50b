import type { Request, Response, Router } from 'express';
import type { Fault, Faults } from '../faults.js';
import { INTEGRATIONS, integrationOf, type SandboxIntegration, userOf } from '../seed.js';
import type { Connections, SandboxOwner } from './connections.js';
import { strike } from './faulty-answer.js';
import { connectedAccountObject, dataProviderObject } from './objects.js';
import type { PipesConsentPage } from './pipes-consent-page.js';

/** Pipes: which integrations are on, whose account is linked, and the token for one call. */
export class Pipes {
  constructor(
    private readonly connections: Connections,
    private readonly consent: PipesConsentPage,
    private readonly faults: Faults,
  ) {}

  mount(api: Router): void {
    api.post('/data-integrations/:slug/token', (req, res) => this.#token(req, res));
    api.post('/data-integrations/:slug/authorize', (req, res) => this.#authorize(req, res));
    api.get('/user_management/users/:id/data_providers', (req, res) => this.#list(req, res));
    api
      .route('/user_management/users/:id/connected_accounts/:slug')
      .get((req, res) => this.#account(req, res))
      .post((req, res) => this.#import(req, res))
      .delete((req, res) => this.#disconnect(req, res));
  }

  async #token(req: Request, res: Response): Promise<void> {
    const asked = this.#asked(req, res, bodyOwner(req));
    if (!asked) return;
    const fault = this.faults.find('pipes', asked.owner.userId, asked.integration.slug);
    if (fault && (await strike(fault, req, res))) return;
    const error = tokenErrors[fault?.kind ?? ''];
    const connection = this.connections.find(asked.owner, asked.integration.slug);
    if (error || !connection) {
      res.json({ active: false, error: error ?? 'not_installed' });
      return;
    }
    const { accessToken, expiresAt, scopes } = this.connections.renewed(connection, asked.integration);
    const missing = asked.integration.scopes.filter((scope) => !scopes.includes(scope));
    const answer = {
      access_token: accessToken,
      expires_at: new Date(expiresAt).toISOString(),
      scopes,
      missing_scopes: missing,
    };
    res.json({
      active: true,
      access_token: { object: 'access_token', ...answer, ...broken(fault, asked.integration) },
    });
  }

  #authorize(req: Request, res: Response): void {
    const asked = this.#asked(req, res, bodyOwner(req));
    if (!asked) return;
    const returnTo = (req.body as Record<string, unknown>).return_to;
    if (returnTo !== undefined && !this.consent.mayReturnTo(returnTo)) {
      res.status(400).json({ message: 'The return_to URL is not allowed.' });
      return;
    }
    res.json({
      url: this.consent.start(asked.owner, asked.integration, typeof returnTo === 'string' ? returnTo : null),
    });
  }

  async #list(req: Request, res: Response): Promise<void> {
    const owner = pathOwner(req);
    if (!this.#isPerson(owner, res)) return;
    const fault = this.faults.find('pipes', owner.userId);
    if (fault && (await strike(fault, req, res))) return;
    const data = INTEGRATIONS.map((integration) => {
      const kind = this.faults.find('pipes', owner.userId, integration.slug)?.kind;
      const linked = kind === 'not_connected' ? undefined : this.connections.find(owner, integration.slug);
      const connection =
        linked && kind === 'missing_scopes' ? { ...linked, scopes: linked.scopes.slice(0, 1) } : linked;
      return dataProviderObject(integration, connection, kind === 'needs_reauthorization' ? kind : undefined);
    });
    res.json({ object: 'list', data });
  }

  #account(req: Request, res: Response): void {
    const asked = this.#asked(req, res, pathOwner(req));
    const connection = asked && this.connections.find(asked.owner, asked.integration.slug);
    if (connection) res.json(connectedAccountObject(connection));
    else if (asked) res.status(404).json({ message: 'Connected account not found.' });
  }

  #import(req: Request, res: Response): void {
    const asked = this.#asked(req, res, pathOwner(req));
    if (!asked) return;
    if (this.connections.find(asked.owner, asked.integration.slug)) {
      res.status(409).json({ message: 'A connected account already exists.' });
      return;
    }
    const scopes = (req.body as Record<string, unknown> | undefined)?.scopes;
    const wanted = Array.isArray(scopes) ? scopes.map(String) : asked.integration.scopes;
    res.status(201).json(connectedAccountObject(this.connections.link(asked.owner, asked.integration, wanted)));
  }

  #disconnect(req: Request, res: Response): void {
    const asked = this.#asked(req, res, pathOwner(req));
    if (!asked) return;
    if (this.connections.unlink(asked.owner, asked.integration.slug)) res.status(204).end();
    else res.status(404).json({ message: 'Connected account not found.' });
  }

  #asked(
    req: Request,
    res: Response,
    owner: SandboxOwner,
  ): { owner: SandboxOwner; integration: SandboxIntegration } | null {
    if (!this.#isPerson(owner, res)) return null;
    const integration = integrationOf(String(req.params.slug));
    if (integration) return { owner, integration };
    res.status(404).json({ message: `Data integration not found: '${req.params.slug}'.` });
    return null;
  }

  /** The person exists and is in the organization that is named. */
  #isPerson(owner: SandboxOwner, res: Response): boolean {
    const user = userOf(owner.userId);
    if (user && (owner.organizationId === null || user.organizationIds.includes(owner.organizationId))) return true;
    res.status(404).json({ message: user ? 'Organization not found.' : `User not found: '${owner.userId}'.` });
    return false;
  }
}

const tokenErrors: Record<string, string> = {
  not_connected: 'not_installed',
  needs_reauthorization: 'needs_reauthorization',
  unknown_error: 'account_selection_required',
};

function broken(fault: Fault | undefined, integration: SandboxIntegration): Record<string, unknown> {
  if (fault?.kind === 'missing_scopes') {
    return { scopes: integration.scopes.slice(0, 1), missing_scopes: integration.scopes.slice(1) };
  }
  if (fault?.kind === 'empty_token') return { access_token: '' };
  if (fault?.kind === 'broken_token') return { access_token: 'one\r\nX-Injected: two' };
  if (fault?.kind === 'huge_token') return { access_token: 'a'.repeat(65_536) };
  if (fault?.kind === 'null_expiry') return { expires_at: null };
  if (fault?.kind === 'expiring') return { expires_at: new Date(Date.now() + 30_000).toISOString() };
  return {};
}

const optional = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);

function bodyOwner(req: Request): SandboxOwner {
  const body = (req.body ?? {}) as Record<string, unknown>;
  return { userId: String(body.user_id), organizationId: optional(body.organization_id) };
}

const pathOwner = (req: Request): SandboxOwner => ({
  userId: String(req.params.id),
  organizationId: optional(req.query.organization_id),
});
