import {
  MemoryBrowserSessions,
  PreparedIdentity,
  RecordedAudit,
  RecordedEnds,
  signInOf,
} from '../../test/support/auth-fakes.js';
import { ManualClock } from '../../test/support/manual.clock.js';
import { AuthSettings } from './auth-settings.js';
import { BROWSER_SESSION_IDLE_MS, BROWSER_SESSION_MAX_MS } from './browser-session.js';
import { BrowserSessionService } from './browser-session.service.js';

const MINUTE = 60_000;

async function signedIn() {
  const clock = new ManualClock();
  const store = new MemoryBrowserSessions(clock);
  const identity = new PreparedIdentity();
  const ends = new RecordedEnds();
  const values = {
    publicUrl: 'https://countersign.example',
    mcpPath: '/mcp',
    issuer: 'https://issuer.example',
    isSandbox: false,
  };
  const service = new BrowserSessionService(
    store,
    identity,
    ends,
    new RecordedAudit(),
    new AuthSettings(values),
    clock,
  );
  const header = `__Host-pipes_session=${await service.start(signInOf(), null)}`;
  const session = (await service.current(header))!;
  return { clock, store, identity, ends, service, header, session };
}

describe('a browser session', () => {
  it('I34: is over after half an hour without a request', async () => {
    const { clock, service, header } = await signedIn();
    clock.advance(BROWSER_SESSION_IDLE_MS - 1);
    expect(await service.current(header)).not.toBeNull();
    clock.advance(BROWSER_SESSION_IDLE_MS);
    expect(await service.current(header)).toBeNull();
  });

  it('I34: is over after eight hours, however busy', async () => {
    const { clock, service, header, session } = await signedIn();
    while (clock.now() < session.startedAt + BROWSER_SESSION_MAX_MS - MINUTE) {
      expect(await service.current(header)).not.toBeNull();
      clock.advance(MINUTE);
    }
    clock.advance(MINUTE);
    expect(await service.current(header)).toBeNull();
  });

  it('is written at most once a minute for being used', async () => {
    const { clock, store, service, header } = await signedIn();
    const before = store.writes;
    for (let time = 0; time < 10; time += 1) await service.current(header);
    expect(store.writes).toBe(before);
    clock.advance(MINUTE);
    await Promise.all([service.current(header)]);
    await service.current(header);
    expect(store.writes).toBe(before + 1);
  });

  it('does not come back when it ended while a request of it was under way', async () => {
    const { clock, store, service, header, session } = await signedIn();
    clock.advance(MINUTE);
    jest.spyOn(store, 'find').mockImplementationOnce(async () => {
      store.rows.delete(session.id);
      return session;
    });
    expect(await service.current(header)).toBeNull();
    expect(store.rows.size).toBe(0);
  });

  it.each([
    '',
    '__Host-pipes_session=',
    '__Host-pipes_session=short',
    `__Host-pipes_session=${'A'.repeat(43)}`,
    'pipes_session=x',
  ])('is not opened by %j', async (cookie) => {
    expect(await (await signedIn()).service.current(cookie)).toBeNull();
  });

  it('is not opened by the id of its row', async () => {
    const { service, session } = await signedIn();
    expect(await service.current(`__Host-pipes_session=${session.id}`)).toBeNull();
    expect(await service.current(`__Host-pipes_session=${session.id.slice(0, 43)}`)).toBeNull();
  });
});

describe('renewing at the identity provider', () => {
  it('keeps the new seal, and never moves the time at which the person proved who they are', async () => {
    const { identity, service, store, session } = await signedIn();
    identity.renewing = async () => signInOf({ sealed: 'sealed-2', authenticatedAt: 999_999 });
    const renewed = await service.renewed(session);
    expect(renewed).toEqual({ ...session, sealed: 'sealed-2', seenAt: renewed?.seenAt });
    expect(store.rows.get(session.id)?.sealed).toBe('sealed-2');
  });

  it('happens once for all who ask at the same time: a refresh token works once', async () => {
    const { identity, service, session } = await signedIn();
    identity.renewing = async (sealed) => signInOf({ sealed: `${sealed}+` });
    const all = await Promise.all(Array.from({ length: 10 }, () => service.renewed(session)));
    expect(all.map((one) => one?.sealed)).toEqual(Array(10).fill('sealed-1+'));
    expect(identity.renewals).toEqual(['sealed-1']);
    // The next one starts from what was stored, not from what the caller still holds.
    await service.renewed(session);
    expect(identity.renewals).toEqual(['sealed-1', 'sealed-1+']);
  });

  it('takes the successor that another process stored a moment before', async () => {
    const { identity, service, store, session } = await signedIn();
    identity.renewing = async (sealed) => {
      if (sealed === 'sealed-2') return signInOf({ sealed: 'sealed-3' });
      await store.update(session.id, { sealed: 'sealed-2' });
      return null;
    };
    expect((await service.renewed(session))?.sealed).toBe('sealed-3');
  });

  it('I14: a session that was ended there has ended here, with what was approved in it', async () => {
    const { identity, service, store, ends, session } = await signedIn();
    identity.renewing = async () => null;
    expect(await service.renewed(session)).toBeNull();
    expect([store.rows.size, new Set(ends.sessions).size]).toEqual([0, 1]);
  });

  it.each([
    ['another person', { user: { id: 'user_other', email: 'bo@acme.example', name: null } }],
    ['another organization', { organization: 'org_other' }],
  ])('I7: a renewal that brings %s ends the session', async (_, changes) => {
    const { identity, service, store, session } = await signedIn();
    identity.renewing = async () => signInOf(changes);
    expect(await service.renewed(session)).toBeNull();
    expect(store.rows.size).toBe(0);
  });

  it('mistake 8: impersonation that is seen at a renewal ends the session', async () => {
    const { identity, service, store, session } = await signedIn();
    identity.renewing = async () => signInOf({ isImpersonated: true });
    expect(await service.renewed(session)).toBeNull();
    expect(store.rows.size).toBe(0);
  });

  it('mistake 22: an outage leaves the session as it is', async () => {
    const { identity, service, store, session } = await signedIn();
    identity.renewing = async () => {
      throw new Error('WorkOS is away.');
    };
    await expect(service.renewed(session)).rejects.toThrow('WorkOS is away.');
    expect(store.rows.get(session.id)).toEqual(session);
  });

  it('does not bring back a session that ended meanwhile', async () => {
    const { identity, service, store, session } = await signedIn();
    identity.renewing = async () => {
      store.rows.delete(session.id);
      return signInOf({ sealed: 'sealed-2' });
    };
    expect(await service.renewed(session)).toBeNull();
    expect(store.rows.size).toBe(0);
  });
});
