import { WORDS_BEFORE_A_VALUE, WORDS_OF_NO_READ } from './sql-builtins.js';
import { isMark, isOfInformationSchema, isWord } from './sql-query.js';
import type { SqlToken } from './sql-tokens.js';

const METHODS: ReadonlySet<string> = new Set(['bernoulli', 'row', 'system', 'block', 'seed', 'repeatable']);
const STAR_WORDS: ReadonlySet<string> = new Set(['ilike', 'exclude', 'replace', 'rename']);
const TRAVEL: ReadonlySet<string> = new Set(['at', 'before', 'changes']);
const MOMENTS: ReadonlySet<string> = new Set(['information', 'offset', 'statement', 'stream', 'timestamp']);

/**
 * The query as the parser knows SQL: what Snowflake adds and the words were already checked for is left out (samples, time travel,
 * changes to `*`), bound values are numbers, and names that are words of other statements get other names.
 */
export function plainForm(tokens: readonly SqlToken[]): string {
  let text = '';
  for (let index = 0; index < tokens.length; index += 1) {
    const end = endOfAddition(tokens, index);
    if (end > index) {
      index = end - 1;
      continue;
    }
    const token = tokens[index] as SqlToken;
    text += `${token.isApart ? ' ' : ''}${plainToken(token, tokens[index + 1], isOfInformationSchema(tokens, index))}`;
    if (isWord(token, 'identifier')) index += 3;
  }
  return text.trim();
}

function plainToken({ kind, value }: SqlToken, after: SqlToken | undefined, isTold: boolean): string {
  if (kind === 'bind') return ' 1';
  if (kind === 'text') return "'x'";
  if (kind !== 'word') return value;
  if (value === 'identifier') return 'object_name';
  if (value === 'minus') return 'except';
  if (isTold) return 'result_scan';
  return WORDS_OF_NO_READ.has(value) && !isMark(after, '(') ? `"${value}"` : value;
}

/** Where an addition of Snowflake's that begins at `index` ends; `index` itself when none begins there. */
function endOfAddition(tokens: readonly SqlToken[], index: number): number {
  const token = tokens[index];
  if (token?.kind !== 'word') return index;
  // `TABLE(INFORMATION_SCHEMA.F(…))` goes to the parser as `TABLE(F(…))`.
  if (isOfInformationSchema(tokens, index + 2)) return index + 2;
  if (!isBehindValue(tokens[index - 1])) return isStar(tokens, index) ? endOfStar(tokens, index) : index;
  if (isWord(token, 'within') && isWord(tokens[index + 1], 'group')) return endOfGroup(tokens, index + 2);
  if (isWord(token, 'sample') || isWord(token, 'tablesample')) {
    let end = index + 1;
    while (isMark(tokens[end], '(') || METHODS.has(wordAt(tokens, end))) {
      end = isMark(tokens[end], '(') ? endOfGroup(tokens, end) : end + 1;
    }
    return isMark(tokens[end - 1], ')') ? end : index;
  }
  return isTravel(tokens, index) ? endOfGroup(tokens, index + 1) : index;
}

/** `AT (TIMESTAMP => …)`. With anything else in it, it would be a function of that name. */
function isTravel(tokens: readonly SqlToken[], index: number): boolean {
  const isNamed = MOMENTS.has(wordAt(tokens, index + 2)) && isMark(tokens[index + 3], '=>');
  return TRAVEL.has(wordAt(tokens, index)) && isMark(tokens[index + 1], '(') && isNamed;
}

/** Behind a table, its alias or a closed parenthesis. Behind anything else the word would be the name of a function. */
function isBehindValue(before: SqlToken | undefined): boolean {
  if (before?.kind === 'word') return !WORDS_BEFORE_A_VALUE.has(before.value);
  return before?.kind === 'name' || isMark(before, ')');
}

/** Whether a word stands behind the `*` of a list of columns, or behind another change of it. */
function isStar(tokens: readonly SqlToken[], index: number): boolean {
  const [star, earlier] = [tokens[index - 1], tokens[index - 2]];
  const isFirst =
    isMark(earlier, '.') || isMark(earlier, ',') || isWord(earlier, 'select') || isWord(earlier, 'distinct');
  const isOfAll = isMark(star, '*') && isFirst;
  return isOfAll && STAR_WORDS.has(wordAt(tokens, index));
}

function endOfStar(tokens: readonly SqlToken[], index: number): number {
  let end = index;
  while (STAR_WORDS.has(wordAt(tokens, end))) {
    end = isMark(tokens[end + 1], '(') ? endOfGroup(tokens, end + 1) : end + 2;
  }
  return end;
}

function endOfGroup(tokens: readonly SqlToken[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index += 1) {
    if (isMark(tokens[index], '(')) depth += 1;
    if (isMark(tokens[index], ')')) depth -= 1;
    if (depth === 0) return index + 1;
  }
  return tokens.length;
}

function wordAt(tokens: readonly SqlToken[], index: number): string {
  const token = tokens[index];
  return token?.kind === 'word' ? token.value : '';
}
