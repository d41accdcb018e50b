import { Logger } from '@nestjs/common';
import { type AuthApp, startAuthApp } from '../../test/support/auth-app.js';
import type { RawAnswer } from '../../test/support/raw-http.js';
import { ORGANIZATION, TokenServer } from '../../test/support/tokens.js';

const RESOURCE = 'https://countersign.example/mcp';

let server: TokenServer;

beforeAll(async () => {
  server = await TokenServer.start();
});

afterAll(() => server?.close());

async function call(app: AuthApp, changes: Record<string, unknown>): Promise<RawAnswer> {
  const token = await server.sign(server.claims(RESOURCE, app.clock.now(), changes));
  return app.send({ method: 'POST', path: '/mcp', headers: { Authorization: `Bearer ${token}` } });
}

const status = async (app: AuthApp, changes: Record<string, unknown>) => (await call(app, changes)).status;

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

describe('who calls', () => {
  let app: AuthApp;

  beforeAll(async () => {
    app = await startAuthApp({ issuer: server.issuer });
  });

  afterAll(() => app?.close());

  it('JWT-037: an organization and none are different callers', async () => {
    const organization = async (changes: Record<string, unknown>) => {
      const { user } = (await call(app, changes)).json() as { user: { principal: { organization: string | null } } };
      return user.principal.organization;
    };
    expect([await organization({ org_id: undefined }), await organization({})]).toEqual([null, ORGANIZATION]);
  });

  it('mistake 13: what is known of one caller never names another: each request has its own', async () => {
    const clients = Array.from({ length: 20 }, (_, index) => `client_${index}`);
    const answers = await Promise.all(clients.map((client_id) => call(app, { client_id })));
    expect(answers.map((answer) => (answer.json().auth as { clientId: string }).clientId)).toEqual(clients);
  });
});
