import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../test/support/ports.js';
import { loadConfig } from './config/config.js';
import { connectUpstream } from './upstream.js';

const WORKOS = {
  WORKOS_API_KEY: 'sk_test_a-secret-of-more-than-thirty-two-characters',
  WORKOS_CLIENT_ID: 'client_01HXAMPLE',
  WORKOS_COOKIE_PASSWORD: 'another-secret-of-more-than-thirty-two-characters',
  WORKOS_REDIRECT_URI: 'https://countersign.example/callback',
  AUTHKIT_DOMAIN: 'https://auth.example',
  PUBLIC_URL: 'https://countersign.example',
};

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'countersign-upstream-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

it('I17 I22: with WorkOS’s settings nothing is rerouted: providers are where DNS says, WorkOS at its own address', async () => {
  const upstream = await connectUpstream(loadConfig({ ...WORKOS, DATA_DIR: dataDir }));
  expect(upstream).not.toHaveProperty('route');
  expect(upstream).not.toHaveProperty('apiBase');
  expect(upstream).toMatchObject({ issuer: 'https://auth.example', clientId: 'client_01HXAMPLE', users: [] });
  expect(JSON.stringify(upstream)).not.toContain('secret-of-more');
  await upstream.close();
});

it('without them the sandbox plays all of it on loopback, and keeps its secret across restarts', async () => {
  const config = async () => loadConfig({ DATA_DIR: dataDir, SANDBOX_PORT: String(await freePort()) });
  const first = await connectUpstream(await config());
  try {
    expect(first.apiBase?.hostname).toBe('127.0.0.1');
    expect([...(first.route?.hosts.keys() ?? [])]).toEqual(
      expect.arrayContaining(['api.linear.app', 'api.notion.com', first.snowflakeHost]),
    );
    expect(first.issuer).toMatch(/^http:\/\/127\.0\.0\.1:/);
    expect(first.users.length).toBeGreaterThan(1);
  } finally {
    await first.close();
  }
  const second = await connectUpstream(await config());
  await second.close();
  expect(second.secrets.map((secret) => secret.reveal())).toEqual(first.secrets.map((secret) => secret.reveal()));
  const path = join(dataDir, 'sandbox-secret');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(Buffer.from(readFileSync(path, 'utf8'), 'base64')).toHaveLength(48);
});
