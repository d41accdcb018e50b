import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RedisServer } from '../support/redis.js';
import { ServerProcess } from '../support/server-process.js';

describe('starting', () => {
  it('says in a few lines what runs, where, for whom, and how to connect', async () => {
    const server = await ServerProcess.start();
    try {
      const said = server.output.replace(/^pid .*\n/, '').trim();
      expect(said).toMatch(/SANDBOX/);
      expect(said).toContain(server.mcpUrl);
      for (const email of ['ana@acme.example', 'bo@acme.example', 'kim@solo.example']) expect(said).toContain(email);
      expect(said).toContain(`claude mcp add --transport http countersign ${server.mcpUrl}`);
      expect(said.split('\n').length).toBeLessThanOrEqual(10);
    } finally {
      await server.stop();
    }
  });

  it('stops at wrong settings and lists all of them, each with an example', async () => {
    const { code, output } = await ServerProcess.attempt({
      PORT: 'many',
      WORKOS_API_KEY: 'sk_live_0123456789',
      SESSION_TTL_MS: '-1',
    });
    expect(code).toBe(1);
    for (const name of [
      'PORT',
      'WORKOS_CLIENT_ID',
      'WORKOS_COOKIE_PASSWORD',
      'AUTHKIT_DOMAIN',
      'PUBLIC_URL',
      'SESSION_TTL_MS',
    ]) {
      expect(output).toMatch(new RegExp(`${name} .*Example: ${name}=`));
    }
    expect(output).not.toMatch(/sk_live_0123456789|at .*\.js:/);
  });

  it('I43: refuses a Redis that may evict what it holds, and says what to set', async () => {
    const redis = await RedisServer.start('--maxmemory-policy', 'allkeys-lru', '--maxmemory', '100mb');
    try {
      const { code, output } = await ServerProcess.attempt({ PORT: '0', SANDBOX_PORT: '0', REDIS_URL: redis.url });
      expect([code, output]).toEqual([1, expect.stringMatching(/evicts keys.*noeviction/)]);
    } finally {
      await redis.stop();
    }
  });

  it('says so when Redis is not there', async () => {
    const { code, output } = await ServerProcess.attempt({
      PORT: '0',
      SANDBOX_PORT: '0',
      REDIS_URL: 'redis://127.0.0.1:9',
    });
    expect([code, output]).toEqual([1, expect.stringMatching(/REDIS_URL: Redis does not answer/)]);
  });
});

describe('npm run sandbox:reset', () => {
  const RESET = join(__dirname, '..', '..', 'dist', 'server', 'sandbox-reset.js');
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'countersign-'));
    for (const folder of ['.data', 'mine', 'told']) {
      mkdirSync(join(cwd, folder, 'sandbox'), { recursive: true });
      writeFileSync(join(cwd, folder, 'countersign.db'), '');
    }
    writeFileSync(join(cwd, '.env'), '');
  });
  afterEach(() => rmSync(cwd, { recursive: true, force: true }));

  const reset = (env: Record<string, string>, ...args: string[]) =>
    spawnSync(process.execPath, [RESET, ...args], { cwd, env: { PATH: process.env.PATH ?? '', ...env } });
  const kept = () => ['.data', 'mine', 'told'].filter((folder) => existsSync(join(cwd, folder, 'sandbox')));

  it.each<[string, () => unknown, string]>([
    ['.data when nothing is said', () => reset({}), '.data'],
    ['DATA_DIR of the environment', () => reset({ DATA_DIR: 'mine' }), 'mine'],
    ['DATA_DIR of .env', () => [writeFileSync(join(cwd, '.env'), 'DATA_DIR=mine\n'), reset({})], 'mine'],
    ['the folder that it is told', () => reset({ DATA_DIR: 'mine' }, 'told'), 'told'],
  ])('empties the sandbox in %s, and nothing else', (_, run, emptied) => {
    run();
    expect(kept()).toEqual(['.data', 'mine', 'told'].filter((folder) => folder !== emptied));
    expect(existsSync(join(cwd, emptied, 'countersign.db'))).toBe(true);
  });

  it('removes nothing while the settings are wrong, and says so', () => {
    const { status, stderr } = reset({ PORT: 'many' });
    expect([status, stderr.toString()]).toEqual([1, expect.stringMatching(/Nothing was removed\..*PORT/s)]);
    expect(kept()).toHaveLength(3);
  });
});
