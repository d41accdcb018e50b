import { callQuestion, codeOf, emptyView, SETTINGS } from '../../test/support/grants.js';
import type { RequestGrant } from '../grants/authority-grant.js';
import { ask, type Question } from '../grants/question.js';
import type { DomainError } from '../kernel/domain-error.js';
import type { Call } from '../providers/call.js';
import { isTheApprovedCall } from './approved-call.js';

const question = callQuestion() as Extract<Question, { kind: 'request' }>;
const approved = question.judged.call;
const asked = ask(emptyView(1_000), question, SETTINGS, 0);
const grant = ('grant' in asked ? asked.grant : asked.existing) as RequestGrant;
const bytes = (text: string) => Buffer.from(text);

function comparing(passed: Partial<Call>, stored: Uint8Array | null = approved.body): string {
  try {
    isTheApprovedCall(grant, stored, { ...approved, ...passed });
    return 'the approved call';
  } catch (error) {
    expect((error as DomainError).details).toMatchObject({ requestId: grant.id });
    return `${codeOf(error)} in the ${String((error as DomainError).details.part)}`;
  }
}

describe('mistake 2: the comparer is called and compares everything', () => {
  it.each<[string, Partial<Call>, string]>([
    ['another method', { method: 'DELETE' }, 'method'],
    ['another URL', { url: 'https://api.notion.com/v1/pages/2' }, 'url'],
    ['a query more', { url: `${approved.url}?archived=true` }, 'url'],
    ['a header more', { headers: [...approved.headers, ['x-more', '1']] }, 'headers'],
    ['a header less', { headers: [] }, 'headers'],
    ['another value of a header', { headers: [['content-type', 'text/plain']] }, 'headers'],
    ['another value in the body', { body: bytes('{"title":"Bye"}') }, 'body'],
    ['a field more in the body', { body: bytes('{"title":"Hello","archived":true}') }, 'body'],
    ['a list in place of its one member', { body: bytes('{"title":["Hello"]}') }, 'body'],
    ['no body', { body: null }, 'body'],
    ['an empty body', { body: bytes('') }, 'body'],
    ['a body that is no JSON', { body: bytes('{"title":"Hello"') }, 'body'],
  ])('%s is refused and named', (_, passed, part) => {
    expect(comparing(passed)).toBe(`request_mismatch in the ${part}`);
  });

  it.each<[string, string, string]>([
    ['a number and its text', '{"n":1}', '{"n":"1"}'],
    ['the order of a list', '[1,2]', '[2,1]'],
    ['null and nothing', '{"n":null}', '{}'],
    ['composed and decomposed letters', '{"n":"\u00e9"}', '{"n":"e\u0301"}'],
    ['bytes that are no JSON', 'a=1&b=2', 'b=2&a=1'],
  ])('%s are two bodies', (_, stored, passed) => {
    expect(comparing({ body: bytes(passed) }, bytes(stored))).toBe('request_mismatch in the body');
  });

  it('a call without a body is not one with an empty body', () => {
    expect(comparing({ body: null }, null)).toBe('the approved call');
    expect(comparing({ body: bytes('') }, null)).toBe('request_mismatch in the body');
  });
});

it.each([
  ['white space', '{ "title" : "Hello" }'],
  ['escapes', '{"title":"\\u0048ello"}'],
])('mistake 4: equal JSON with other %s is the same call', (_, text) => {
  expect(comparing({ body: bytes(text) })).toBe('the approved call');
});
