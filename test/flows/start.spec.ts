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
