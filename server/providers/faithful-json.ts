import { DomainError } from '../kernel/domain-error.js';

export const DEPTH_MAX = 64;

const TOKEN = /[\t\n\r ]*("[^"\\]*(?:\\.[^"\\]*)*"|-?[0-9][0-9.eE+-]*|true|false|null|[{}[\]:,])/suy;
const TRAILING_SPACE = /[\t\n\r ]*$/uy;

/**
 * Reads JSON text that every reader understands alike: no key twice, no lone surrogate, no number that changes when it is read,
 * at most 64 levels deep. The grammar itself is `JSON.parse`'s business.
 * @throws DomainError `body_not_faithful`
 */
export function readFaithfulJson(text: string): unknown {
  const openKeys: (Set<string> | null)[] = [];
  let previous: string | null = null;
  for (const token of jsonTokens(text)) {
    if (token === '{' || token === '[') openKeys.push(token === '{' ? new Set() : null);
    else if (token === '}' || token === ']') openKeys.pop();
    else if (token === ':') refuseTwice(openKeys.at(-1), previous);
    else if (token.startsWith('"')) refuseLoneSurrogate(token);
    else refuseChangedNumber(token);
    if (openKeys.length > DEPTH_MAX) refuse(`is more than ${DEPTH_MAX} levels deep`);
    previous = token;
  }
  return parseJson(text);
}

/** The tokens of JSON text, white space left out. */
export function jsonTokens(text: string): readonly string[] {
  const tokens: string[] = [];
  let at = 0;
  for (;;) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) break;
    tokens.push(match[1] as string);
    at = TOKEN.lastIndex;
  }
  TRAILING_SPACE.lastIndex = at;
  if (!TRAILING_SPACE.test(text)) refuse(`is not valid JSON at character ${at + 1}`);
  return tokens;
}

/**
 * Checks a value that came to us already parsed, before its one serialisation. An integer beyond 2^53 may have changed on its
 * way to us: such a body is passed as a string.
 * @throws DomainError `body_not_faithful`
 */
export function checkFaithfulValue(root: unknown): void {
  const open: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value === 'string') checkText(value);
    else if (typeof value === 'number') checkNumber(value);
    else if (typeof value === 'object' && value !== null) {
      if (depth >= DEPTH_MAX) refuse(`is more than ${DEPTH_MAX} levels deep`);
      for (const [key, child] of Object.entries(value)) {
        if (!Array.isArray(value)) checkText(key);
        open.push({ value: child, depth: depth + 1 });
      }
    } else if (value !== null && typeof value !== 'boolean') refuse('holds something that JSON cannot say');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new DomainError('body_not_faithful', 'The body is not valid JSON.', {}, { cause });
  }
}

function refuseTwice(keys: Set<string> | null | undefined, token: string | null): void {
  if (!keys || !token?.startsWith('"')) return;
  const key = String(parseJson(token));
  if (keys.has(key)) refuse(`has the key ${JSON.stringify(key)} twice in one object`);
  keys.add(key);
}

function refuseLoneSurrogate(token: string): void {
  checkText(token.includes('\\') ? String(parseJson(token)) : token);
}

function refuseChangedNumber(token: string): void {
  if (!/^-?[0-9]/.test(token)) return;
  const number = Number(token);
  if (Number.isNaN(number)) return;
  if (!Number.isFinite(number) || exact(token) !== exact(String(number))) {
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
