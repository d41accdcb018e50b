import type { CallInput } from './call.js';
import { catalog } from './catalog/index.js';
import { defineProvider } from './define-provider.js';
import { ProviderRegistry } from './provider-registry.js';
import { read } from './rest.js';

const acme = defineProvider({
  id: 'acme',
  name: 'Acme',
  hosts: ['api.acme.example'],
  paths: ['/files/{path:encoded}/raw', '/forms'],
  methods: ['GET', 'POST', 'OPTIONS'],
  callerHeaders: { 'content-type': ['application/json', 'application/x-www-form-urlencoded'], 'x-trace': 'any' },
  rules: [read('GET', '/files/{path:encoded}/raw')],
  reads: 'r',
  writes: 'w',
  instructions: 'i',
  examples: {
    read: { method: 'GET', url: 'https://api.acme.example/files/a/raw' },
    write: { method: 'POST', url: 'https://api.acme.example/forms', body: {} },
  },
});
const registry = new ProviderRegistry([...catalog({ snowflake: { accountHost: null, sqlReads: 'off' } }), acme]);
const PAGES = { method: 'POST', url: 'https://api.notion.com/v1/pages' };

function codeOf(input: CallInput): string {
  try {
    registry.judge(input);
    return 'accepted';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

function bodyOf(body: unknown): string | null {
  const { call } = registry.judge({ ...PAGES, body });
  return call.body === null ? null : Buffer.from(call.body).toString('utf8');
}

describe('I16 one URL reading', () => {
  it.each([
    ['https://user:pw@api.notion.com/v1/pages', 'https://api.notion.com/v1/pages'],
    ['HTTPS://API.notion.com:443/v1//pages#x', 'https://api.notion.com/v1/pages'],
    ['https://api.notion.com/v1/%70ages', 'https://api.notion.com/v1/pages'],
    ['https://api.notion.com/v1/x/../pages', 'https://api.notion.com/v1/pages'],
    ['https://api.notion.com/v1/pages?', 'https://api.notion.com/v1/pages'],
    ['https://api.notion.com/v1/pages?q=a b', 'https://api.notion.com/v1/pages?q=a%20b'],
  ])('%s is refused, and the canonical form is named', (url, canonical) => {
    expect(() => registry.judge({ method: 'GET', url })).toThrow(
      expect.objectContaining({
        code: 'url_not_canonical',
        details: { canonical },
        message: expect.stringContaining(canonical),
      }),
    );
  });

  it.each([
    'https://api.notion.com./v1/pages',
    'https://api.notion.com/v1/pages;x=1',
    'https://api.notion.com/v1/a%5cb',
    'https://api.notion.com/v1/a%5Cb',
    'https://api.notion.com/v1/a%2Eb',
    'https://api.notion.com/v1/a%0ab',
    'https://api.notion.com/v1/a%ff',
    'https://api.notion.com/v1/a%zz',
    'https://api.notion.com/v1/a%2Fb',
    'https://api.notion.com/v1/pages?a=%00',
    'https://xn--pi-6kc.notion.com/v1/pages',
    `https://api.notion.com/v1/${'a'.repeat(4_096)}`,
  ])('%s is refused', (url) => {
    expect(codeOf({ method: 'GET', url })).toBe('url_not_canonical');
  });

  it('an encoded slash passes only where the template marks the segment, and no part may be empty or a dot', () => {
    expect(codeOf({ method: 'GET', url: 'https://api.acme.example/files/a%2Fb/raw' })).toBe('accepted');
    for (const name of ['a%2F', '%2Fa', 'a%2F%2Fb', '..%2Fa', 'a%2F..', '.%2Fa']) {
      expect(codeOf({ method: 'GET', url: `https://api.acme.example/files/${name}/raw` })).toBe('url_not_canonical');
    }
  });

  it('what is legitimate passes', () => {
    for (const query of ['?filter=%C3%A9%20%2F%5C', '?start_cursor=abc&page_size=10', '?a=%E2%80%AE']) {
      expect(codeOf({ method: 'GET', url: `https://api.notion.com/v1/users${query}` })).toBe('accepted');
    }
  });
});

describe('methods, credentials and overrides', () => {
  it.each(['get', 'CONNECT', 'TRACE', 'PROPFIND', 'MERGE', 'LINK', 'GET ', '', 'OPTIONS'])(
    'EXA-015: method %j is refused',
    (method) => {
      expect(codeOf({ ...PAGES, method })).toBe('method_not_allowed');
    },
  );

  it.each([
    '_method',
    '_METHOD',
    '_HttpMethod',
    '%24httpMethod',
    'x-http-method-override',
    '_method%5B%5D',
    'token',
    'access_token',
    'oauth_token',
    'private_token',
    'authorization',
    'Access-Token',
    'a;token',
  ])('query parameter %s is refused', (name) => {
    expect(codeOf({ method: 'GET', url: `https://api.notion.com/v1/users?a=1&${name}=x` })).toMatch(
      /call_not_allowed|url_not_canonical/,
    );
  });

  it('mistake 3: case twins, overrides and everything unlisted are refused by name', () => {
    const judge = (headers: Record<string, string>) => () => registry.judge({ ...PAGES, headers });
    const twins = { 'Notion-Version': '2026-03-11', 'notion-version': '2022-06-28' };
    const refused = (header: string) => expect.objectContaining({ code: 'header_not_allowed', details: { header } });
    expect(judge(twins)).toThrow(refused('notion-version'));
    expect(judge({ authorization: 'a' })).toThrow(refused('authorization'));
    expect(judge({ 'X-HTTP-Method': 'DELETE' })).toThrow(refused('x-http-method'));
    expect(judge({ 'notion-version': '2020-01-01' })).toThrow(refused('notion-version'));
    expect(judge({ __proto__x: 'a', constructor: 'a' })).toThrow(
      expect.objectContaining({ code: 'header_not_allowed' }),
    );
    expect(judge({ 'content-type': 'application/json' })).toThrow(refused('content-type'));
  });

  it('I19: allowed headers are part of the call, sorted, the caller’s in place of ours', () => {
    const { call } = registry.judge({
      ...PAGES,
      headers: { 'Notion-Version': '2022-06-28', 'Content-Type': 'application/json' },
      body: {},
    });
    expect(call.headers).toEqual([
      ['accept', 'application/json'],
      ['content-type', 'application/json'],
      ['notion-version', '2022-06-28'],
      ['user-agent', 'Countersign'],
    ]);
  });

  it.each(['a\r\nb: c', 'a\0', 'é', ' a', 'a'.repeat(1_025), ''])('header value %j is refused', (value) => {
    const call = { method: 'GET', url: 'https://api.acme.example/files/a/raw', headers: { 'x-trace': value } };
    expect(codeOf(call)).toBe('header_not_allowed');
  });

  it('a body field that overrides the method is refused, in JSON and in forms', () => {
    const form = {
      method: 'POST',
      url: 'https://api.acme.example/forms',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    };
    expect(codeOf({ ...PAGES, body: { _method: 'DELETE' } })).toBe('call_not_allowed');
    expect(codeOf({ ...PAGES, body: '{"_METHOD":"DELETE"}' })).toBe('call_not_allowed');
    expect(codeOf({ ...form, body: 'a=1&%5Fmethod=DELETE' })).toBe('call_not_allowed');
    expect(codeOf({ ...form, body: 'a=1' })).toBe('accepted');
    expect(codeOf({ ...form, body: { a: 1 } })).toBe('body_not_faithful');
  });
});

describe('mistake 2: one body, one reading', () => {
  it('EXA-013, EXA-014: null, {}, the empty string and no body are four things', () => {
    expect([bodyOf(undefined), bodyOf(null), bodyOf({})]).toEqual([null, 'null', '{}']);
    expect(codeOf({ ...PAGES, body: '' })).toBe('body_not_faithful');
    // Encoded twice; a string that is meant as one is none of our business.
    expect(codeOf({ ...PAGES, body: JSON.stringify('{"a":1}') })).toBe('body_not_faithful');
    expect(codeOf({ ...PAGES, body: JSON.stringify(' [1]') })).toBe('body_not_faithful');
    expect(codeOf({ ...PAGES, body: '"{a"' })).not.toBe('body_not_faithful');
  });

  it('a value is serialised once; a string is the exact bytes', () => {
    expect(bodyOf({ b: 1, a: 'é' })).toBe('{"b":1,"a":"é"}');
    expect(bodyOf(' {"b": 1.0,\n"a":"\\u00e9"} ')).toBe(' {"b": 1.0,\n"a":"\\u00e9"} ');
  });

  it.each(['GET', 'HEAD'])('EXA-016: %s never has a body', (method) => {
    for (const body of [{ a: 1 }, '', null]) {
      expect(codeOf({ method, url: 'https://api.notion.com/v1/users', body })).toBe('body_not_allowed');
    }
  });

  it.each([
    ['EXA-005 a number outside of I-JSON', '{"id":12345678901234567890}'],
    ['EXA-006 a key twice', '{"a":1,"a":2}'],
    ['a key twice by escape', '{"a":1,"\\u0061":2}'],
    ['a key twice deep inside', '{"x":[{"a":1,"b":{},"a":2}]}'],
    ['EXA-007 a lone surrogate', '{"a":"\\ud800"}'],
    ['a lone surrogate in a key', '{"\\udc00":1}'],
    ['too many digits', '{"a":0.12345678901234567891}'],
    ['a number without end', '{"a":1e400}'],
    ['a number that is gone', '{"a":1e-400}'],
    ['65 levels', '['.repeat(65) + ']'.repeat(65)],
    ['a million levels', '['.repeat(1_000_000)],
    ['a comment', '{"a":1 /* x */}'],
    ['a comma too much', '{"a":1,}'],
    ['two values', '{} {}'],
    ['a byte order mark', '\ufeff{}'],
    ['no JSON', 'a=1'],
    ['a quote that is open', `"${'a'.repeat(500_000)}`],
  ])('text with %s is body_not_faithful', (_what, body) => {
    expect(codeOf({ ...PAGES, body })).toBe('body_not_faithful');
  });

  it.each([
    ['a large integer', { a: 2 ** 60 }],
    ['a lone surrogate', { a: ['\ud800'] }],
    ['a lone surrogate in a key', { '\udfff': 1 }],
    ['not a number', { a: Number.NaN }],
    ['something else than JSON', { a: () => 1 }],
  ])('a value with %s is body_not_faithful', (_what, body) => {
    expect(codeOf({ ...PAGES, body })).toBe('body_not_faithful');
  });

  it('what is faithful passes: equal keys in different objects, every number that survives', () => {
    const body =
      '{"a":{"a":[{"a":1},{"a":1}]},"n":[0,-0,1.50,1e3,0.1,-1.5E-7,9007199254740991],"s":"\\ud83d\\ude00 \\\\ \\""}';
    expect(bodyOf(body)).toBe(body);
    expect(codeOf({ ...PAGES, body: '['.repeat(64) + ']'.repeat(64) })).toBe('accepted');
  });

  it('I40: a body over 1 MiB is body_too_large, counted in bytes', () => {
    expect(codeOf({ ...PAGES, body: JSON.stringify('a'.repeat(1024 * 1024 - 2)) })).toBe('accepted');
    expect(codeOf({ ...PAGES, body: JSON.stringify('a'.repeat(1024 * 1024 - 1)) })).toBe('body_too_large');
    expect(codeOf({ ...PAGES, body: 'é'.repeat(600_000) })).toBe('body_too_large');
  });
});
