import { Logger } from '@nestjs/common';
import { type AuthApp, startAuthApp } from '../../test/support/auth-app.js';
import { TokenServer } from '../../test/support/tokens.js';

const RESOURCE = 'https://countersign.example/mcp';

let server: TokenServer;

beforeAll(async () => {
  server = await TokenServer.start();
});

afterAll(() => server?.close());

async function status(app: AuthApp, changes: Record<string, unknown>): Promise<number> {
  const token = await server.sign(server.claims(RESOURCE, app.clock.now(), changes));
  const headers = { Authorization: `Bearer ${token}` };
  return (await app.send({ method: 'POST', path: '/mcp', headers })).status;
}

describe('mistake 21: audience = client id', () => {
  it('is refused while only the resource is configured (JWT-024)', async () => {
    const strict = await startAuthApp({ issuer: server.issuer });
    try {
      expect(await status(strict, { aud: 'client_01HXAMPLE' })).toBe(401);
    } finally {
      await strict.close();
    }
  });

  it('is taken when the configuration says so, and then the start says it, too', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const lenient = await startAuthApp({ issuer: server.issuer, audiences: [RESOURCE, 'client_01HXAMPLE'] });
    try {
      expect(
        warn.mock.calls.flat().filter((text) => /client_01HXAMPLE are accepted, too/.test(String(text))),
      ).toHaveLength(1);
      expect([
        await status(lenient, { aud: 'client_01HXAMPLE' }),
        await status(lenient, { aud: ['client_01HXAMPLE', 'https://x.example'] }),
      ]).toEqual([201, 401]);
    } finally {
      warn.mockRestore();
      await lenient.close();
    }
  });
});
