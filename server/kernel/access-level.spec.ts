import { covers } from './access-level.js';

it.each([
  ['read', 'write', false],
  ['read', 'read', true],
  ['write', 'read', true],
  ['write', 'write', true],
] as const)('I12: authority to %s is enough for a %s: %s', (held, needed, isEnough) => {
  expect(covers(held, needed)).toBe(isEnough);
});
