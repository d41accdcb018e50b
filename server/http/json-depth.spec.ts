import { isDeeperThan } from './json-depth.js';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('I40: how deep a JSON text is nested', () => {
  it.each([
    { text: '[[[]]]', limit: 3, isDeeper: false },
    { text: '[[[[]]]]', limit: 3, isDeeper: true },
    { text: '{"a":[{"b":1}]}', limit: 3, isDeeper: false },
    { text: '{"a":[{"b":{}}]}', limit: 3, isDeeper: true },
    { text: '[[],[],[],[]]', limit: 2, isDeeper: false },
    { text: '"[[[[["', limit: 1, isDeeper: false },
    { text: '["\\"[[[["]', limit: 1, isDeeper: false },
    { text: '["\\\\",[[]]]', limit: 2, isDeeper: true },
  ])('$text, at most $limit', ({ text, limit, isDeeper }) => {
    expect(isDeeperThan(bytes(text), limit)).toBe(isDeeper);
  });

  it('a million brackets exhaust nothing', () => {
    expect(isDeeperThan(bytes('['.repeat(1_000_000)), 128)).toBe(true);
  });
});
