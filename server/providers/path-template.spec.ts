import { pathTemplate } from './path-template.js';

describe('path templates are anchored and read a segment in one way', () => {
  const cases: [template: string, path: string, isMatch: boolean][] = [
    ['/v1/pages/{id}', '/v1/pages/1', true],
    ['/v1/pages/{id}', '/v1/pages/1/', false],
    ['/v1/pages/{id}', '/v1/pages/', false],
    ['/v1/pages/{id}', '/v1/pages/1/x', false],
    ['/v1/pages/{id}', '/x/v1/pages/1', false],
    ['/v1/pages/{id}', '/v1/Pages/1', false],
    ['/v1/pages/{id}', '/v1/pages/a%2Fb', false],
    ['/v1/pages/{id}', '/v1/pages/a%2fb', false],
    ['/v1/pages/{id}', '/v1/pages/a%25252Fb', false],
    ['/v1/pages/{id}', '/v1/pages/100%25-2F', true],
    ['/v1/files/{path:encoded}', '/v1/files/a%2Fb', true],
    ['/v1/files/{path:encoded}', '/v1/files/a%2F..', false],
    ['/v1/files/{path:encoded}', '/v1/files/a/b', false],
    ['/v1/{x}:query', '/v1/a:query', true],
    ['/v1/{x}:query', '/v1/a:queryX', false],
    ['/v1/{x}:query', '/v1/:query', false],
    ['/v1/**', '/v1/a/b/', true],
    ['/v1/**', '/v1/', false],
    ['/v1/**', '/v1', false],
    ['/v1/**', '/v1/a%2Fb', false],
    ['/v1/**', '/v1/a%252fb', false],
    ['/v1.0/$batch', '/v1.0/$batch', true],
    ['/v1.0/$batch', '/v1x0/$batch', false],
  ];

  it.each(cases)('%s and %s: %s', (template, path, isMatch) => {
    expect(pathTemplate(template).matches(path)).toBe(isMatch);
  });

  it.each([
    'v1',
    '/v1//x',
    '/v1/../x',
    '/v1/{a}{b}',
    '/v1/{a:open}',
    '/**/x',
    '/v1/a**',
    '/v1/%2e',
    '/v1/a?b',
    '/v1/{}',
  ])('%s is no template', (template) => {
    expect(() => pathTemplate(template)).toThrow(/template/);
  });

  it('knows which two could meet', () => {
    const meet = (a: string, b: string) => pathTemplate(a).mayMeet(pathTemplate(b));
    expect([meet('/v1/**', '/v1/a/{b}'), meet('/v1/{a}', '/v1/x'), meet('/v1/{a}:get', '/v1/x:get')]).toEqual([
      true,
      true,
      true,
    ]);
    expect([meet('/v1/**', '/v2/**'), meet('/v1/{a}:get', '/v1/{a}:put'), meet('/v1/{a}', '/v1/{a}/b')]).toEqual([
      false,
      false,
      false,
    ]);
    expect([meet('/v1/{a}', '/v1/**'), meet('/v1/x:get', '/v1/{a}:get'), meet('/v1/x', '/v1/y')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('judges siblings, slashes at the end and everything below exactly', () => {
    const meet = (a: string, b: string) => pathTemplate(a).mayMeet(pathTemplate(b));
    const never = [
      ['/drive/v3/**', '/calendar/v3/**'],
      ['/ex/jira/{c}/**', '/ex/confluence/{c}/**'],
      ['/v1/**', '/v1/'],
      ['/v1/{a}:get', '/v1/:get'],
      ['/v1/**', '/v1'],
    ] as const;
    expect(never.filter(([a, b]) => meet(a, b) || meet(b, a))).toEqual([]);
    expect(meet('/ex/{product}/{c}/**', '/ex/jira/{c}/rest/{x}')).toBe(true);
  });

  it('knows which one covers another', () => {
    const covered = (a: string, b: string) => pathTemplate(a).covers(pathTemplate(b));
    const yes = [
      ['/v1/**', '/v1/a/{b}'],
      ['/v1/**', '/v1/a/**'],
      ['/v1/{a}', '/v1/x'],
      ['/v1/{a}', '/v1/{b}:get'],
      ['/v1/{a:encoded}', '/v1/{b}'],
    ] as const;
    const no = [
      ['/v1/a/{b}', '/v1/**'],
      ['/v1/**', '/v1'],
      ['/v1/x', '/v1/{a}'],
      ['/v1/{a}', '/v1/{b:encoded}'],
      ['/v1/**', '/v1/{b:encoded}'],
      ['/v1/{a}:get', '/v1/{a}'],
    ] as const;
    expect([yes.filter(([a, b]) => !covered(a, b)), no.filter(([a, b]) => covered(a, b))]).toEqual([[], []]);
  });
});
