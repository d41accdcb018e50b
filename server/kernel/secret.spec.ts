import { format, inspect } from 'node:util';
import { Secret } from './secret.js';

const secret = new Secret('hunter2');

describe('a secret', () => {
  it.each([
    ['String', () => String(secret)],
    ['a template', () => `${secret}`],
    ['concatenation', () => `token: ${String(secret)}`],
    ['JSON', () => JSON.stringify({ secret })],
    ['inspection, with hidden fields', () => inspect({ deep: [secret] }, { depth: 9, showHidden: true })],
    ['console’s format', () => format('%s %o %O %j', secret, secret, secret, secret)],
    ['an error’s cause', () => inspect(new Error('failed', { cause: { secret } }))],
    ['its entries', () => JSON.stringify([Object.entries(secret), Reflect.ownKeys(secret)])],
    ['a copy', () => JSON.stringify([structuredClone(secret), { ...secret }])],
  ])('I21, I46: does not print by %s', (_, print) => {
    expect(print()).not.toContain('hunter2');
  });

  it('tells its value to whoever asks by name', () => {
    expect(secret.reveal()).toBe('hunter2');
  });
});
