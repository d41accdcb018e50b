import { randomBytes } from 'node:crypto';
import type { SandboxConnection, SandboxData } from './sandbox-state.js';
import { newToken, ulid } from './ulid.js';

export interface SandboxUser {
  readonly id: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly organizationIds: readonly string[];
}

export interface SandboxOrganization {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
}

export interface SandboxIntegration {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly scopes: readonly string[];
  readonly tokenPrefix: string;
}

export const SEEDED_AT = Date.parse('2026-01-05T09:00:00.000Z');

/** The same on every machine, so that a link or a note about the sandbox stays true. */
const fixedId = (prefix: string, name: string) => `${prefix}_${`01SANDBOX${name}`.padEnd(26, '0')}`;

export const CLIENT_ID = fixedId('client', '');

export const ACME: SandboxOrganization = { id: fixedId('org', 'ACME'), name: 'Acme GmbH', domain: 'acme.example' };
export const GLOBEX: SandboxOrganization = { id: fixedId('org', 'G10BEX'), name: 'Globex', domain: 'globex.example' };
export const ORGANIZATIONS: readonly SandboxOrganization[] = [ACME, GLOBEX];

const user = (name: string, lastName: string, email: string, organizations: readonly SandboxOrganization[]) => ({
  id: fixedId('user', name.toUpperCase()),
  email,
  firstName: name,
  lastName,
  organizationIds: organizations.map((organization) => organization.id),
});

export const ANA: SandboxUser = user('Ana', 'Sousa', 'ana@acme.example', [ACME, GLOBEX]);
export const BO: SandboxUser = user('Bo', 'Lindqvist', 'bo@acme.example', [ACME]);
export const KIM: SandboxUser = user('Kim', 'Park', 'kim@solo.example', []);
export const USERS: readonly SandboxUser[] = [ANA, BO, KIM];

/** Switched on for both organizations and for people without one. */
export const INTEGRATIONS: readonly SandboxIntegration[] = [
  {
    id: fixedId('data_integration', 'LINEAR'),
    slug: 'linear',
    name: 'Linear',
    description: 'Issues and projects',
    scopes: ['read', 'write', 'issues:create'],
    tokenPrefix: 'lin_oauth_sandbox_',
  },
  {
    id: fixedId('data_integration', 'NOTION'),
    slug: 'notion',
    name: 'Notion',
    description: 'Pages and databases',
    scopes: ['read_content', 'update_content', 'insert_content'],
    tokenPrefix: 'ntn_sandbox_',
  },
  {
    id: fixedId('data_integration', 'SNOWF1AKE'),
    slug: 'snowflake',
    name: 'Snowflake',
    description: 'Data warehouse',
    scopes: ['session:role:ANALYST', 'refresh_token'],
    tokenPrefix: 'sf_oauth_sandbox_',
  },
];

export const integrationOf = (slug: string) => INTEGRATIONS.find((integration) => integration.slug === slug);
export const userOf = (id: string) => USERS.find((one) => one.id === id);
export const organizationOf = (id: string) => ORGANIZATIONS.find((one) => one.id === id);

const TOKEN_LIFE_MS = 3_600_000;

export const connectionKey = (userId: string, organizationId: string | null, slug: string) =>
  `${userId} ${organizationId ?? '-'} ${slug}`;

export function newConnection(
  owner: { userId: string; organizationId: string | null },
  integration: SandboxIntegration,
  scopes: readonly string[] = integration.scopes,
): SandboxConnection {
  const now = Date.now();
  return {
    id: `data_installation_${ulid()}`,
    ...owner,
    slug: integration.slug,
    scopes,
    accessToken: newToken(integration.tokenPrefix),
    expiresAt: now + TOKEN_LIFE_MS,
    createdAt: now,
  };
}

/** Ana has linked Linear and Notion in Acme, Bo Linear. Snowflake is left for people to link. */
export function emptyState(): SandboxData {
  const connections: Record<string, SandboxConnection> = {};
  for (const [who, slugs] of [
    [ANA, ['linear', 'notion']],
    [BO, ['linear']],
  ] as const) {
    for (const slug of slugs) {
      const owner = { userId: who.id, organizationId: ACME.id };
      connections[connectionKey(who.id, ACME.id, slug)] = newConnection(owner, integrationOf(slug)!);
    }
  }
  return {
    apiKey: newToken('sk_sandbox_'),
    formKey: randomBytes(32).toString('base64url'),
    keys: null,
    lastSignIn: {},
    browsers: {},
    codes: {},
    sessions: {},
    consents: {},
    connections,
    oauth: {},
    workspaces: {},
  };
}
