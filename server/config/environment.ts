import * as z from 'zod';

const milliseconds = (defaultMs: number, minMs: number, maxMs: number) =>
  z.coerce
    .number('must be a whole number of milliseconds')
    .int('must be a whole number of milliseconds')
    .min(minMs, `must be at least ${minMs}`)
    .max(maxMs, `must be at most ${maxMs}`)
    .default(defaultMs);

const port = (defaultPort: number) =>
  z.coerce.number('must be a port number').int().min(0).max(65_535, 'must be a port number').default(defaultPort);

const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an absolute http or https URL' });

/** Stored as browsers write it, without a trailing slash: it is compared as text. */
const origin = httpUrl
  .transform((text) => new URL(text))
  .refine((url) => url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '', {
    error: 'must be an origin: scheme, host and port, without a path',
  })
  .transform((url) => url.origin);

const HOST_NAME = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;

const hostName = z.string().regex(HOST_NAME, 'must be a host name in lower case, without scheme or path');

const PROVIDER = /^[a-z0-9][a-z0-9_-]{0,63}$/;

/** `id=value,id=value`; an id may stand there several times. */
const byProvider = (isValue: (value: string) => boolean, what: string) =>
  z
    .string()
    .default('')
    .transform((text) => text.split(',').map((pair) => pair.trim()))
    .transform((pairs) => pairs.filter((pair) => pair !== '').map((pair) => pair.split('=')))
    .refine(
      (pairs) =>
        pairs.every(([id = '', value = '', ...more]) => PROVIDER.test(id) && isValue(value) && more.length === 0),
      {
        error: `must be pairs of a provider id and ${what}, comma separated`,
      },
    )
    .transform((pairs) => pairs.map(([id = '', value = '']) => [id, value] as const));

const commaSeparated = z.string().transform((text) => text.split(',').map((part) => part.trim()));

const SECRET_MIN = 32;
const secret = z
  .string()
  .min(SECRET_MIN, `must have at least ${SECRET_MIN} characters; make one with: openssl rand -base64 33`);

interface Variable<T extends z.ZodType> {
  readonly schema: T;
  /** A value that would be accepted, for the message and for `.env.example`. */
  readonly example: string;
  /** What it is for, in one line of `.env.example` and of the README's table. */
  readonly about: string;
}

const variable = <T extends z.ZodType>(schema: T, example: string, about: string): Variable<T> => ({
  schema,
  example,
  about,
});

