import { loadConfig } from './config/config.js';
import { Secret } from './kernel/secret.js';
import { startText } from './start.text.js';
import type { Upstream } from './upstream.js';

const CANARY = 'a-secret-of-more-than-thirty-two-characters';
const upstream: Upstream = {
  apiKey: new Secret(CANARY),
  clientId: 'client_x',
  issuer: 'https://auth.example',
  redirectUri: 'https://countersign.example/callback',
  secrets: [new Secret(CANARY)],
  snowflakeHost: null,
  users: [
    { email: 'ana@acme.example', organizations: ['Acme GmbH', 'Globex'] },
    { email: 'kim@example.com', organizations: [] },
  ],
  close: async () => {},
};
const WORKOS = {
  WORKOS_API_KEY: `sk_test_${CANARY}`,
  WORKOS_CLIENT_ID: 'client_01HXAMPLE',
  WORKOS_COOKIE_PASSWORD: `${CANARY}-0123456789`,
  WORKOS_REDIRECT_URI: 'https://countersign.example/callback',
  AUTHKIT_DOMAIN: 'https://auth.example',
  PUBLIC_URL: 'https://countersign.example',
};

describe('what the console says after the start', () => {
  it('in the sandbox: that it is one, where, who there is, and how to connect', () => {
    const text = startText(loadConfig({}), upstream);
    expect(text).toMatch(/SANDBOX: no account is needed and nothing reaches a real API \(store: SQLite in /);
    expect(text).toContain('MCP server   http://localhost:5711/mcp');
    expect(text).toContain('ana@acme.example (Acme GmbH, Globex) · kim@example.com (no organization)');
    expect(text).toContain('claude mcp add --transport http countersign http://localhost:5711/mcp');
    expect(text).toContain('npm run demo');
  });

  it('with WorkOS: two lines, and nobody’s name', () => {
    const text = startText(loadConfig(WORKOS), upstream);
    expect(text.trim().split('\n')).toEqual([
      expect.stringMatching(/^Countersign is ready at https:\/\/countersign\.example \(store: SQLite in /),
      '  MCP server   https://countersign.example/mcp',
    ]);
    expect(text).not.toMatch(/sandbox|ana@/i);
  });

  it('I46: never a secret, nor where Redis is', () => {
    const text = startText(
      loadConfig({ ...WORKOS, REDIS_URL: 'rediss://:redis-password@redis.example:6379' }),
      upstream,
    );
    expect(text).toContain('(store: Redis)');
    for (const secret of [CANARY, 'redis-password', 'redis.example']) expect(text).not.toContain(secret);
  });
});
