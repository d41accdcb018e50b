import type { Request, Response, Router } from 'express';
import type { Provider } from 'oidc-provider';
import type { SandboxState } from '../sandbox-state.js';
import { organizationOf, type SandboxUser, SEEDED_AT, USERS, userOf } from '../seed.js';
import { listOf, membershipObject, organizationObject, sessionObject, userObject } from './objects.js';

/** Users, memberships, organizations, sessions and the OAuth clients that a person authorized. */
export class People {
  constructor(
    private readonly state: SandboxState,
    private readonly oauth: Provider,
  ) {}

  mount(api: Router): void {
    api.get('/user_management/users/:id', (req, res) => {
      const user = found(req, res);
      if (user) res.json(userObject(user, this.state.data));
    });
    api.get('/user_management/users/:id/sessions', (req, res) => {
      const user = found(req, res);
      const sessions = Object.values(this.state.data.sessions).filter((session) => session.userId === user?.id);
      if (user) res.json(listOf(sessions.map(sessionObject)));
    });
    api.post('/user_management/sessions/revoke', (req, res) => this.#revoke(req, res));
    api.get('/user_management/organization_memberships', (req, res) => this.#memberships(req, res));
    api.get('/organizations/:id', (req, res) => {
      const organization = organizationOf(req.params.id);
      if (organization) res.json(organizationObject(organization));
      else res.status(404).json({ message: `Organization not found: '${req.params.id}'.` });
    });
    api.get('/user_management/users/:id/authorized_applications', (req, res) => this.#applications(req, res));
    api.delete('/user_management/users/:id/authorized_applications/:application', (req, res) =>
      this.#withdraw(req, res),
    );
  }

  #revoke(req: Request, res: Response): void {
    const session = this.state.data.sessions[String((req.body as Record<string, unknown> | undefined)?.session_id)];
    if (!session) {
      res.status(400).json({ message: 'Session not found.' });
      return;
    }
    this.state.data.sessions[session.id] = { ...session, status: 'revoked', endedAt: session.endedAt ?? Date.now() };
    this.state.changed();
    res.status(200).end();
  }

  #memberships(req: Request, res: Response): void {
    const { user_id: userId, organization_id: organizationId, statuses } = req.query;
    if (userId === undefined && organizationId === undefined) {
      res
        .status(400)
        .json({ code: 'missing_user_id_or_organization_id', message: 'A user or an organization is needed.' });
      return;
    }
    const isActiveWanted = statuses === undefined || String(statuses).split(',').includes('active');
    const memberships = USERS.filter((user) => isActiveWanted && (userId === undefined || user.id === userId)).flatMap(
      (user) =>
        user.organizationIds
          .filter((id) => organizationId === undefined || id === organizationId)
          .map((id) => membershipObject(user, organizationOf(id)!, this.state.data)),
    );
    res.json(listOf(memberships));
  }

  async #applications(req: Request, res: Response): Promise<void> {
    const user = found(req, res);
    if (!user) return;
    const consents = Object.values(this.state.data.consents).filter((consent) => consent.userId === user.id);
    const applications = await Promise.all(
      consents.map(async (consent) => ({
        object: 'authorized_connect_application',
        id: `authorized_connect_app_${consent.grantId}`,
        granted_scopes: consent.scopes,
        ...(consent.resource && { oauth_resource: consent.resource }),
        application: await this.#application(consent.clientId),
      })),
    );
    res.json(listOf(applications));
  }

  async #application(clientId: string) {
    // A client that is known by a document may have taken it away.
    const client = await this.oauth.Client.find(clientId).catch(() => undefined);
    return {
      object: 'connect_application',
      id: `conn_app_${clientId}`,
      client_id: clientId,
      name: client?.clientName ?? 'Unnamed application',
      description: null,
      scopes: [],
      application_type: 'oauth',
      redirect_uris: (client?.redirectUris ?? []).map((uri, index) => ({ uri, default: index === 0 })),
      uses_pkce: true,
      is_first_party: false,
      was_dynamically_registered: true,
      created_at: new Date(SEEDED_AT).toISOString(),
      updated_at: new Date(SEEDED_AT).toISOString(),
    };
  }

  /** Refresh tokens die with the consent; access tokens live to their end, as at WorkOS. */
  async #withdraw(req: Request, res: Response): Promise<void> {
    const name = String(req.params.application);
    const consents = Object.values(this.state.data.consents).filter(
      (one) =>
        one.userId === req.params.id && (one.clientId === name || `authorized_connect_app_${one.grantId}` === name),
    );
    if (consents.length === 0) {
      res.status(404).json({ message: 'Authorized application not found.' });
      return;
    }
    for (const { grantId } of consents) {
      delete this.state.data.consents[grantId];
      await this.oauth.RefreshToken.revokeByGrantId(grantId);
      await (await this.oauth.Grant.find(grantId))?.destroy();
    }
    this.state.changed();
    res.status(204).end();
  }
}

function found(req: Request, res: Response): SandboxUser | undefined {
  const user = userOf(String(req.params.id));
  if (!user) res.status(404).json({ message: `User not found: '${req.params.id}'.`, code: 'entity_not_found' });
  return user;
}
