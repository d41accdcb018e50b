import { inspect } from 'node:util';
import { ConfigurationError, loadConfig } from './config.js';

const workos = {
  PUBLIC_URL: 'https://countersign.acme.example',
  WORKOS_API_KEY: 'sk_live_0123456789',
  WORKOS_CLIENT_ID: 'client_01ABC',
  WORKOS_COOKIE_PASSWORD: 'Zm9yIHRlc3RzIG9ubHksIG5ldmVyIGZvciBy',
  WORKOS_REDIRECT_URI: 'https://countersign.acme.example/callback',
  AUTHKIT_DOMAIN: 'https://acme.authkit.app',
};

type Variables = Record<string, string | undefined>;

function mistakesOf(env: Variables): string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.mistakes.map((mistake) => mistake.variable);
  }
}

function messageOf(env: Variables): string {
  try {
    loadConfig(env);
    return '';
  } catch (error) {
    return String((error as Error).message);
  }
}

describe('loadConfig', () => {
  it('runs the sandbox on loopback with the embedded store when nothing is set', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({ mode: 'sandbox', port: 5711, host: '127.0.0.1', redisUrl: null });
    expect(config.mcpUrl).toBe('http://localhost:5711/mcp');
    expect(config.audiences).toEqual(['http://localhost:5711/mcp']);
  });

  it('writes origins as browsers do, since they are compared as text', () => {
    const config = loadConfig({ PUBLIC_URL: 'HTTP://LOCALHOST:5711/', MCP_ALLOWED_ORIGINS: 'https://A.example/' });
    expect(config).toMatchObject({ publicUrl: 'http://localhost:5711', mcpUrl: 'http://localhost:5711/mcp' });
    expect(config.allowedOrigins).toContain('https://a.example');
  });

  it('talks to WorkOS when all its settings are there', () => {
    expect(loadConfig(workos)).toMatchObject({ mode: 'workos', workos: { issuer: 'https://acme.authkit.app' } });
  });

  it('reads hosts and slugs of providers, several hosts of one among them', () => {
    const hosts = 'gitlab=gitlab.acme.example, gitlab=git.acme.example,zendesk=acme.zendesk.com';
    expect(loadConfig({ PROVIDER_HOSTS: hosts, PROVIDER_SLUGS: 'gmail=google-mail' }).providers).toEqual({
      hosts: { gitlab: ['gitlab.acme.example', 'git.acme.example'], zendesk: ['acme.zendesk.com'] },
      slugs: { gmail: 'google-mail' },
    });
  });

  it('lists all mistakes at once, each with the variable, what is wrong and an example', () => {
    const env = { ...workos, PORT: 'many', SESSION_TTL_MS: 'NaN', APPROVAL_REAUTH: 'maybe' };
    expect(() => loadConfig(env)).toThrow(
      /3 mistakes[\s\S]*PORT must be[\s\S]*Example: PORT=5711[\s\S]*SESSION_TTL_MS[\s\S]*APPROVAL_REAUTH/,
    );
  });

  it.each([
    {
      what: 'one WorkOS setting alone is a mistake, never the sandbox',
      env: { WORKOS_API_KEY: 'sk_test_12345678' },
      names: ['WORKOS_CLIENT_ID', 'AUTHKIT_DOMAIN'],
    },
    {
      what: 'the AuthKit domain alone is a mistake too',
      env: { AUTHKIT_DOMAIN: 'https://a.authkit.app' },
      names: ['WORKOS_API_KEY'],
    },
    {
      what: 'a misspelt WorkOS setting is a mistake, never the sandbox',
      env: { WORKOS_APIKEY: 'sk_test_12345678' },
      names: ['WORKOS_APIKEY', 'WORKOS_API_KEY'],
    },
    {
      what: 'a public URL with a path',
      env: { PUBLIC_URL: 'http://localhost:5711/foo' },
      names: ['PUBLIC_URL'],
    },
    {
      what: 'an origin with a query',
      env: { MCP_ALLOWED_ORIGINS: 'https://a.example/?x=1' },
      names: ['MCP_ALLOWED_ORIGINS'],
    },
    {
      what: 'the sandbox refuses production',
      env: { NODE_ENV: 'production' },
      names: ['WORKOS_API_KEY', 'AUTHKIT_DOMAIN'],
    },
    { what: 'the sandbox refuses a public host', env: { PUBLIC_URL: 'https://a.example' }, names: ['PUBLIC_URL'] },
    { what: 'the sandbox refuses to listen to the network', env: { HOST: '0.0.0.0' }, names: ['HOST'] },
    {
      what: 'I43 a short secret',
      env: { ...workos, WORKOS_COOKIE_PASSWORD: 'short' },
      names: ['WORKOS_COOKIE_PASSWORD'],
    },
    {
      what: 'I43 a regular secret',
      env: { ...workos, WORKOS_COOKIE_PASSWORD: 'a'.repeat(40) },
      names: ['WORKOS_COOKIE_PASSWORD'],
    },
    {
      what: 'I43 equal secrets',
      env: { ...workos, WORKOS_COOKIE_PASSWORD_PREVIOUS: workos.WORKOS_COOKIE_PASSWORD },
      names: ['WORKOS_COOKIE_PASSWORD'],
    },
    {
      what: 'I43 a plain public URL',
      env: { ...workos, PUBLIC_URL: 'http://c.example', WORKOS_REDIRECT_URI: 'http://c.example/callback' },
      names: ['PUBLIC_URL', 'WORKOS_REDIRECT_URI'],
    },
    {
      what: 'I43 certificate checks off',
      env: { ...workos, NODE_TLS_REJECT_UNAUTHORIZED: '0' },
      names: ['NODE_TLS_REJECT_UNAUTHORIZED'],
    },
    {
      what: 'a callback elsewhere',
      env: { ...workos, WORKOS_REDIRECT_URI: 'https://b.example/callback' },
      names: ['WORKOS_REDIRECT_URI'],
    },
    {
      what: 'a default longer than the maximum',
      env: { SESSION_AUTHORITY_TTL_MS: '7200000' },
      names: ['SESSION_AUTHORITY_TTL_MS'],
    },
    {
      what: 'a Snowflake suffix instead of a host',
      env: { SNOWFLAKE_ACCOUNT_HOST: '*.snowflakecomputing.com' },
      names: ['SNOWFLAKE_ACCOUNT_HOST'],
    },
    { what: 'a provider without a host', env: { PROVIDER_HOSTS: 'zendesk' }, names: ['PROVIDER_HOSTS'] },
    { what: 'a pattern of hosts', env: { PROVIDER_HOSTS: 'zendesk=*.zendesk.com' }, names: ['PROVIDER_HOSTS'] },
    { what: 'a URL for a host', env: { PROVIDER_HOSTS: 'zendesk=https://a.zendesk.com' }, names: ['PROVIDER_HOSTS'] },
    { what: 'a slug that is a path', env: { PROVIDER_SLUGS: 'gmail=a/../b' }, names: ['PROVIDER_SLUGS'] },
    { what: 'two slugs of one provider', env: { PROVIDER_SLUGS: 'gmail=a,gmail=b' }, names: ['PROVIDER_SLUGS'] },
  ])('refuses: $what', ({ env, names }) => {
    expect(mistakesOf(env)).toEqual(expect.arrayContaining(names));
  });

  it('never shows a secret, neither in an error nor when printed', () => {
    const shown = inspect(loadConfig({ ...workos, REDIS_URL: 'redis://:hunter2@127.0.0.1' }), { depth: 9 });
    expect(shown).not.toMatch(/hunter2|sk_live|Zm9y/);
    expect(JSON.stringify(loadConfig(workos))).not.toMatch(/sk_live|Zm9y/);
    expect(messageOf({ ...workos, WORKOS_COOKIE_PASSWORD: 'topsecret' })).toMatch(
      /^The configuration(?![\s\S]*topsecret)/,
    );
  });
});
