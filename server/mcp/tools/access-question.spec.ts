import type { DomainError } from '../../kernel/domain-error.js';
import { accessInput, accessQuestion } from './access-question.js';

/** As the tool does it: first the flat schema that models read, then what belongs together. */
function asking(input: Record<string, unknown>): unknown {
  const flat = accessInput.safeParse(input);
  if (!flat.success) return `refused by the schema: ${flat.error.issues.map(({ message }) => message).join()}`;
  try {
    return accessQuestion(flat.data);
  } catch (error) {
    const { code, message } = error as DomainError;
    return `${code}: ${message}`;
  }
}

const CALL = { kind: 'request', reason: 'why', method: 'POST', url: 'https://api.notion.com/v1/search' };
const BROAD = { reason: 'why', providers: ['notion'] };

describe('what is refused, naming each field', () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    ['no reason', { providers: ['notion'] }, /refused by the schema/],
    ['an empty reason', { ...BROAD, reason: ' ' }, /refused by the schema/],
    ['a reason without end', { ...BROAD, reason: 'x'.repeat(2_001) }, /refused by the schema/],
    ['an unknown argument', { ...BROAD, scope: 'all' }, /refused by the schema: .*scope/],
    ['a kind of nobody', { ...BROAD, kind: 'all' }, /refused by the schema/],
    [
      'no providers',
      { reason: 'why' },
      /^invalid_arguments: .*kind "broad"\. providers: .*Broad needs reason and providers/,
    ],
    ['an empty list of providers', { ...BROAD, providers: [] }, /^invalid_arguments: .*providers: /],
    ['too many providers', { ...BROAD, providers: Array(201).fill('x') }, /^invalid_arguments: .*providers: /],
    ['half a call', { ...BROAD, maxCalls: 1.5 }, /^invalid_arguments: .*maxCalls: /],
    ['no calls', { ...BROAD, maxCalls: 0 }, /^invalid_arguments: .*maxCalls: /],
    ['less than a second', { ...BROAD, durationMs: 999 }, /^invalid_arguments: .*durationMs: /],
    ['a broad one with a URL', { ...BROAD, url: CALL.url }, /^invalid_arguments: .*url/],
    ['a broad one with a body', { ...BROAD, body: {} }, /^invalid_arguments: .*body/],
    [
      'a call without a URL',
      { kind: 'request', reason: 'why', method: 'GET' },
      /^invalid_arguments: .*url: .*Request needs reason, method and url/,
    ],
    ['a call without a method', { kind: 'request', reason: 'why', url: CALL.url }, /^invalid_arguments: .*method: /],
    ['a call with a level', { ...CALL, level: 'read' }, /^invalid_arguments: .*level/],
    ['a call with providers', { ...CALL, providers: ['notion'] }, /^invalid_arguments: .*providers/],
    ['a call with a time', { ...CALL, durationMs: 60_000 }, /^invalid_arguments: .*durationMs/],
    [
      'a URL without end',
      { ...CALL, url: `https://api.notion.com/${'x'.repeat(4_100)}` },
      /^invalid_arguments: .*url: /,
    ],
  ])('%s', (_, input, refusal) => {
    expect(asking(input)).toMatch(refusal);
  });

  it('repeats no value', () => {
    expect(asking({ ...BROAD, url: 'https://canary.example/' })).not.toMatch(/canary/);
  });
});

describe('what is asked', () => {
  it('reason and providers alone mean broad and read', () => {
    expect(asking(BROAD)).toEqual({ kind: 'broad', level: 'read', ...BROAD });
  });

  it('a broad question with everything', () => {
    const all = { ...BROAD, kind: 'broad', level: 'write', durationMs: 1_000, maxCalls: 10_000 };
    expect(asking(all)).toEqual(all);
  });

  it.each([
    ['a JSON value', { a: [1] }],
    ['a string, which is the exact bytes', '{ "a": 1 }'],
    ['the JSON value null', null],
    ['an empty string', ''],
  ])('an exact call keeps its body as it is: %s', (_, body) => {
    expect(asking({ ...CALL, body })).toEqual({ ...CALL, body });
  });

  it('an exact call without a body has none', () => {
    expect(asking(CALL)).toEqual(CALL);
    expect(asking(CALL)).not.toHaveProperty('body');
  });
});
