import { Secret } from '../kernel/secret.js';
import { ENVIRONMENT, type Environment, type EnvironmentName } from './environment.js';

interface Common {
  readonly port: number;
  readonly host: string;
  /** Origin without a trailing slash. */
  readonly publicUrl: string;
  /** The canonical resource URL (RFC 8707, RFC 9728): `publicUrl` + `/mcp`. */
  readonly mcpUrl: string;
  readonly audiences: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly dataDir: string;
  readonly redisUrl: Secret | null;
  readonly sessionTtlMs: number;
  readonly authorityMs: number;
  readonly authorityMaxMs: number;
  readonly requestTtlMs: number;
  readonly historyTtlMs: number;
  readonly approvalReauth: 'off' | 'write' | 'always';
  /** Provider id → exact hosts, and provider id → slug, as this deployment has them. */
  readonly providers: {
    readonly hosts: Readonly<Record<string, readonly string[]>>;
    readonly slugs: Readonly<Record<string, string>>;
  };
  readonly snowflake: { readonly accountHost: string | null; readonly sqlReads: 'off' | 'parsed' };
  readonly nodeEnv: string;
}

export interface WorkosSettings {
  readonly apiKey: Secret;
  readonly clientId: string;
  /** The first seals, all open. */
  readonly secrets: readonly Secret[];
  readonly redirectUri: string;
  readonly issuer: string;
}

export type Config =
  | (Common & { readonly mode: 'workos'; readonly workos: WorkosSettings })
  | (Common & { readonly mode: 'sandbox'; readonly sandboxPort: number });

export interface Mistake {
  readonly variable: string;
  readonly problem: string;
  readonly example: string;
}

/** Everything that is wrong with the environment, at once. Never contains a value. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(readonly mistakes: readonly Mistake[]) {
    const lines = mistakes.map(
      ({ variable, problem, example }) =>
        `  ${variable} ${problem}.${example === '' ? '' : ` Example: ${variable}=${example}`}`,
    );
    super(
      `The configuration has ${mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`}:\n${lines.join('\n')}`,
    );
  }
}

const WORKOS_REQUIRED = [
  'WORKOS_API_KEY',
  'WORKOS_CLIENT_ID',
  'WORKOS_COOKIE_PASSWORD',
  'WORKOS_REDIRECT_URI',
  'AUTHKIT_DOMAIN',
] as const satisfies readonly EnvironmentName[];

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Reads the configuration. Pure: the environment is passed in.
 * @throws ConfigurationError listing every mistake, each with the variable, what is wrong and an example.
 */
export function loadConfig(env: Readonly<Record<string, unknown>>): Config {
  const mistakes: Mistake[] = [];
  const mistake = (variable: string, problem: string, example?: string) =>
    mistakes.push({ variable, problem, example: example ?? ENVIRONMENT[variable as EnvironmentName].example });
  const read = readVariables(env, mistake);

  const ofWorkos = Object.keys(env).filter((name) => /^(WORKOS|AUTHKIT)_/.test(name) && isSet(env[name]));
  for (const name of ofWorkos.filter((name) => !Object.hasOwn(ENVIRONMENT, name))) {
    mistake(name, 'is not a setting of Countersign: check the spelling, or remove it', '');
  }
  const isSandbox = ofWorkos.length === 0;
  const publicUrl = read.PUBLIC_URL ?? `http://localhost:${read.PORT ?? 5711}`;
  const nodeEnv = String(env.NODE_ENV ?? 'development');

  if (isSandbox) checkSandbox(read, publicUrl, nodeEnv, mistake);
  else checkWorkos(env, read, publicUrl, mistake);
  if (String(env.NODE_TLS_REJECT_UNAUTHORIZED ?? '') === '0') {
    mistake('NODE_TLS_REJECT_UNAUTHORIZED', 'must not turn certificate checks off. Remove it', '1');
  }
  if ((read.SESSION_AUTHORITY_TTL_MS ?? 0) > (read.SESSION_AUTHORITY_MAX_MS ?? Number.POSITIVE_INFINITY)) {
    mistake('SESSION_AUTHORITY_TTL_MS', 'must not be longer than SESSION_AUTHORITY_MAX_MS');
  }
  if (mistakes.length > 0) throw new ConfigurationError(mistakes);

  const environment = read as Environment;
  const common = commonPart(environment, publicUrl, nodeEnv);
  if (isSandbox) return { ...common, mode: 'sandbox', sandboxPort: environment.SANDBOX_PORT };
  return { ...common, mode: 'workos', workos: workosPart(environment) };
}

type Report = (variable: string, problem: string, example?: string) => void;

function isSet(value: unknown): boolean {
  return value !== undefined && value !== '';
}

function readVariables(env: Readonly<Record<string, unknown>>, mistake: Report): Partial<Environment> {
  const read: Record<string, unknown> = {};
  for (const [name, { schema }] of Object.entries(ENVIRONMENT)) {
    const result = schema.safeParse(isSet(env[name]) ? env[name] : undefined);
    if (result.success) read[name] = result.data;
    else mistake(name, result.error.issues[0]?.message ?? 'is not valid');
  }
  return read as Partial<Environment>;
}

