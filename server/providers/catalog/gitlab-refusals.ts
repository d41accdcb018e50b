import type { Refused } from '../provider.js';

export const API = '/api/v4';
export const PROJECT = `${API}/projects/{id:encoded}`;
export const GROUP = `${API}/groups/{id:encoded}`;

const SECRET = 'The answer to this call holds a token or a secret. Ask a person to do that in GitLab.';

/** Reading their lists is harmless; creating or rotating hands the secret out. */
const TOKEN_POSTS = [
  `${API}/applications`,
  `${API}/applications/{id}/renew-secret`,
  `${API}/personal_access_tokens/{id}/rotate`,
  `${API}/runners`,
  `${API}/runners/{id}/reset_authentication_token`,
  `${API}/user/personal_access_tokens`,
  `${API}/users/{id}/impersonation_tokens`,
  `${API}/users/{id}/personal_access_tokens`,
  `${PROJECT}/cluster_agents/{agent}/tokens`,
  `${PROJECT}/triggers`,
  `${PROJECT}/triggers/{trigger}/take_ownership`,
  `${API}/user/support_pin`,
  ...[PROJECT, GROUP].flatMap((owner) => [
    `${owner}/secrets_manager/access_token`,
    `${owner}/service_accounts/{account}/personal_access_tokens`,
    `${owner}/service_accounts/{account}/personal_access_tokens/{token}/rotate`,
    `${owner}/access_tokens`,
    `${owner}/access_tokens/{token}/rotate`,
    `${owner}/deploy_tokens`,
  ]),
];

/** Paths that only hand out credentials, some by GET. */
const CREDENTIALS = [
  `${API}/code_suggestions/tokens`,
  `${API}/code_suggestions/direct_access`,
  `${API}/ai/duo_workflows/direct_access`,
  `${API}/ai/third_party_agents/direct_access`,
  `${API}/packages/conan/{version}/users/authenticate`,
  `${PROJECT}/packages/conan/{version}/users/authenticate`,
  `${API}/runners/reset_authentication_token`,
  `${API}/runners/reset_registration_token`,
  `${PROJECT}/runners/reset_registration_token`,
  `${GROUP}/runners/reset_registration_token`,
  `${API}/user/runners`,
];

/** Values of CI variables, tokens that start pipelines, files that are kept as secrets, and the instance's settings with its keys. */
const SECRET_READS = [
  `${API}/application/settings`,
  `${API}/user/support_pin`,
  `${API}/users/{user}/support_pin`,
  ...[`${API}/admin/ci`, PROJECT, GROUP].flatMap((owner) => [`${owner}/variables`, `${owner}/variables/{key:encoded}`]),
  `${PROJECT}/pipelines/{pipeline}/variables`,
  ...['', '/{key:encoded}'].map((key) => `${PROJECT}/pipeline_schedules/{schedule}/variables${key}`),
  `${PROJECT}/secure_files/{file}/download`,
  `${PROJECT}/triggers`,
  `${PROJECT}/triggers/{trigger}`,
  ...[API, PROJECT].map((owner) => `${owner}/packages/conan/{version}/users/authenticate`),
];

/** Mutations that create a token or answer with one. */
export const GRAPHQL_TOKENS =
  /^(?:clusterAgentTokenCreate|personalAccessToken\w+|runnerCreate|runnersRegistrationTokenReset)$/;

/** Tokens, and the values of variables and headers: `value` alone is the name of much else. */
export const GRAPHQL_SECRETS = [
  'token',
  'ephemeralAuthenticationToken',
  'registrationToken',
  'runnersToken',
  'secretToken',
  'verificationToken',
  ...[
    'ciVariables',
    'inheritedCiVariables',
    'manualVariables',
    'variables',
    'workspaceVariables',
    'headers',
    'CiVariable',
    'CiInstanceVariable',
    'CiGroupVariable',
    'CiProjectVariable',
    'CiManualVariable',
    'PipelineScheduleVariable',
    'WorkspaceVariable',
    'AuditEventStreamingHTTPHeader',
    'AuditEventsStreamingInstanceHeader',
  ].map((owner) => `${owner}.value`),
];

/** A path may end in `.json` there and mean the same; a placeholder at the end takes that along. */
function inEveryFormat(path: string): readonly string[] {
  return path.endsWith('}') ? [path] : [path, `${path}.{format}`];
}

export const neverCallable: readonly string[] = [
  '/oauth/**',
  `${API}/internal/**`,
  ...CREDENTIALS.flatMap(inEveryFormat),
];

export const secretReads: readonly string[] = SECRET_READS.flatMap(inEveryFormat);

export const refused: readonly Refused[] = [
  ...TOKEN_POSTS.flatMap(inEveryFormat).map((path) => ({ method: 'POST' as const, path, why: SECRET })),
  ...[`${API}/application/settings`, `${PROJECT}/triggers/{trigger}`]
    .flatMap(inEveryFormat)
    .map((path) => ({ method: 'PUT' as const, path, why: SECRET })),
];
