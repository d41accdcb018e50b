import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { errors, interactionPolicy, Provider } from 'oidc-provider';
import { privateJwk, type SandboxKeys } from '../keys.js';
import type { SandboxState } from '../sandbox-state.js';
import { CLIENT_ID, userOf } from '../seed.js';
import type { SandboxSettings } from '../settings.js';
import { ulid } from '../ulid.js';
import { documentFetch, mayReadClientDocument } from './client-documents.js';
import { OAuthAdapter } from './oauth-adapter.js';

const SCOPES = ['openid', 'profile', 'email', 'offline_access'];
const ACCESS_TOKEN_S = 300;

/** Stands for “no resource was asked for”: WorkOS then issues tokens for the environment's client id. */
const ENVIRONMENT = 'urn:countersign-sandbox:environment';

/** Every authorization passes our own sign-in and consent page, which answers for both prompts at once. */
function policy() {
  const { Check, Prompt } = interactionPolicy;
  const isAnswered = (name: 'login' | 'consent') =>
    new Check(`sandbox_${name}`, `${name} is needed`, (ctx: KoaContextWithOIDC) =>
      ctx.oidc.result?.[name] ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT,
    );
  return [
    new Prompt({ name: 'login', requestable: true }, isAnswered('login')),
    new Prompt({ name: 'select_account', requestable: true }),
    new Prompt({ name: 'consent', requestable: true }, isAnswered('consent')),
  ];
}

function audienceOf(ctx: KoaContextWithOIDC, resource: string, registered: string): string {
  const unknown = String(ctx.oidc.params?.scope ?? '')
    .split(' ')
    .find((scope) => scope && !SCOPES.includes(scope));
  if (unknown) throw new errors.InvalidScope('requested scope is not supported', unknown);
  if (resource === ENVIRONMENT) return CLIENT_ID;
  // RFC 8707 §2: WorkOS compares character for character.
  if (resource !== registered) throw new errors.InvalidTarget();
  return resource;
}

/** AuthKit's OAuth half: `/oauth2/*` on oidc-provider, with WorkOS's claims, lifetimes and paths. */
export async function createOAuthServer(options: {
  issuer: string;
  mcpResource: string;
  keys: SandboxKeys;
  state: SandboxState;
  settings: SandboxSettings;
}): Promise<Provider> {
  const { issuer, mcpResource, keys, state, settings } = options;
  const configuration: Configuration = {
    adapter: (name: string) => new OAuthAdapter(name, state),
    jwks: { keys: [await privateJwk(keys)] },
    cookies: {
      keys: [state.data.formKey],
      names: { session: 'sandbox_oauth', interaction: 'sandbox_oauth_interaction', resume: 'sandbox_oauth_resume' },
    },
    scopes: SCOPES,
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    responseTypes: ['code'],
    clientAuthMethods: ['none', 'client_secret_post', 'client_secret_basic'],
    // Native: RFC 8252 §7.3 loopback redirects with any port, and schemes such as cursor:.
    clientDefaults: {
      application_type: 'native',
      grant_types: ['authorization_code', 'refresh_token'],
      id_token_signed_response_alg: 'RS256',
      token_endpoint_auth_method: 'none',
    },
    pkce: { required: () => true },
    rotateRefreshToken: true,
    // Kinder than OIDC, where only `offline_access` with `prompt=consent` earns one.
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    loadExistingGrant: (ctx) => {
      const grantId = ctx.oidc.result?.consent?.grantId;
      return grantId ? ctx.oidc.provider.Grant.find(grantId) : undefined;
    },
    findAccount: (_ctx, id) => {
      const user = userOf(id);
      if (!user) return undefined;
      const name = `${user.firstName} ${user.lastName}`;
      return { accountId: id, claims: () => ({ sub: id, email: user.email, email_verified: true, name }) };
    },
    extraTokenClaims: (_ctx, token) => {
      const grantId = 'grantId' in token ? String(token.grantId) : '';
      const organization = state.data.consents[grantId]?.organizationId;
      return { sid: `app_consent_${grantId}`, ...(organization && { org_id: organization }) };
    },
    formats: {
      customizers: {
        jwt: (_ctx, _token, jwt) => {
          jwt.header = { ...jwt.header, typ: undefined };
          jwt.payload.jti = ulid();
        },
      },
    },
    interactions: { policy: policy(), url: (_ctx, interaction) => `/sandbox/consent/${interaction.uid}` },
    routes: {
      authorization: '/oauth2/authorize',
      token: '/oauth2/token',
      jwks: '/oauth2/jwks',
      registration: '/oauth2/register',
    },
    ttl: {
      AccessToken: ACCESS_TOKEN_S,
      AuthorizationCode: 600,
      Grant: 30 * 86_400,
      Interaction: 3_600,
      RefreshToken: 30 * 86_400,
      Session: 86_400,
      IdToken: 300,
    },
    clientBasedCORS: () => true,
    fetch: documentFetch(settings),
    features: {
      devInteractions: { enabled: false },
      registration: { enabled: true, issueRegistrationAccessToken: false },
      clientIdMetadataDocument: {
        enabled: true,
        ack: 'draft-02',
        allowFetch: (_ctx, clientId) => mayReadClientDocument(settings, clientId),
        allowClient: (_ctx, client) => mayReadClientDocument(settings, client.clientId),
      },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: (_ctx, _client, oneOf) => oneOf?.[0] ?? ENVIRONMENT,
        useGrantedResource: () => true,
        getResourceServerInfo: (ctx, resource) => ({
          audience: audienceOf(ctx, resource, mcpResource),
          scope: SCOPES.join(' '),
          accessTokenFormat: 'jwt',
          accessTokenTTL: ACCESS_TOKEN_S,
          jwt: { sign: { alg: 'RS256', kid: keys.kid } },
        }),
      },
    },
    renderError: (ctx, out) => {
      ctx.type = 'text/plain';
      ctx.body = `Sandbox: ${out.error}${out.error_description ? `: ${out.error_description}` : ''}`;
    },
  };
  const provider = new Provider(issuer, configuration);
  provider.use(async (ctx, next) => {
    await next();
    // oidc-provider makes a secret before it applies our default of public clients.
    const client: unknown = ctx.path === '/oauth2/register' ? ctx.body : null;
    if (isRecord(client) && client.token_endpoint_auth_method === 'none') {
      const { client_secret, client_secret_expires_at, ...open } = client;
      ctx.body = open;
    }
  });
  return provider;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

export const grantResourceOf = (params: Readonly<Record<string, unknown>>): string =>
  typeof params.resource === 'string' ? params.resource : ENVIRONMENT;

/** RFC 8414 and OIDC discovery, with the keys that WorkOS documents and no others. */
export function metadata(issuer: string, settings: SandboxSettings) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/oauth2/authorize`,
    token_endpoint: `${issuer}/oauth2/token`,
    registration_endpoint: `${issuer}/oauth2/register`,
    jwks_uri: `${issuer}/oauth2/jwks`,
    code_challenge_methods_supported: ['S256'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    response_modes_supported: ['query'],
    response_types_supported: ['code'],
    scopes_supported: ['email', 'offline_access', 'openid', 'profile'],
    token_endpoint_auth_methods_supported: ['none', 'client_secret_post', 'client_secret_basic'],
    ...(settings.clientIdMetadataDocuments && { client_id_metadata_document_supported: true }),
  };
}

/** OpenID Connect Discovery §3 requires two more. */
export const openIdMetadata = (issuer: string, settings: SandboxSettings) => ({
  ...metadata(issuer, settings),
  id_token_signing_alg_values_supported: ['RS256'],
  subject_types_supported: ['public'],
});
