import fc from 'fast-check';
import { type Language, tokens } from './tokens.js';

const kinds = (code: string, language: Language) =>
  tokens(code, language)
    .filter(({ kind, text }) => kind !== 'plain' && kind !== 'quiet' && text.trim() !== '')
    .map(({ text, kind }) => `${kind} ${text}`);

describe('colours of code', () => {
  it('never change the code', () => {
    const language = fc.constantFrom<Language>('json', 'graphql', 'sql', 'text');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), language, (code, of) => {
        expect(
          tokens(code, of)
            .map(({ text }) => text)
            .join(''),
        ).toBe(code);
      }),
    );
  });

  it('tell keys from strings in JSON', () => {
    expect(kinds('{"a": "b", "c": [1.5, true, null]}', 'json')).toEqual([
      'key "a"',
      'string "b"',
      'key "c"',
      'number 1.5',
      'keyword true',
      'keyword null',
    ]);
  });

  it('do not take a keyword inside of a string or a comment of SQL for one', () => {
    expect(kinds("select 'drop table x' -- delete\nfrom t", 'sql')).toEqual([
      'keyword select',
      "string 'drop table x'",
      'keyword from',
    ]);
  });
});
