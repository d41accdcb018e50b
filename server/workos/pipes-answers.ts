import { z } from 'zod';
import type { Connection } from '../connections/connection.js';
import type { Owner } from '../connections/token-vault.port.js';

const Account = z.object({
  id: z.string().min(1).max(200),
  user_id: z.string().nullish(),
  organization_id: z.string().nullish(),
  scopes: z.array(z.string()).nullish(),
  state: z.string(),
  created_at: z.string(),
});

const DataProvider = z.object({
  slug: z.string(),
  name: z.string(),
  scopes: z.array(z.string()).nullish(),
  connected_account: Account.nullish(),
});

export const DataProviders = z.object({ data: z.array(DataProvider) });

const instant = z
  .string()
  .transform((text) => Date.parse(text))
  .refine(Number.isFinite);

const Active = z.object({
  active: z.literal(true),
  access_token: z.object({
    access_token: z.string(),
    expires_at: instant.nullish().transform((at) => at ?? null),
  }),
});

const Inactive = z.object({ active: z.literal(false), error: z.string() });

/** A word that is newer than we are means that the person has to do something at the integration. */
export const PipesToken = z
  .discriminatedUnion('active', [Active, Inactive])
  .transform((answer) =>
    answer.active
      ? answer.access_token
      : { kind: answer.error === 'not_installed' ? ('not_connected' as const) : ('needs_reauthorization' as const) },
  );

/** An account of somebody else, or of the same person in another organization, is none. */
export function connectionOf(
  owner: Owner,
  { slug, name, scopes: wanted, connected_account }: z.infer<typeof DataProvider>,
): Connection {
  const none = {
    slug,
    name,
    state: 'not_connected',
    accountId: null,
    scopes: [],
    missingScopes: [],
    connectedAt: null,
  } as const;
  if (!connected_account || connected_account.state === 'disconnected') return none;
  const { id, user_id, organization_id, scopes, state, created_at } = connected_account;
  if ((user_id ?? owner.userId) !== owner.userId || (organization_id ?? null) !== owner.organization) return none;
  const connectedAt = Date.parse(created_at);
  return {
    slug,
    name,
    state: state === 'connected' ? state : 'needs_reauthorization',
    accountId: id,
    scopes: scopes ?? [],
    missingScopes: missingOf(wanted ?? [], scopes ?? []),
    connectedAt: Number.isFinite(connectedAt) ? connectedAt : null,
  };
}

/** Asks for a refresh token or an identity, of which a provider need not speak in its answer (OpenID Connect Core §11, §3.1.2.1). */
const OF_THE_SIGN_IN = new Set(['offline_access', 'openid']);

/** RFC 6749 §5.1: a provider that names no scopes gave what was asked for. */
function missingOf(wanted: readonly string[], given: readonly string[]): readonly string[] {
  if (given.length === 0) return [];
  return wanted.filter((scope) => !given.includes(scope) && !OF_THE_SIGN_IN.has(scope));
}
