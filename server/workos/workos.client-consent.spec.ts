import { FormBrowser } from '../../test/support/form-browser.js';
import { ManualClock } from '../../test/support/manual.clock.js';
import { startListener, startWorkosSandbox } from '../../test/support/workos-sandbox.js';
import { ACME, ANA, BO } from '../sandbox/seed.js';
import { WorkosClientConsent } from './workos.client-consent.js';

describe('whether a person still authorizes a client', () => {
  let world: Awaited<ReturnType<typeof startWorkosSandbox>>;
  const clock = new ManualClock();
  const consent = (timeoutMs = 10_000) => new WorkosClientConsent(world.client({ timeoutMs }), clock);

  beforeAll(async () => {
    world = await startWorkosSandbox();
  });
  afterEach(() => world.sandbox.faults.clear());
  afterAll(() => world.close());

  /** A client registers, and Ana allows it. */
  const allow = async () => {
    const { issuer } = world.sandbox;
    const body = JSON.stringify({ redirect_uris: ['http://127.0.0.1/callback'] });
    const registered = await fetch(`${issuer}/oauth2/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const { client_id: clientId } = (await registered.json()) as { client_id: string };
    const query = {
      client_id: clientId,
      response_type: 'code',
      redirect_uri: 'http://127.0.0.1:1234/callback',
      scope: 'openid',
    };
    const pkce = { code_challenge: 'a'.repeat(43), code_challenge_method: 'S256' };
    const browser = new FormBrowser(issuer);
    const signIn = await browser.get(`${issuer}/oauth2/authorize?${new URLSearchParams({ ...query, ...pkce })}`);
    await browser.submit(
      await browser.submit(signIn, { user: ANA.id }),
      { decision: 'allow', organization: ACME.id },
      /consent/,
    );
    return clientId;
  };
  const withdraw = (clientId: string) =>
    fetch(`${world.sandbox.issuer}/user_management/users/${ANA.id}/authorized_applications/${clientId}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${world.sandbox.apiKey}` },
    });

  it('is given by the person who allowed it, to that client', async () => {
    const of = consent();
    const clientId = await allow();
    expect(await of.isGiven(ANA.id, clientId)).toBe(true);
    expect(await of.isGiven(BO.id, clientId)).toBe(false);
    expect(await of.isGiven(ANA.id, 'client_x')).toBe(false);
    expect(await of.isGiven('user_01NOBODY', clientId)).toBe(false);
  });

  it('notices a new client at once, and a withdrawn one within a minute', async () => {
    const of = consent();
    const first = await allow();
    expect(await of.isGiven(ANA.id, first)).toBe(true);
    clock.advance(3_000);
    const second = await allow();
    expect(await of.isGiven(ANA.id, second)).toBe(true);
    await withdraw(second);
    clock.advance(31_000);
    expect(await of.isGiven(ANA.id, second)).toBe(false);
    expect(await of.isGiven(ANA.id, first)).toBe(true);
  });

  it.each(['500', '429', 'down', 'html', 'unauthorized'] as const)(
    'is not known when WorkOS answers %s',
    async (kind) => {
      world.sandbox.faults.set({ target: 'workos', kind });
      await expect(consent().isGiven(ANA.id, 'client_x')).rejects.toMatchObject({ code: 'workos_unavailable' });
    },
  );

  it('is not known when WorkOS is slow, or answers something else', async () => {
    world.sandbox.faults.set({ target: 'workos', kind: 'slow', delayMs: 60_000 });
    await expect(consent(300).isGiven(ANA.id, 'client_x')).rejects.toMatchObject({ code: 'workos_unavailable' });
    const listener = await startListener({ data: 'none' });
    const of = new WorkosClientConsent(listener.client, clock);
    await expect(of.isGiven(ANA.id, 'client_x')).rejects.toMatchObject({ code: 'workos_unavailable' });
    await listener.close();
  });

  it('mistake 19: an id that leaves its place in the path never reaches the network', async () => {
    const listener = await startListener({ data: [] });
    await expect(new WorkosClientConsent(listener.client, clock).isGiven('../x', 'c')).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(listener.asked).toEqual([]);
    await listener.close();
  });
});
