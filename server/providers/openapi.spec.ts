import { createHash } from 'node:crypto';
import { defineProvider } from './define-provider.js';
import { type OpenapiOptions, openapiRules } from './openapi.js';
import { unreachableRules } from './reachable.js';
import { type Rule, read, write } from './rest.js';

const DESCRIPTION = JSON.stringify({
  openapi: '3.0.3',
  paths: {
    '/things/{thing-id}': { get: { operationId: 'getThing', summary: 'Read a thing.' }, parameters: [] },
    '/things/search': { post: { summary: 'Search things' }, options: {} },
    '/things': { post: { operationId: 'createThing' } },
  },
});
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const rules = (more: Partial<OpenapiOptions> = {}, text = DESCRIPTION) =>
  openapiRules(text, { sha256: sha256(text), ...more }).map(({ level, method, path, title }) => [
    level,
    method,
    path,
    title,
  ]);

describe('rules from an OpenAPI file', () => {
  it('are levels by method, titles from summaries, narrow paths first', () => {
    expect(rules({ basePath: '/v1' })).toEqual([
      ['write', 'POST', '/v1/things/search', 'Search things'],
      ['write', 'POST', '/v1/things', undefined],
      ['read', 'GET', '/v1/things/{thing_id}', 'Read a thing'],
    ]);
  });

  it('take overrides by operation, or leave one out', () => {
    const overrides = { 'POST /things/search': 'read', getThing: 'write', createThing: 'left_out' } as const;
    expect(rules({ overrides }).map(([level, method]) => [level, method])).toEqual([
      ['read', 'POST'],
      ['write', 'GET'],
    ]);
  });

  it.each<[string, Partial<OpenapiOptions>, string, RegExp]>([
    ['a file that changed', { sha256: sha256('other') }, DESCRIPTION, /has changed: its SHA-256 is [0-9a-f]{64}/],
    ['an override of nothing', { overrides: { getThings: 'read' } }, DESCRIPTION, /No operation is called getThings/],
    ['Swagger 2', {}, '{"swagger":"2.0","paths":{}}', /no OpenAPI 3/],
    ['no JSON', {}, 'openapi: 3.1.0', /JSON/],
  ])('the boot is stopped by %s', (_what, options, text, says) => {
    expect(() => rules(options, text)).toThrow(says);
  });
});

describe('rules that can never decide anything are named', () => {
  const unreachable = (list: readonly Rule[], more: object = {}) => {
    const call = { method: 'GET', url: 'https://a.example.com/' };
    const examples = { read: call, write: call };
    const texts = { name: 'A', reads: '', writes: '', instructions: '' };
    return unreachableRules(
      defineProvider({ id: 'a', hosts: ['a.example.com'], rules: list, examples, ...texts, ...more }),
    );
  };

  it.each<[string, readonly Rule[], object, RegExp | null]>([
    [
      'a wide one above',
      [read('GET', '/v1/**'), read('GET', '/v1/a')],
      {},
      /read GET \/v1\/a: read \/v1\/\*\* takes all/,
    ],
    ['a write one below', [read('GET', '/v1/a'), write('GET', '/v1/{x}')], {}, /read GET \/v1\/a: write/],
    ['a path that is not callable', [read('GET', '/v2/a')], { paths: ['/v1/**'] }, /no path of the provider/],
    ['a path that is refused', [read('GET', '/v1/a')], { refused: [{ path: '/v1/a', why: 'No.' }] }, /never be called/],
    ['a wide one below', [read('GET', '/v1/a'), read('GET', '/v1/**')], {}, null],
    ['a read one that is wider', [read('GET', '/v1/**'), write('GET', '/v1/a')], {}, null],
    ['another method', [read('GET', '/v1/**'), read('POST', '/v1/a')], {}, null],
  ])('%s', (_what, list, more, says) => {
    const found = unreachable(list, more).join();
    if (says === null) expect(found).toBe('');
    else expect(found).toMatch(says);
  });
});
