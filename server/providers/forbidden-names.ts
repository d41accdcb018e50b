/** Names by which servers let one request act as another, or carry a credential outside of the credential header. */
const OVERRIDES: ReadonlySet<string> = new Set([
  '_method',
  '_httpmethod',
  '$httpmethod',
  '$http_method',
  'http_method',
  'opt_method',
  'x_http_method',
  'x_http_method_override',
  'x_method_override',
]);

const CREDENTIALS: ReadonlySet<string> = new Set([
  'access_token',
  'accesstoken',
  'api_key',
  'apikey',
  'auth_token',
  'authorization',
  'bearer_token',
  'client_secret',
  'hapikey',
  'id_token',
  'job_token',
  'oauth_token',
  'private_token',
  'refresh_token',
  'sudo',
  'token',
  'x_api_key',
]);

/** Servers see `_METHOD`, `_method[]`, `access-token` and `access.token` as one name; so do we. */
function folded(name: string): string {
  return name.trim().toLowerCase().replace(/\[.*$/s, '').replace(/[-. ]/g, '_');
}

export function overridesMethod(name: string): boolean {
  return OVERRIDES.has(folded(name));
}

export function carriesCredential(name: string): boolean {
  return CREDENTIALS.has(folded(name));
}

/** The decoded names of a query or form. Some servers part at `;` too. Never throws. */
export function parameterNames(query: string): readonly string[] {
  return query
    .split(/[&;]/)
    .filter((part) => part !== '')
    .map((part) => decoded((part.split('=')[0] ?? '').replaceAll('+', ' ')));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