function checkSandbox(read: Partial<Environment>, publicUrl: string, nodeEnv: string, mistake: Report): void {
  if (nodeEnv === 'production') {
    for (const name of WORKOS_REQUIRED) mistake(name, 'is missing: the sandbox does not run with NODE_ENV=production');
  }
  if (!LOOPBACK.has(new URL(publicUrl).hostname)) {
    mistake(
      'PUBLIC_URL',
      'must be on localhost in the sandbox, or set all WORKOS_* and AUTHKIT_DOMAIN',
      'http://localhost:5711',
    );
  }
  if (read.HOST && !['127.0.0.1', 'localhost', '::1'].includes(read.HOST)) {
    mistake('HOST', 'must be loopback in the sandbox', '127.0.0.1');
  }
}

/** I43: weak settings stop the start. */
function checkWorkos(
  env: Readonly<Record<string, unknown>>,
  read: Partial<Environment>,
  publicUrl: string,
  mistake: Report,
): void {
  for (const name of WORKOS_REQUIRED) {
    if (!isSet(env[name])) mistake(name, 'is missing: set all of WORKOS_* and AUTHKIT_DOMAIN, or none for the sandbox');
  }
  if (!isSet(env.PUBLIC_URL)) mistake('PUBLIC_URL', 'is missing: clients are sent to it');
  const isPlain = (url: string) => url.startsWith('http:') && !LOOPBACK.has(new URL(url).hostname);
  for (const name of ['PUBLIC_URL', 'AUTHKIT_DOMAIN', 'WORKOS_REDIRECT_URI'] as const) {
    const url = read[name];
    if (url && isPlain(url)) mistake(name, 'must use https outside of localhost');
  }
  if (read.WORKOS_REDIRECT_URI && new URL(read.WORKOS_REDIRECT_URI).href !== `${publicUrl}/callback`) {
    mistake('WORKOS_REDIRECT_URI', 'must be PUBLIC_URL followed by /callback');
  }
  const secrets = [read.WORKOS_API_KEY, read.WORKOS_COOKIE_PASSWORD, read.WORKOS_COOKIE_PASSWORD_PREVIOUS].filter(
    isSet,
  );
  if (new Set(secrets).size !== secrets.length)
    mistake('WORKOS_COOKIE_PASSWORD', 'must differ from every other secret');
  for (const name of ['WORKOS_COOKIE_PASSWORD', 'WORKOS_COOKIE_PASSWORD_PREVIOUS'] as const) {
    const value = read[name];
    if (value && new Set(value).size < 8) mistake(name, 'is too regular to be a secret');
    if (value && value === ENVIRONMENT[name].example) mistake(name, 'is the example, which everybody knows');
  }
}

function commonPart(environment: Environment, publicUrl: string, nodeEnv: string): Common {
  const mcpUrl = `${publicUrl}/mcp`;
  return {
    port: environment.PORT,
    host: environment.HOST,
    publicUrl,
    mcpUrl,
    audiences: environment.MCP_AUDIENCES ?? [mcpUrl],
    allowedOrigins: [publicUrl, ...environment.MCP_ALLOWED_ORIGINS],
    dataDir: environment.DATA_DIR,
    redisUrl: environment.REDIS_URL ? new Secret(environment.REDIS_URL) : null,
    sessionTtlMs: environment.SESSION_TTL_MS,
    authorityMs: environment.SESSION_AUTHORITY_TTL_MS,
    authorityMaxMs: environment.SESSION_AUTHORITY_MAX_MS,
    requestTtlMs: environment.ACCESS_REQUEST_TTL_MS,
    historyTtlMs: environment.HISTORY_TTL_MS,
    approvalReauth: environment.APPROVAL_REAUTH,
    providers: {
      hosts: hostsOf(environment.PROVIDER_HOSTS),
      slugs: Object.fromEntries(environment.PROVIDER_SLUGS),
    },
    snowflake: { accountHost: environment.SNOWFLAKE_ACCOUNT_HOST ?? null, sqlReads: environment.SNOWFLAKE_SQL_READS },
    nodeEnv,
  };
}

function hostsOf(pairs: Environment['PROVIDER_HOSTS']): Readonly<Record<string, readonly string[]>> {
  const ids = [...new Set(pairs.map(([id]) => id))];
  return Object.fromEntries(ids.map((id) => [id, pairs.filter((pair) => pair[0] === id).map(([, host]) => host)]));
}

function workosPart(environment: Environment): WorkosSettings {
  const secrets = [environment.WORKOS_COOKIE_PASSWORD, environment.WORKOS_COOKIE_PASSWORD_PREVIOUS];
  return {
    apiKey: new Secret(environment.WORKOS_API_KEY as string),
    clientId: environment.WORKOS_CLIENT_ID as string,
    secrets: secrets.filter((secret) => secret !== undefined).map((secret) => new Secret(secret)),
    redirectUri: environment.WORKOS_REDIRECT_URI as string,
    issuer: (environment.AUTHKIT_DOMAIN as string).replace(/\/$/, ''),
  };
}
