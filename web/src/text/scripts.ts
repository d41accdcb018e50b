/** Alphabets whose letters can pass for Latin ones. */
const LOOK_ALIKE_SCRIPTS = [
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Armenian', /\p{Script=Armenian}/u],
  ['Cherokee', /\p{Script=Cherokee}/u],
  ['Lisu', /\p{Script=Lisu}/u],
  ['Coptic', /\p{Script=Coptic}/u],
] as const;

const OTHER_SCRIPT =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Lisu}\p{Script=Coptic}]/u;
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

/** The letters in `text` that pass for Latin ones, in order. Linear in the length of the text, whatever it is. */
export function lookAlikes(text: string): readonly LookAlike[] {
  const found: LookAlike[] = [];
  if (OTHER_SCRIPT.test(text)) {
    const isLatinText = LATIN.test(text);
    for (const word of text.matchAll(WORD)) {
      if (!OTHER_SCRIPT.test(word[0])) continue;
      if (LATIN.test(word[0]) || (isLatinText && TWIN.test(word[0])))
        for (const letter of lettersOf(word[0], word.index)) found.push(letter);
    }
  }
  for (const { 0: letter, index } of text.matchAll(DISGUISED)) found.push({ at: index, letter, script: 'disguised' });
  return found.sort((one, other) => one.at - other.at);
}

function* lettersOf(word: string, start: number): Generator<LookAlike> {
  let at = start;
  for (const letter of word) {
    const script = LOOK_ALIKE_SCRIPTS.find(([, pattern]) => pattern.test(letter));
    if (script) yield { at, letter, script: script[0] };
    at += letter.length;
  }
}