/** Every environment variable that Countersign reads, in the order of `.env.example`. */
export const ENVIRONMENT = {
  PORT: variable(port(5711), '5711', 'Port of the server'),
  HOST: variable(
    z.string().min(1).default('127.0.0.1'),
    '127.0.0.1',
    'Address to listen on; the sandbox listens on loopback only',
  ),
  PUBLIC_URL: variable(
    origin.optional(),
    'https://countersign.example.com',
    'Where browsers and clients reach the server; metadata, audience and cookies come from it alone',
  ),
  WORKOS_API_KEY: variable(
    z.string().min(8).optional(),
    'sk_live_...',
    'WorkOS API key. No WORKOS_* and no AUTHKIT_DOMAIN: the sandbox',
  ),
  WORKOS_CLIENT_ID: variable(
    z
      .string()
      .regex(/^client_\w+$/, 'must look like client_...')
      .optional(),
    'client_01ABC',
    'WorkOS client id of the environment',
  ),
  WORKOS_COOKIE_PASSWORD: variable(
    secret.optional(),
    'a-random-text-of-at-least-32-characters',
    'Seals browser sessions and keys ids; at least 32 characters',
  ),
  WORKOS_COOKIE_PASSWORD_PREVIOUS: variable(
    secret.optional(),
    'the-former-random-text-of-32-characters',
    'The former password while you rotate: still opens, never seals',
  ),
  WORKOS_REDIRECT_URI: variable(
    httpUrl.optional(),
    'https://countersign.example.com/callback',
    'Callback of the browser sign-in, as registered in the WorkOS dashboard',
  ),
  AUTHKIT_DOMAIN: variable(
    httpUrl.optional(),
    'https://example.authkit.app',
    'Issuer of the access tokens of MCP clients: your AuthKit domain',
  ),
  REDIS_URL: variable(
    z.url({ protocol: /^rediss?$/, error: 'must be a redis:// or rediss:// URL' }).optional(),
    'redis://127.0.0.1:6379',
    'Store of many processes. Unset: SQLite in DATA_DIR, for one process',
  ),
  DATA_DIR: variable(z.string().min(1).default('.data'), '.data', 'Folder of the embedded store and of the sandbox'),
  MCP_AUDIENCES: variable(
    commaSeparated.pipe(z.array(z.string().min(1))).optional(),
    'https://countersign.example.com/mcp',
    'Audiences that access tokens may name. Default: PUBLIC_URL/mcp. Adding the client id accepts tokens of sibling applications',
  ),
  MCP_ALLOWED_ORIGINS: variable(
    commaSeparated.pipe(z.array(origin)).default([]),
    'https://inspector.example.com',
    'Origins of browser-based MCP clients, comma separated. The server’s own is always allowed',
  ),
  SESSION_TTL_MS: variable(
    milliseconds(604_800_000, 60_000, 31_536_000_000),
    '604800000',
    'How long an unused session is remembered',
  ),
  SESSION_AUTHORITY_TTL_MS: variable(
    milliseconds(300_000, 1_000, 86_400_000),
    '300000',
    'How long authority lives after approval when nobody says otherwise',
  ),
  SESSION_AUTHORITY_MAX_MS: variable(
    milliseconds(3_600_000, 1_000, 86_400_000),
    '3600000',
    'The longest time that an approver can allow',
  ),
  ACCESS_REQUEST_TTL_MS: variable(
    milliseconds(600_000, 1_000, 86_400_000),
    '600000',
    'How long a request waits for a decision',
  ),
  HISTORY_TTL_MS: variable(
    milliseconds(2_592_000_000, 3_600_000, 31_536_000_000),
    '2592000000',
    'How long ended grants are kept',
  ),
  APPROVAL_REAUTH: variable(
    z.enum(['off', 'write', 'always'], 'must be off, write or always').default('off'),
    'off',
    'Demand a fresh sign-in before approving: off, write or always',
  ),
  PROVIDER_HOSTS: variable(
    byProvider((host) => HOST_NAME.test(host), 'its exact host name in lower case'),
    'salesforce=acme.my.salesforce.com,zendesk=acme.zendesk.com',
    'Your hosts of providers that have one a customer, and of those that you run yourself',
  ),
  PROVIDER_SLUGS: variable(
    byProvider((slug) => PROVIDER.test(slug), 'a slug').refine(
      (pairs) => new Set(pairs.map(([id]) => id)).size === pairs.length,
      { error: 'must name each provider once' },
    ),
    'gmail=google-mail',
    'Slugs of your WorkOS environment, where they are not those of the catalogue',
  ),
  SNOWFLAKE_ACCOUNT_HOST: variable(
    hostName.optional(),
    'acme-eu1.snowflakecomputing.com',
    'The one Snowflake account that may be called',
  ),
  SNOWFLAKE_SQL_READS: variable(
    z.enum(['off', 'parsed'], 'must be off or parsed').default('off'),
    'off',
    'Whether a parsed SELECT counts as a read: off or parsed',
  ),
  SANDBOX_PORT: variable(port(4455), '4455', 'Port of the sandbox’s WorkOS'),
} as const;

export type EnvironmentName = keyof typeof ENVIRONMENT;

export type Environment = { [Name in EnvironmentName]: z.output<(typeof ENVIRONMENT)[Name]['schema']> };
