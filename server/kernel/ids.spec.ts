import { isGrantId, newGrantId, newId, sessionTag, tagOf } from './ids.js';
import type { Principal } from './principal.js';

const ada: Principal = { issuer: 'i', subject: 's', organization: null, clientId: 'c', sid: 'x' };
const key = new Uint8Array(32).fill(1);

describe('ids', () => {
  it('a grant id carries its session’s tag and 160 bits of its own', () => {
    const tag = sessionTag(key, ada);
    const ids = Array.from({ length: 1_000 }, () => newGrantId(tag));
    expect(ids.every((id) => isGrantId(id) && tagOf(id) === tag)).toBe(true);
    expect(new Set(ids).size).toBe(1_000);
    const letters = new Set(ids.flatMap((id) => [...id.slice(16)]));
    expect([...letters].sort().join('')).toBe('234567abcdefghijklmnopqrstuvwxyz');
  });

  it('I32: a tag is keyed, so that it tells nothing about the person to whoever has no key', () => {
    expect(sessionTag(key, ada)).toMatch(/^[a-z2-7]{16}$/);
    expect(sessionTag(key, ada)).toBe(sessionTag(key, { ...ada }));
    expect(sessionTag(key, ada)).not.toBe(sessionTag(new Uint8Array(32).fill(2), ada));
    expect(sessionTag(key, ada)).not.toBe(sessionTag(key, { ...ada, organization: '' }));
  });

  it.each([
    ['too short', 'a'.repeat(47)],
    ['too long', 'a'.repeat(49)],
    ['upper case', 'A'.repeat(48)],
    ['a digit that base32 has not', `${'a'.repeat(47)}1`],
    ['a line break at the end', `${'a'.repeat(48)}\n`],
    ['a hash tag', `{${'a'.repeat(46)}}`],
    ['a list', ['a'.repeat(48)]],
    ['nothing', undefined],
  ])('refuses as a grant id: %s', (_, value) => {
    expect(isGrantId(value)).toBe(false);
  });

  it('names claims and events apart', () => {
    expect(newId('clm')).toMatch(/^clm_[a-z2-7]{25}$/);
    expect(newId('evt')).toMatch(/^evt_[a-z2-7]{25}$/);
    expect(newId('evt')).not.toBe(newId('evt'));
  });
});
