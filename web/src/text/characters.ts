import { nameOf } from './character-names.js';
import { lookAlikes } from './scripts.js';

/** A character that would not be seen, or not be seen as what it is, drawn so that it is. */
export interface Chip {
  /** `⟨U+200B⟩`, `⟨Cyrillic а⟩`. */
  readonly label: string;
  /** “zero width space”. */
  readonly name: string;
  readonly kind: 'invisible' | 'look-alike';
}
export type Segment = string | Chip;

/** `mark`: a line break is drawn as ⏎, for text that should be one line. */
export type Lines = 'keep' | 'mark';

const MARKS_PER_BASE = 4;
/** An emoji may carry its own selector, skin tone and joiners: there they are seen. */
const EMOJI =
  /\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?(?:\u200D\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?)*/u;
/** Cc, Cf, private, unassigned and lone surrogates; line separators; every space but the usual one; what fonts leave out. */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/u;
const MARKS = /\p{M}{5,}/u;
/** A run of one hidden character is one chip that counts it. */
const INTERESTING = new RegExp(`${EMOJI.source}|${MARKS.source}|(${HIDDEN.source})\\1*`, 'gu');

/**
 * Splits `text` into what can be shown as it is and what has to be drawn (I30). Joining the texts and the characters of the
 * chips gives `text` again: nothing is left out.
 */
export function segments(text: string, lines: Lines = 'keep'): readonly Segment[] {
  const found: Segment[] = [];
  const twins = lookAlikes(text);
  let next = 0;
  let from = 0;
  const showUntil = (end: number) => {
    for (let twin = twins[next]; twin && twin.at < end; twin = twins[next]) {
      if (twin.at > from) found.push(text.slice(from, twin.at));
      found.push({ label: `⟨${twin.script} ${twin.letter}⟩`, name: codePoint(twin.letter), kind: 'look-alike' });
      from = twin.at + twin.letter.length;
      next += 1;
    }
    if (end > from) found.push(text.slice(from, end));
    from = end;
  };
  for (const { 0: match, index } of text.matchAll(INTERESTING)) {
    const hidden = hiddenPart(match, lines);
    if (hidden === null) continue;
    showUntil(index + hidden.shown);
    found.push(hidden.chip);
    from = index + match.length;
  }
  showUntil(text.length);
  return found;
}

/** How many leading units of a match are shown as they are, and the chip for the rest; `null`: all of it is shown. */
function hiddenPart(match: string, lines: Lines): { readonly shown: number; readonly chip: Chip } | null {
  if (/^[\n\t]/.test(match)) {
    if (lines === 'keep') return null;
    const drawn = match.startsWith('\n') ? '⏎' : '⇥';
    return { shown: 0, chip: { label: drawn.repeat(match.length), name: nameOf(match), kind: 'invisible' } };
  }
  if (/^\p{Extended_Pictographic}/u.test(match)) return null;
  const all = [...match];
  const [first = ''] = all;
  if (all.every((character) => character === first) && HIDDEN.test(first)) {
    const times = all.length > 1 ? ` × ${all.length}` : '';
    return { shown: 0, chip: { label: `⟨${codePoint(first)}${times}⟩`, name: nameOf(first), kind: 'invisible' } };
  }
  const kept = HIDDEN.test(match) ? 0 : MARKS_PER_BASE;
  const more = all.length - kept;
  const chip: Chip = { label: `⟨+${more} marks⟩`, name: `${more} more marks on one letter`, kind: 'invisible' };
  return { shown: all.slice(0, kept).join('').length, chip };
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The same text as one plain string, for places that take no markup. */
export function drawnPlain(text: string): string {
  return segments(text, 'mark')
    .map((segment) => (typeof segment === 'string' ? segment : segment.label))
    .join('');
}

export function chipsOf(text: string): readonly Chip[] {
  return segments(text).filter((segment) => typeof segment !== 'string');
}
