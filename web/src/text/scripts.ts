/** Alphabets whose letters can pass for Latin ones. */
const LOOK_ALIKE_SCRIPTS = [
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Armenian', /\p{Script=Armenian}/u],
  ['Cherokee', /\p{Script=Cherokee}/u],
  ['Lisu', /\p{Script=Lisu}/u],
  ['Coptic', /\p{Script=Coptic}/u],
] as const;

const WORD = /[\p{L}\p{M}]+/gu;
const LATIN = /\p{Script=Latin}/u;
/** Letters of other alphabets that are drawn like Latin ones in most fonts. */
const TWIN = /^[аеорсухѕіјһԁԛԝАВЕКМНОРСТУХЅІЈԌοαΑΒΕΖΗΙΚΜΝΟΡΤΥΧ]+$/u;
/** Latin letters and digits in disguise: mathematical, full-width, enclosed. */
const DISGUISED = /[\u{1D400}-\u{1D7FF}\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A\u24B6-\u24E9]/gu;

export interface LookAlike {
  readonly at: number;
  readonly letter: string;
  /** What it really is. */
  readonly script: string;
}

/** The letters in `text` that pass for Latin ones, in order. */
export function lookAlikes(text: string): readonly LookAlike[] {
  if (isAscii(text)) return [];
  const found: LookAlike[] = [];
  const isLatinText = LATIN.test(text);
  for (const word of text.matchAll(WORD)) {
    const isSuspect = LATIN.test(word[0]) || (isLatinText && TWIN.test(word[0]));
    if (!isSuspect) continue;
    let at = word.index;
    for (const letter of word[0]) {
      const script = LOOK_ALIKE_SCRIPTS.find(([, pattern]) => pattern.test(letter));
      if (script) found.push({ at, letter, script: script[0] });
      at += letter.length;
    }
  }
  for (const { 0: letter, index } of text.matchAll(DISGUISED)) found.push({ at: index, letter, script: 'disguised' });
  return found.sort((one, other) => one.at - other.at);
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 127) return false;
  return true;
}
