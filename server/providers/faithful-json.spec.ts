import { jsonTokens, readFaithfulJson } from './faithful-json.js';

const REFUSED = expect.objectContaining({ code: 'body_not_faithful' });

describe('a number in JSON text', () => {
  it.each([
    '0',
    '-0',
    '-0.0',
    '0e999999',
    '1.0',
    '1.50',
    '1e5',
    '1E+2',
    '12e-1',
    '999999999999999',
    '9007199254740991',
    '-9007199254740991',
    '0.1234567890123456',
    '1.0000000000000000',
    '0.000000000000000000001',
    '1.7976931348623157',
    '1e-306',
    '2.2250738585072014e-308',
    '5e-324',
    '0.30000000000000004',
  ])('%s keeps its value and passes', (number) => {
    expect(readFaithfulJson(`{"n":[${number}]}`)).toEqual({ n: [Number(number)] });
  });

  it.each([
    '9007199254740992',
    '9007199254740993',
    '1234567890123456789',
    '1e16',
    '1e400',
    '-1e400',
    '1e-400',
    '3e-324',
    '0.12345678901234567',
    '0.30000000000000001',
    '1.00000000000000000001',
    `1${'0'.repeat(400)}`,
  ])('%s would change or is too large: refused', (number) => {
    expect(() => readFaithfulJson(`{"n":[${number}]}`)).toThrow(REFUSED);
  });

  it.each(['-', '01', '1.', '.5', '1.2.3', '1e', '1e+', '1-2', '--1', '+1', '1e1e1', '1e1.5'])(
    '%s is no number of JSON: refused',
    (number) => {
      expect(() => readFaithfulJson(`[${number}]`)).toThrow(REFUSED);
    },
  );
});

describe('a key twice', () => {
  it.each([
    '{"a":1,"a":2}',
    '{"a":1,"b":{"a":1},"a":2}',
    '[{"a":1},{"b":1,"c":[{"x":[]}],"b":2}]',
    '{"a":1,"\\u0061":2}',
    '{"__proto__":1,"__proto__":2}',
    '{"":1,"":2}',
    '{"a" : 1 , "a"\n: 2}',
  ])('%s is refused', (text) => {
    expect(() => readFaithfulJson(text)).toThrow(REFUSED);
  });

  it.each([
    '[{"a":1},{"a":2}]',
    '{"a":{"a":{"a":1}}}',
    '{"a":"a","b":["a","a"]}',
    '{"a":{"b":1},"c":{"b":1}}',
    '{"a":1,"\\\\u0061":2}',
  ])('%s has none', (text) => {
    expect(readFaithfulJson(text)).toEqual(JSON.parse(text));
  });
});

describe('half of a surrogate pair', () => {
  it.each(['"\\ud800"', '"\\uD800x"', '"\\udC00\\ud800"', '{"\\uDFFF":1}', '"\ud800"', '"a\\"\\udbff"'])(
    '%j is refused',
    (text) => {
      expect(() => readFaithfulJson(text)).toThrow(REFUSED);
    },
  );

  it.each(['"\\ud83d\\ude00"', '"\\\\ud800"', '"😀"', '"\\ud7ff\\ue000"'])('%j is whole', (text) => {
    expect(readFaithfulJson(text)).toBe(JSON.parse(text));
  });
});

describe('the shape of JSON text', () => {
  it('64 levels pass, 65 do not, however they are mixed', () => {
    expect(readFaithfulJson(`${'[{"a":'.repeat(32)}1${'}]'.repeat(32)}`)).toHaveLength(1);
    expect(() => readFaithfulJson(`${'[{"a":'.repeat(32)}[]${'}]'.repeat(32)}`)).toThrow(REFUSED);
  });

  it.each([
    '',
    ' ',
    '{',
    '}',
    ']]',
    '"a',
    '"a\\',
    '"a\\"',
    'nul',
    'True',
    '[1 2]',
    '{"a" 1}',
    ':',
    '{:1}',
    '[1]\u00a0',
    '"\n"',
  ])('%j is refused', (text) => {
    expect(() => readFaithfulJson(text)).toThrow(REFUSED);
  });

  it('says where reading stopped', () => {
    expect(() => readFaithfulJson('{"a": NaN}')).toThrow('at character 7');
  });

  it('tokens are told as they are written', () => {
    expect([...jsonTokens(' {"a\\n" : [1.0, -2e5,true,null]}\n')]).toEqual([
      '{',
      '"a\\n"',
      ':',
      '[',
      '1.0',
      ',',
      '-2e5',
      ',',
      'true',
      ',',
      'null',
      ']',
      '}',
    ]);
    expect(() => [...jsonTokens('[1, x]')]).toThrow(REFUSED);
  });
});
