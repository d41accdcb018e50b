import fc from 'fast-check';
import { chipsOf, drawnPlain, segments } from './characters.js';

const labels = (text: string) => chipsOf(text).map(({ label }) => label);

describe('I30: invisible text is visible', () => {
  const table: readonly { what: string; text: string; drawn: readonly string[] }[] = [
    { what: 'a right-to-left override', text: 'invoice\u202efdp.exe', drawn: ['⟨U+202E⟩'] },
    {
      what: 'zero widths',
      text: '\u200b\u200c\u200d\u2060\ufeff',
      drawn: ['⟨U+200B⟩', '⟨U+200C⟩', '⟨U+200D⟩', '⟨U+2060⟩', '⟨U+FEFF⟩'],
    },
    {
      what: 'control characters',
      text: 'a\u0000\u001b\u007f\r',
      drawn: ['⟨U+0000⟩', '⟨U+001B⟩', '⟨U+007F⟩', '⟨U+000D⟩'],
    },
    { what: 'tags', text: 'a\u{e0041}', drawn: ['⟨U+E0041⟩'] },
    { what: 'fillers', text: 'a\u3164\u115f\u2800\uffa0', drawn: ['⟨U+3164⟩', '⟨U+115F⟩', '⟨U+2800⟩', '⟨U+FFA0⟩'] },
    { what: 'a variation selector on a letter', text: 'a\ufe0f', drawn: ['⟨U+FE0F⟩'] },
    { what: 'a variation selector of an emoji, which is seen', text: '❤\ufe0f', drawn: [] },
    { what: 'a supplementary variation selector', text: 'a\u{e0101}', drawn: ['⟨U+E0101⟩'] },
    { what: 'a lone surrogate', text: 'a\ud800b', drawn: ['⟨U+D800⟩'] },
    { what: 'spaces that are not the usual one', text: 'a\u00a0b\u2003c', drawn: ['⟨U+00A0⟩', '⟨U+2003⟩'] },
    { what: 'line and paragraph separators', text: 'a\u2028b\u2029', drawn: ['⟨U+2028⟩', '⟨U+2029⟩'] },
    { what: 'a run of one character, counted', text: 'a\u200b\u200b\u200b', drawn: ['⟨U+200B × 3⟩'] },
    { what: 'a Cyrillic letter in a Latin word', text: '\u0430na@acme.example', drawn: ['⟨Cyrillic а⟩'] },
    { what: 'a Cyrillic first letter of a name', text: '\u0421laude Code', drawn: ['⟨Cyrillic С⟩'] },
    {
      what: 'a whole word of twins among Latin ones',
      text: 'pay \u0441\u043e\u0441\u043e now',
      drawn: ['⟨Cyrillic с⟩', '⟨Cyrillic о⟩', '⟨Cyrillic с⟩', '⟨Cyrillic о⟩'],
    },
    { what: 'a mathematical letter', text: '\u{1d41a}dmin', drawn: ['⟨disguised 𝐚⟩'] },
    { what: 'a Russian text', text: 'Привет, мир', drawn: [] },
    { what: 'Hebrew, Arabic and Chinese', text: 'ממשק أحتاج 中文', drawn: [] },
    { what: 'line breaks and tabs of a body', text: 'a\n\tb', drawn: [] },
  ];
  it.each(table)('$what', ({ text, drawn }) => {
    expect(labels(text)).toEqual(drawn);
  });

  it('draws at most four marks on a letter and counts the rest', () => {
    expect(drawnPlain(`x${'\u0301'.repeat(500)}`)).toBe(`x${'\u0301'.repeat(4)}⟨+496 marks⟩`);
  });

  it('marks line breaks where one line is meant', () => {
    expect(drawnPlain('Claude\nCode')).toBe('Claude⏎Code');
  });

  it('changes nothing of a text that has nothing to draw, and never shows a hidden character as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const shown = segments(text, 'mark')
          .filter((segment) => typeof segment === 'string')
          .join('');
        expect(
          shown.replace(
            /\p{Extended_Pictographic}(?:\ufe0f|\u200d|\p{Emoji_Modifier}|\p{Extended_Pictographic})*/gu,
            '',
          ),
        ).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u);
        if (chipsOf(text).length === 0) expect(segments(text).join('')).toBe(text);
      }),
    );
  });

  it('is linear in the length of a hostile text', () => {
    const texts = [
      '\u200b'.repeat(1 << 18),
      'a\u200b'.repeat(1 << 16),
      'a'.repeat(1 << 20),
      `${'a'.repeat(1 << 19)}\u0430`,
    ];
    for (const text of texts) expect(segments(text).length).toBeGreaterThan(0);
  });
});
