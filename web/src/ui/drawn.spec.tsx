import { render } from '@testing-library/react';
import { foreign } from '../text/phrase.js';
import { Drawn, Foreign, Say } from './drawn.js';

const shown = (text: string) => render(<Foreign text={text} />).container;

/** Characters that are not seen, or change how others are seen, and what is drawn instead. */
const HIDDEN: readonly (readonly [name: string, character: string, chip: string])[] = [
  ['zero width space', '\u200b', '⟨U+200B⟩'],
  ['zero width joiner', '\u200d', '⟨U+200D⟩'],
  ['word joiner', '\u2060', '⟨U+2060⟩'],
  ['soft hyphen', '\u00ad', '⟨U+00AD⟩'],
  ['zero width no-break space', '\ufeff', '⟨U+FEFF⟩'],
  ['right-to-left override', '\u202e', '⟨U+202E⟩'],
  ['left-to-right embedding', '\u202a', '⟨U+202A⟩'],
  ['right-to-left isolate', '\u2067', '⟨U+2067⟩'],
  ['right-to-left mark', '\u200f', '⟨U+200F⟩'],
  ['Arabic letter mark', '\u061c', '⟨U+061C⟩'],
  ['Hangul filler', '\u3164', '⟨U+3164⟩'],
  ['blank Braille pattern', '\u2800', '⟨U+2800⟩'],
  ['no-break space', '\u00a0', '⟨U+00A0⟩'],
  ['line separator', '\u2028', '⟨U+2028⟩'],
  ['invisible tag', '\u{e0041}', '⟨U+E0041⟩'],
  ['variation selector', '\ufe0f', '⟨U+FE0F⟩'],
  ['escape', '\u001b', '⟨U+001B⟩'],
  ['half of a character', '\ud800', '⟨U+D800⟩'],
];

describe('I30: what would not be seen is drawn', () => {
  it.each(HIDDEN)('I30: a %s is a chip that says its name', (name, character, chip) => {
    const container = shown(`pay${character}load`);
    const mark = container.querySelector('.chip');
    expect(mark?.textContent).toBe(`${chip} ${name}`);
    expect(mark?.getAttribute('title')).toBe(name);
    expect(container.textContent).toBe(`pay${chip} ${name}load`);
    expect(container.textContent).not.toContain(character);
  });

  it.each([
    ['p\u0430yload', '⟨Cyrillic а⟩'],
    ['p\u03bfst', '⟨Greek ο⟩'],
    ['p\uff41y', '⟨disguised ａ⟩'],
  ])('I30: a letter of another alphabet inside of %s is a chip', (text, chip) => {
    expect(shown(text).querySelector('.chip')?.textContent).toMatch(chip);
  });

  it('I30: whole words of another alphabet stay as they are', () => {
    expect(shown('Привет, שלום').querySelector('.chip')).toBeNull();
  });

  it('I30: what others wrote is isolated from the direction of ours, also inside of a sentence', () => {
    const { container } = render(<Say phrase={['Let ', foreign('\u202eedoC'), ' read?']} />);
    const isolated = container.querySelector('bdi');
    expect(isolated?.textContent).toBe('⟨U+202E⟩ right-to-left overrideedoC');
    expect(container.textContent).toMatch(/^Let .* read\?$/);
  });

  it('I30: code is drawn by the same rule, and keeps its line breaks', () => {
    const { container } = render(<Drawn text={'{\n\t"a": "\u200b"\n}'} />);
    expect(container.textContent).toBe('{\n\t"a": "⟨U+200B⟩ zero width space"\n}');
  });
});
