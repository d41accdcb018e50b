import { foldedPath, foldedPaths } from './folded-path.js';

describe('I23: a path as the most lenient server might read it', () => {
  it.each([
    ['/v1/Pages', '/v1/pages'],
    ['/v1/p%61ges', '/v1/pages'],
    ['/v1/p%2561ges', '/v1/pages'],
    ['/v1/p%252561ges', '/v1/pages'],
    ['/v1/a%2Fb', '/v1/a~b'],
    ['/v1/a%252fb', '/v1/a~b'],
    ['/v1/pages.json', '/v1/pages'],
    ['/v1/pages%20', '/v1/pages'],
    ['/v1/100%25-wool', '/v1/100%-wool'],
    ['/', '/'],
  ])('%s is %s', (path, expected) => {
    expect(foldedPath(path)).toBe(expected);
  });

  it('an encoded slash belongs to a name or parts two', () => {
    expect(foldedPaths('/v1/a%2Fb%252FKeys/5')).toEqual(['/v1/a~b~keys/5', '/v1/a/b/keys/5', '/v1/a~b/keys/5']);
  });

  it('ends, however often something is encoded', () => {
    expect(foldedPath(`/v1/${'%25'.repeat(1_000)}`)).toMatch(/^\/v1/);
  });
});
