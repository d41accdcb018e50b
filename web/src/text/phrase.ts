import { drawnPlain } from './characters.js';

/** A sentence of ours as data: plain words, what is set in bold, and text that somebody else wrote. */
export type Part = string | { readonly strong: Phrase } | { readonly foreign: string };
export type Phrase = readonly Part[];

export function strong(...parts: Phrase): Part {
  return { strong: parts };
}

/** Text that we did not write: it is isolated from ours and its invisible characters are drawn. */
export function foreign(text: string): Part {
  return { foreign: text };
}

/** The same sentence for a window title or a screen reader. */
export function plain(phrase: Phrase): string {
  return phrase
    .map((part) => {
      if (typeof part === 'string') return part;
      return 'strong' in part ? plain(part.strong) : drawnPlain(part.foreign);
    })
    .join('');
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly Part[]): Phrase {
  return items.flatMap((item, index) => {
    if (index === 0) return [item];
    return [index === items.length - 1 ? ' and ' : ', ', item];
  });
}
