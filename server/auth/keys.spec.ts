import { Secret } from '../kernel/secret.js';
import { csrfToken, isCsrfToken } from './csrf.js';
import { Keys } from './keys.js';
import { openFlow, sealFlow } from './sealed.sign-in-flow.js';

const old = new Secret('the old secret, of more than thirty-two characters');
const fresh = new Secret('the new secret, of more than thirty-two characters');
const session = { id: 'a'.repeat(64) };
const flow = { state: 's', codeVerifier: 'v', returnTo: '/', replaces: null };

describe('mistake 26: one secret for cookies and approvals, plain SHA-256, no rotation', () => {
  it('every purpose has a key of its own, of 256 bits', () => {
    const keys = new Keys([fresh]);
    const all = (['seal', 'csrf', 'tag', 'request-state'] as const).map((label) =>
      Buffer.from(keys.current(label)).toString('hex'),
    );
    expect(new Set(all).size).toBe(4);
    for (const key of all) expect(key).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is the same after a restart', () => {
    expect(new Keys([fresh]).current('tag')).toEqual(new Keys([fresh]).current('tag'));
  });

  it('what the old secret made still holds while it is listed, and no longer', async () => {
    const [before, during, after] = [new Keys([old]), new Keys([fresh, old]), new Keys([fresh])];
    const token = csrfToken(before, session, { for: 'session' });
    const sealed = await sealFlow(before, flow);
    expect([during, after].map((keys) => isCsrfToken(keys, session, { for: 'session' }, token))).toEqual([true, false]);
    expect([await openFlow(during, sealed), await openFlow(after, sealed)]).toEqual([
      { ...flow, purpose: 'sign-in' },
      null,
    ]);
  });

  it('the new secret makes', async () => {
    const [during, after] = [new Keys([fresh, old]), new Keys([fresh])];
    expect(isCsrfToken(after, session, { for: 'session' }, csrfToken(during, session, { for: 'session' }))).toBe(true);
    expect(await openFlow(after, await sealFlow(during, flow))).not.toBeNull();
  });

  it('needs a secret', () => {
    expect(() => new Keys([])).toThrow(RangeError);
  });
});

describe('a sealed sign-in', () => {
  afterEach(() => jest.useRealTimers());

  it('I33: is worth nothing after ten minutes', async () => {
    jest.useFakeTimers({ advanceTimers: true });
    const keys = new Keys([fresh]);
    const sealed = await sealFlow(keys, flow);
    // The seal allows a minute for clocks that differ.
    jest.setSystemTime(Date.now() + 12 * 60_000);
    expect(await openFlow(keys, sealed)).toBeNull();
  });
});
