import { DomainError } from '../kernel/domain-error.js';
import type { CallInput } from './call.js';
import { catalog } from './catalog/index.js';
import { ProviderRegistry } from './provider-registry.js';

const registry = new ProviderRegistry(catalog({ snowflake: { accountHost: null, sqlReads: 'off' } }));
const NOTION = 'https://api.notion.com/v1';
const LINEAR = 'https://api.linear.app/graphql';

function refusal(call: CallInput): DomainError {
  try {
    registry.judge(call);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

const get = (url: string): CallInput => ({ method: 'GET', url });
const post = (url: string, body: unknown): CallInput => ({ method: 'POST', url, body });
/** No input may keep the server busy. Usually it is a few milliseconds. */
const HANG_MS = 5_000;

const megabyte = 'a '.repeat(1024 * 512 - 100);

describe('bad input is refused with a code and a sentence by which the assistant can correct itself', () => {
  it.each<[string, CallInput, string, RegExp]>([
    [
      'a wrong host',
      get('https://api.notion.co/v1/users'),
      'provider_not_matched',
      /No provider here.*list_integrations/,
    ],
    ['a path of nobody', get('https://api.linear.app/rest'), 'provider_not_matched', /api\.linear\.app: \/graphql/],
    [
      'userinfo',
      get('https://a:b@api.notion.com/v1/users'),
      'url_not_canonical',
      /user name.*Write it as https:\/\/api\.n/,
    ],
    ['a port', get('https://api.notion.com:8443/v1/users'), 'url_not_canonical', /port.*Write it as/],
    ['punycode', get('https://xn--ntion-jua.com/v1/users'), 'url_not_canonical', /characters outside ASCII/],
    ['plain http', get('http://api.notion.com/v1/users'), 'url_not_canonical', /https:\/\//],
    [
      'dot segments',
      get(`${NOTION}/users/../pages/1`),
      'url_not_canonical',
      /Write it as https:\/\/api.notion.com\/v1\/pages\/1/,
    ],
    ['encoded dot segments', get(`${NOTION}/users/%2e%2e/pages`), 'url_not_canonical', /canonical|encoded dot/],
    ['path parameters', get(`${NOTION}/users;x=1/me`), 'url_not_canonical', /path parameters \(;\)/],
    ['two question marks', get(`${NOTION}/users??a=1`), 'url_not_canonical', /two question marks/],
    [
      'a credential in the query',
      get(`${NOTION}/users?access_token=x`),
      'call_not_allowed',
      /“access_token” carries a credential/,
    ],
    ['another method in the query', get(`${NOTION}/users?_method=DELETE`), 'call_not_allowed', /Use the method itself/],
    ['a method of WebDAV', { method: 'PROPFIND', url: `${NOTION}/users` }, 'method_not_allowed', /GET, HEAD/],
    ['a method in lower case', { method: 'get', url: `${NOTION}/users` }, 'method_not_allowed', /in capitals/],
    ['a body with GET', { ...get(`${NOTION}/users`), body: {} }, 'body_not_allowed', /has no body/],
    [
      'a header of ours',
      { ...get(`${NOTION}/users`), headers: { Authorization: 'x' } },
      'header_not_allowed',
      /“authorization”/,
    ],
    ['text where JSON goes', post(`${NOTION}/search`, 'query=x'), 'body_not_faithful', /not valid JSON/],
    ['a duplicate key', post(`${NOTION}/search`, '{"a":1,"a":2}'), 'body_not_faithful', /"a" twice/],
    ['an escaped duplicate key', post(`${NOTION}/search`, '{"a":1,"\\u0061":2}'), 'body_not_faithful', /"a" twice/],
    [
      'a value where a form goes',
      post('https://api.stripe.com/v1/customers', { a: 1 }),
      'body_not_faithful',
      /as a string/,
    ],
    ['more than 1 MiB', post(`${NOTION}/search`, `"${megabyte}${megabyte}"`), 'body_too_large', /at most 1048576/],
    ['an array of operations', post(LINEAR, [{ query: '{viewer{id}}' }]), 'graphql_refused', /one JSON object/],
    ['no document', post(LINEAR, { id: 'abc' }), 'graphql_refused', /key “id”/],
    [
      'a list of variables',
      post(LINEAR, { query: '{viewer{id}}', variables: [] }),
      'graphql_refused',
      /must be an object/,
    ],
    ['a document of 1 MiB', post(LINEAR, { query: `{${megabyte}}` }), 'graphql_refused', /token/i],
    ['a document that is none', post(LINEAR, { query: 'select 1' }), 'graphql_refused', /Syntax Error/],
    ['a batch', post('https://graph.microsoft.com/v1.0/$batch', { requests: [] }), 'call_not_allowed', /one by one/i],
  ])('%s', (_what, call, code, says) => {
    const begun = performance.now();
    const error = refusal(call);
    expect(error).toMatchObject({ code, message: expect.stringMatching(says) });
    expect(error.message).toMatch(/[.]$/);
    expect(error.message.length).toBeLessThan(3_000);
    expect(performance.now() - begun).toBeLessThan(HANG_MS);
  });

  it.each(['fragment', 'userinfo'])('a %s is never repeated', (what) => {
    const url = what === 'fragment' ? `${NOTION}/users#secret-1` : 'https://secret-1:secret-1@api.notion.com/v1/users';
    expect(refusal(get(url)).message).not.toContain('secret-1');
  });
});
