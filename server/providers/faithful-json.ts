import { DomainError } from '../kernel/domain-error.js';
import { JsonScanner, surelyKeeps } from './json-scanner.js';

export const DEPTH_MAX = 64;

/** An escaped half of a surrogate pair, or the end of an escaped backslash before such letters: worth a closer look. */
const SURROGATE_ESCAPE = /\\u[dD][89a-fA-F]/;

/**
 * Reads JSON text that every reader understands alike: no key twice, no lone surrogate, no number that changes when it is read,
 * at most 64 levels deep. The grammar itself is `JSON.parse`'s business.
 * @throws DomainError `body_not_faithful`
 */
export function readFaithfulJson(text: string): unknown {
  checkText(text);
  const mayHideSurrogate = SURROGATE_ESCAPE.test(text);
  const scanner = new JsonScanner(text);
  const keys = new OpenKeys();
  let keyStart = 0;
  let keyEnd = 0;
  let isKeyEscaped = false;
  while (scanner.next()) {
    const { kind, start, end } = scanner;
    if (kind === 'string') {
      keyStart = start;
      keyEnd = end;
      isKeyEscaped = scanner.isEscaped;
      if (mayHideSurrogate && isKeyEscaped) checkText(String(parseJson(scanner.token())));
    } else if (kind === 'number') {
      if (!surelyKeeps(text, start, end)) refuseChangedNumber(scanner.token());
    } else if (kind === 'mark') {
      const mark = text[start];
      if (mark === ',') continue;
      if (mark === '{' || mark === '[') keys.open(mark === '{');
      else if (mark === '}' || mark === ']') keys.close();
      else if (mark === ':' && keyEnd > 0) {
        keys.add(isKeyEscaped ? String(parseJson(text.slice(keyStart, keyEnd))) : text.slice(keyStart + 1, keyEnd - 1));
      }
    }
  }
  refuseRest(scanner);
  return parseJson(text);
}

/** The tokens of JSON text, white space left out. */
export function* jsonTokens(text: string): Generator<string, void> {
  const scanner = new JsonScanner(text);
  while (scanner.next()) yield scanner.token();
  refuseRest(scanner);
}

function refuseRest(scanner: JsonScanner): void {
  if (!scanner.isAtEnd()) refuse(`is not valid JSON at character ${scanner.end + 1}`);
}

/** The keys of the objects that are open. Each level keeps its one set for all objects that come by. */
class OpenKeys {
  readonly #levels: Set<string>[] = [];
  readonly #isObject: boolean[] = [];

  open(isObject: boolean): void {
    this.#isObject.push(isObject);
    const depth = this.#isObject.length;
    if (depth > DEPTH_MAX) refuse(`is more than ${DEPTH_MAX} levels deep`);
    const keys = this.#levels[depth - 1];
    if (keys === undefined) this.#levels.push(new Set());
    else if (keys.size > 0) keys.clear();
  }

  close(): void {
    this.#isObject.pop();
  }

  add(key: string): void {
    if (!this.#isObject.at(-1)) return;
    const keys = this.#levels[this.#isObject.length - 1];
    if (keys?.has(key)) refuse(`has the key ${JSON.stringify(key)} twice in one object`);
    keys?.add(key);
  }
}

/**
 * Checks a value that came to us already parsed, before its one serialisation. An integer beyond 2^53 may have changed on its
 * way to us: such a body is passed as a string.
 * @throws DomainError `body_not_faithful`
 */
export function checkFaithfulValue(root: unknown): void {
  checkValue(root, 0);
}

/** Recursion ends at `DEPTH_MAX`. */
function checkValue(value: unknown, depth: number): void {
  if (typeof value === 'string') checkText(value);
  else if (typeof value === 'number') checkNumber(value);
  else if (typeof value === 'object' && value !== null) {
    if (depth >= DEPTH_MAX) refuse(`is more than ${DEPTH_MAX} levels deep`);
    if (!Array.isArray(value)) for (const key of Object.keys(value)) checkText(key);
    for (const child of Array.isArray(value) ? value : Object.values(value)) checkValue(child, depth + 1);
  } else if (value !== null && typeof value !== 'boolean') refuse('holds something that JSON cannot say');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new DomainError('body_not_faithful', 'The body is not valid JSON.', {}, { cause });
  }
}

function refuseChangedNumber(token: string): void {
  const number = Number(token);
  if (Number.isNaN(number)) return;
  const again = String(number);
  if (!Number.isFinite(number) || (token !== again && exact(token) !== exact(again))) {
    refuse(
      `has the number ${token.slice(0, 60)}, which most readers would change. Pass it as a string if the API allows it`,
    );
  }
  checkNumber(number);
}

function checkNumber(number: number): void {
  if (Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number))) return;
  refuse(
    `has the number ${number}, which is larger than JSON readers carry exactly. Pass it as a string if the API allows it`,
  );
}

/** `String.isWellFormed` for Node 20's types: in Unicode mode a surrogate that is matched stands alone. */
function checkText(text: string): void {
  if (/\p{Surrogate}/u.test(text)) refuse('has half of a surrogate pair, which has no bytes in UTF-8');
}

/** One spelling for one decimal value: significant digits and the power of ten. */
function exact(decimal: string): string {
  const [, sign, whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(decimal) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  return `${sign}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}

function refuse(problem: string): never {
  throw new DomainError('body_not_faithful', `The body ${problem}.`);
}
