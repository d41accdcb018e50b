import type { SandboxConnection, SandboxData, SandboxSession } from '../sandbox-state.js';
import { type SandboxIntegration, type SandboxOrganization, type SandboxUser, SEEDED_AT } from '../seed.js';

const iso = (at: number) => new Date(at).toISOString();
const seeded = { created_at: iso(SEEDED_AT), updated_at: iso(SEEDED_AT) };
const SESSION_LIFE_MS = 30 * 86_400_000;

export const listOf = (data: readonly unknown[]) => ({
  object: 'list',
  data,
  list_metadata: { before: null, after: null },
});

export function userObject(user: SandboxUser, data: SandboxData) {
  const signedIn = data.lastSignIn[user.id];
  return {
    object: 'user',
    id: user.id,
    email: user.email,
    first_name: user.firstName,
    last_name: user.lastName,
    name: `${user.firstName} ${user.lastName}`,
    profile_picture_url: null,
    email_verified: true,
    external_id: null,
    metadata: {},
    last_sign_in_at: signedIn === undefined ? null : iso(signedIn),
    locale: null,
    ...seeded,
  };
}

export const organizationObject = (organization: SandboxOrganization) => ({
  object: 'organization',
  id: organization.id,
  name: organization.name,
  domains: [
    {
      object: 'organization_domain',
      id: organization.id.replace('org_', 'org_domain_'),
      organization_id: organization.id,
      domain: organization.domain,
      state: 'verified',
      ...seeded,
    },
  ],
  metadata: {},
  external_id: null,
  ...seeded,
});

export const membershipObject = (user: SandboxUser, organization: SandboxOrganization, data: SandboxData) => ({
  object: 'organization_membership',
  id: `om_${user.id.slice(-20)}${organization.id.slice(-6)}`,
  user_id: user.id,
  organization_id: organization.id,
  organization_name: organization.name,
  status: 'active',
  directory_managed: false,
  custom_attributes: {},
  role: { slug: 'member' },
  roles: [{ slug: 'member' }],
  user: userObject(user, data),
  ...seeded,
});

export const sessionObject = (session: SandboxSession) => ({
  object: 'session',
  id: session.id,
  user_id: session.userId,
  ...(session.organizationId && { organization_id: session.organizationId }),
  ip_address: session.ip,
  user_agent: session.userAgent,
  auth_method: 'password',
  status: session.status,
  expires_at: iso(session.createdAt + SESSION_LIFE_MS),
  ended_at: session.endedAt === null ? null : iso(session.endedAt),
  created_at: iso(session.createdAt),
  updated_at: iso(session.endedAt ?? session.createdAt),
});

export const connectedAccountObject = (connection: SandboxConnection, state = 'connected') => ({
  object: 'connected_account',
  id: connection.id,
  user_id: connection.userId,
  organization_id: connection.organizationId,
  scopes: connection.scopes,
  auth_method: 'oauth',
  api_key_last_4: null,
  state,
  created_at: iso(connection.createdAt),
  updated_at: iso(connection.createdAt),
});

/** The nested account repeats some fields in camel case: deprecated by WorkOS, and required by its schema. */
export function dataProviderObject(
  integration: SandboxIntegration,
  connection: SandboxConnection | undefined,
  state?: string,
) {
  const account = connection && connectedAccountObject(connection, state);
  return {
    object: 'data_provider',
    id: integration.id,
    name: integration.name,
    description: integration.description,
    slug: integration.slug,
    integration_type: integration.slug,
    integrationType: integration.slug,
    credentials_type: 'oauth2',
    credentialsType: 'oauth2',
    scopes: integration.scopes,
    auth_methods: ['oauth'],
    ownership: 'userland_user',
    ...seeded,
    createdAt: seeded.created_at,
    updatedAt: seeded.updated_at,
    connected_account: account
      ? {
          ...account,
          userlandUserId: account.user_id,
          organizationId: account.organization_id,
          createdAt: account.created_at,
          updatedAt: account.updated_at,
        }
      : null,
  };
}
