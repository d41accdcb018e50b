import fc from 'fast-check';
import { isSamePrincipal, type Principal, sessionKey } from './principal.js';

const base: Principal = { issuer: 'i', subject: 's', organization: 'o', clientId: 'c', sid: 'x' };

describe('the key of a session', () => {
  it.each([
    ['parts that run into each other', { subject: 'ab', clientId: 'c' }, { subject: 'a', clientId: 'bc' }],
    ['a part that looks like a length', { subject: '1:s', clientId: 'c' }, { subject: '1', clientId: ':s1:c' }],
    ['parts that are swapped', { clientId: 'x', sid: 'y' }, { clientId: 'y', sid: 'x' }],
    ['no organization and one that is called like none', { organization: null }, { organization: '-' }],
    ['no organization and an empty one', { organization: null }, { organization: '' }],
    ['an organization that continues the sid', { sid: 'x', organization: '1:o' }, { sid: 'x1:', organization: 'o' }],
  ] as const)('I5: differs for %s', (_, a, b) => {
    expect(sessionKey({ ...base, ...a })).not.toBe(sessionKey({ ...base, ...b }));
    expect(isSamePrincipal({ ...base, ...a }, { ...base, ...b })).toBe(false);
  });

  it('I5: is the same for the same principal, and for no other, whatever the parts contain', () => {
    const part = fc.string({ unit: fc.constantFrom('a', '1', ':', '-', ''), maxLength: 5 });
    const anyone = fc.record({ issuer: part, subject: part, organization: fc.option(part), clientId: part, sid: part });
    fc.assert(
      fc.property(anyone, anyone, (a, b) => {
        const isEqual = Object.keys(base).every((key) => a[key as keyof Principal] === b[key as keyof Principal]);
        return isSamePrincipal(a, b) === isEqual && isSamePrincipal(a, { ...a });
      }),
      { numRuns: 2_000 },
    );
  });
});
