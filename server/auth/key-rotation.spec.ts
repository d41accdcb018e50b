import { type AuthApp, startAuthApp } from '../../test/support/auth-app.js';
import { TokenServer } from '../../test/support/tokens.js';

const RESOURCE = 'https://countersign.example/mcp';
const MINUTE = 60_000;

let server: TokenServer;
let app: AuthApp;

beforeEach(async () => {
  server = await TokenServer.start();
  app = await startAuthApp({ issuer: server.issuer });
});

afterEach(async () => {
  await app?.close();
  await server?.close();
});

async function call(kid: string): Promise<number> {
  const token = await server.sign(server.claims(RESOURCE, app.clock.now()), { kid });
  const headers = { Authorization: `Bearer ${token}` };
  return (await app.send({ method: 'POST', path: '/mcp', headers })).status;
}

describe('I2 key rotation', () => {
  it('JWK-001: takes a new key at its first use, with one more read of the keys', async () => {
    expect(await call('first')).toBe(201);
    await server.publish('second', 1);
    expect({ status: await call('second'), reads: server.keyReads }).toEqual({ status: 201, reads: 2 });
  });

  it('takes a new key at its first use also just after somebody used a wrong one', async () => {
    await call('first');
    expect(await call('invented')).toBe(401);
    await server.publish('second', 1);
    expect(await call('second')).toBe(201);
  });

  it('JWK-002: a withdrawn key is dead after ten minutes at the latest', async () => {
    await server.publish('second', 1);
    expect(await call('first')).toBe(201);
    server.withdraw('first');
    app.clock.advance(10 * MINUTE);
    expect([await call('first'), await call('second')]).toEqual([401, 201]);
  });

  it('JWK-002: also while nobody can be asked whether it was withdrawn', async () => {
    await call('first');
    server.failWith('', 500);
    app.clock.advance(10 * MINUTE - 1);
    expect(await call('first')).toBe(201);
    app.clock.advance(1);
    expect(await call('first')).toBe(503);
  });

  it('renews the keys in the background, so that no good token waits for it', async () => {
    await call('first');
    let release = () => {};
    server.fail((response) => {
      release = () => response.destroy();
    });
    app.clock.advance(5 * MINUTE);
    expect(await call('first')).toBe(201);
    release();
  });

  it('JWK-003: a flood of invented key ids costs one read in 30 s, and good tokens pass meanwhile', async () => {
    await call('first');
    await Promise.all(Array.from({ length: 40 }, (_, index) => call(`flood-${index}`)));
    const reads = server.keyReads;
    const flood = async (name: string) => {
      const before = server.keyReads;
      await Promise.all(Array.from({ length: 100 }, (_, index) => call(`${name}-${index}`)));
      return server.keyReads - before;
    };
    expect(reads).toBeLessThanOrEqual(3);
    expect([await flood('a'), await flood('b'), await call('first')]).toEqual([0, 0, 201]);
    app.clock.advance(30_000);
    expect([await flood('c'), await flood('d')]).toEqual([1, 0]);
  });

  it('JWK-003: during a flood a new key is taken after 30 s', async () => {
    await call('first');
    await Promise.all(Array.from({ length: 40 }, (_, index) => call(`flood-${index}`)));
    await call('one more');
    await server.publish('second', 1);
    expect(await call('second')).toBe(401);
    app.clock.advance(30_000);
    expect(await call('second')).toBe(201);
  });

  it('a client that insists on a withdrawn key does not use up the reads for others', async () => {
    await call('first');
    for (let time = 0; time < 10; time += 1) expect(await call('gone')).toBe(401);
    await server.publish('second', 1);
    expect(await call('second')).toBe(201);
  });
});

describe('mistake 22: an outage became 401', () => {
  it.each([
    ['an error', 500, 'down'],
    ['JWK-007 HTML', 200, '<!doctype html><title>Sign in</title>'],
    ['JWK-007 an empty object', 200, '{}'],
    ['JWK-007 no key at all', 200, '{"keys":[]}'],
    ['JWK-007 fifty mebibytes', 200, `{"keys":["${'x'.repeat(50 * 1024 * 1024)}"]}`],
  ])('I2 keys that answer with %s: 503 and when to try again, never a challenge', async (_, status, body) => {
    server.failWith(body, status);
    const token = await server.sign(server.claims(RESOURCE, app.clock.now()));
    const answer = await app.send({ method: 'POST', path: '/mcp', headers: { Authorization: `Bearer ${token}` } });
    expect({ status: answer.status, code: answer.json().code }).toEqual({ status: 503, code: 'workos_unavailable' });
    expect(answer.headers['retry-after']).toBe('1');
    expect(answer.headers).not.toHaveProperty('www-authenticate');
  });

  it('I2: keys are not taken from where a redirect leads', async () => {
    const other = await TokenServer.start();
    try {
      server.fail((response) => response.writeHead(302, { location: `${other.issuer}/oauth2/jwks` }).end());
      expect([await call('first'), other.keyReads]).toEqual([503, 0]);
    } finally {
      await other.close();
    }
  });

  it('heals a second later', async () => {
    server.failWith('', 500);
    expect(await call('first')).toBe(503);
    server.fail(null);
    expect([await call('first'), server.keyReads]).toEqual([503, 1]);
    app.clock.advance(1_000);
    expect(await call('first')).toBe(201);
  });

  it('an unknown key is no wrong key while the keys cannot be read', async () => {
    await call('first');
    await server.publish('second', 1);
    server.failWith('', 500);
    expect([await call('second'), await call('second'), await call('first')]).toEqual([503, 503, 201]);
  });
});

describe('a strange set of keys', () => {
  it('JWK-008: a symmetric key in it verifies nothing', async () => {
    server.failWith(JSON.stringify({ keys: [{ kty: 'oct', kid: 'first', k: 'c2VjcmV0' }] }));
    expect(await call('first')).toBe(401);
  });

  it('JWK-010: a thousand keys are read within a second', async () => {
    const keys = Array.from({ length: 1_000 }, (_, index) => ({
      kty: 'RSA',
      kid: `k${index}`,
      n: 'x'.repeat(342),
      e: 'AQAB',
    }));
    server.failWith(JSON.stringify({ keys }));
    const begun = performance.now();
    expect(await call('first')).toBe(401);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
