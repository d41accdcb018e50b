export type JsonTokenKind = 'mark' | 'string' | 'number' | 'word';

const TAB = 0x09;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const PLUS = 0x2b;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const UPPER_E = 0x45;
const BACKSLASH = 0x5c;
const LOWER_E = 0x65;

/**
 * Walks the tokens of JSON text by index, white space left out. It makes no string: a megabyte of small tokens is read on the
 * thread that answers everyone.
 */
export class JsonScanner {
  /** Of the token that `next` found; when it found none, `end` is where reading stopped. */
  kind: JsonTokenKind = 'mark';
  start = 0;
  end = 0;
  /** Whether the string has a backslash. */
  isEscaped = false;

  constructor(readonly text: string) {}

  /** False at the end of the text and before something that is no token. */
  next(): boolean {
    const { text } = this;
    let at = this.end;
    let code = text.charCodeAt(at);
    while (code === SPACE || code === LINE_FEED || code === RETURN || code === TAB) {
      at += 1;
      code = text.charCodeAt(at);
    }
    this.start = at;
    this.end = at;
    if (code === QUOTE) return this.#string();
    if (code === MINUS || (code >= ZERO && code <= NINE)) return this.#number();
    if (isMark(code)) return this.#found('mark', at + 1);
    const word = ['true', 'false', 'null'].find((known) => text.startsWith(known, at));
    return word !== undefined && this.#found('word', at + word.length);
  }

  isAtEnd(): boolean {
    return this.end >= this.text.length;
  }

  token(): string {
    return this.text.slice(this.start, this.end);
  }

  #string(): boolean {
    const { text } = this;
    this.isEscaped = false;
    for (let at = this.start + 1; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) return this.#found('string', at + 1);
      if (code !== BACKSLASH) continue;
      this.isEscaped = true;
      at += 1;
    }
    return false;
  }

  #number(): boolean {
    let at = this.start + 1;
    while (isOfNumber(this.text.charCodeAt(at))) at += 1;
    return this.#found('number', at);
  }

  #found(kind: JsonTokenKind, end: number): true {
    this.kind = kind;
    this.end = end;
    return true;
  }
}

function isMark(code: number): boolean {
  return code === 0x2c || code === 0x3a || code === 0x5b || code === 0x5d || code === 0x7b || code === 0x7d;
}

function isOfNumber(code: number): boolean {
  if (code >= ZERO && code <= NINE) return true;
  return code === DOT || code === MINUS || code === PLUS || code === LOWER_E || code === UPPER_E;
}

/**
 * Whether a number in JSON text surely keeps its value when it is read as a double: at most 15 significant digits, which a double
 * always gives back, and a size between the smallest normal double and 10^15. False: look closer.
 */
export function surelyKeeps(text: string, start: number, end: number): boolean {
  if (end - start === 1) return true;
  let digits = 0;
  let fraction = -1;
  let first = -1;
  let last = -1;
  let at = text.charCodeAt(start) === MINUS ? start + 1 : start;
  for (; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= NINE) {
      if (code !== ZERO) {
        if (first < 0) first = digits;
        last = digits;
      }
      digits += 1;
      if (fraction >= 0) fraction += 1;
    } else if (code === DOT && fraction < 0) fraction = 0;
    else break;
  }
  const exponent = at === end ? 0 : exponentOf(text, at, end);
  if (first < 0) return !Number.isNaN(exponent);
  const size = exponent - Math.max(fraction, 0) + digits - first;
  return last - first < 15 && size >= -306 && size <= 15;
}

/** NaN: not an exponent, or one that is better looked at closely. */
function exponentOf(text: string, start: number, end: number): number {
  const code = text.charCodeAt(start);
  if ((code !== LOWER_E && code !== UPPER_E) || end - start > 6) return Number.NaN;
  const sign = text.charCodeAt(start + 1);
  const from = sign === MINUS || sign === PLUS ? start + 2 : start + 1;
  let exponent = 0;
  for (let at = from; at < end; at += 1) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    exponent = exponent * 10 + digit;
  }
  return sign === MINUS ? -exponent : exponent;
}
