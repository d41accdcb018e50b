const NAMES: Readonly<Record<number, string>> = {
  9: 'tab',
  10: 'line break',
  13: 'carriage return',
  27: 'escape',
  127: 'delete',
  160: 'no-break space',
  173: 'soft hyphen',
  847: 'combining grapheme joiner',
  1564: 'Arabic letter mark',
  4447: 'Hangul filler',
  4448: 'Hangul filler',
  6158: 'Mongolian vowel separator',
  8203: 'zero width space',
  8204: 'zero width non-joiner',
  8205: 'zero width joiner',
  8206: 'left-to-right mark',
  8207: 'right-to-left mark',
  8232: 'line separator',
  8233: 'paragraph separator',
  8234: 'left-to-right embedding',
  8235: 'right-to-left embedding',
  8236: 'end of a change of direction',
  8237: 'left-to-right override',
  8238: 'right-to-left override',
  8239: 'narrow no-break space',
  8288: 'word joiner',
  8294: 'left-to-right isolate',
  8295: 'right-to-left isolate',
  8296: 'first strong isolate',
  8297: 'end of an isolate',
  10240: 'blank Braille pattern',
  12288: 'wide space',
  12644: 'Hangul filler',
  65279: 'zero width no-break space',
  65440: 'Hangul filler',
};

/** What a drawn character is called, in words. */
export function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const known = NAMES[code];
  if (known) return known;
  if (code >= 0xe0000 && code <= 0xe007f) return 'invisible tag';
  if ((code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xe0100 && code <= 0xe01ef)) return 'variation selector';
  if (code >= 0xd800 && code <= 0xdfff) return 'half of a character';
  if (/\p{Zs}/u.test(character)) return 'unusual space';
  if (/\p{Cc}/u.test(character)) return 'control character';
  if (/\p{Co}/u.test(character)) return 'private character';
  if (/\p{Cn}/u.test(character)) return 'character without a meaning';
  return 'invisible character';
}
