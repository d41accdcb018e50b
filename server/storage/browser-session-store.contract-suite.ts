import { BROWSER_SESSION_IDLE_MS, BROWSER_SESSION_MAX_MS, type BrowserSession } from '../auth/browser-session.js';
import type { BrowserSessionStore } from '../auth/browser-session-store.port.js';

export interface BrowserSessionRig {
  readonly store: BrowserSessionStore;
  /** The store's clock. */
  now(): Promise<number>;
  stop(): Promise<void>;
}

/** What every store of browser sessions must do, whatever it is built on. */
export function browserSessionContract(name: string, setup: () => Promise<BrowserSessionRig>): void {
  describe(`browser sessions on ${name}`, () => {
    let rig: BrowserSessionRig;
    let now: number;
    beforeAll(async () => {
      rig = await setup();
    });
    afterAll(async () => {
      await rig?.stop();
    });
    beforeEach(async () => {
      now = await rig.now();
    });

    const session = (id: string, different: Partial<BrowserSession> = {}): BrowserSession => ({
      id: id.repeat(64),
      userId: 'user_ada',
      email: 'ada@acme.example',
      name: null,
      organization: 'org_acme',
      providerSession: 'session_1',
      isImpersonated: false,
      authenticatedAt: now,
      sealed: 'sealed {"by": "the provider"} — ünïcode',
      startedAt: now,
      seenAt: now,
      ...different,
    });

    it('finds what was saved, and nothing under another id', async () => {
      const saved = session('a');
      await rig.store.save(saved);
      expect(await rig.store.find(saved.id)).toEqual(saved);
      expect(await rig.store.find('0'.repeat(64))).toBeNull();
    });

    it('saves over what was there', async () => {
      await rig.store.save(session('b'));
      await rig.store.save(session('b', { organization: null, name: 'Ada' }));
      expect(await rig.store.find('b'.repeat(64))).toEqual(session('b', { organization: null, name: 'Ada' }));
    });

    it('changes what it is told to and nothing else', async () => {
      const saved = session('c');
      await rig.store.save(saved);
      expect(await rig.store.update(saved.id, { seenAt: now + 5 })).toBe(true);
      expect(await rig.store.update(saved.id, { sealed: 'renewed' })).toBe(true);
      expect(await rig.store.find(saved.id)).toEqual({ ...saved, seenAt: now + 5, sealed: 'renewed' });
    });

    it('a session that was deleted does not come back by a late change', async () => {
      const saved = session('d');
      await rig.store.save(saved);
      await rig.store.delete(saved.id);
      expect(await rig.store.find(saved.id)).toBeNull();
      expect(await rig.store.update(saved.id, { seenAt: now })).toBe(false);
      expect(await rig.store.find(saved.id)).toBeNull();
    });

    it.each([
      ['idle', BROWSER_SESSION_IDLE_MS, 0],
      ['old', 0, BROWSER_SESSION_MAX_MS],
    ])('one that is too %s is none', async (_, unseenMs, ageMs) => {
      const over = session('e', { seenAt: now - unseenMs, startedAt: now - ageMs });
      await rig.store.save(over);
      expect(await rig.store.find(over.id)).toBeNull();
      expect(await rig.store.update(over.id, { seenAt: now })).toBe(false);
    });

    it('a visit keeps one alive, but never past its longest time', async () => {
      const saved = session('f', {
        seenAt: now - BROWSER_SESSION_IDLE_MS + 60_000,
        startedAt: now - BROWSER_SESSION_MAX_MS + 60_000,
      });
      await rig.store.save(saved);
      await rig.store.update(saved.id, { seenAt: now });
      expect(await rig.store.find(saved.id)).toMatchObject({ seenAt: now });
      await rig.store.save({ ...saved, startedAt: now - BROWSER_SESSION_MAX_MS, seenAt: now });
      expect(await rig.store.find(saved.id)).toBeNull();
    });
  });
}
