import { WORDS_BEFORE_A_VALUE, WORDS_OF_NO_READ } from './sql-builtins.js';
import { isMark, isOfInformationSchema, isWord } from './sql-query.js';
import type { SqlToken } from './sql-tokens.js';

const METHODS: ReadonlySet<string> = new Set(['bernoulli', 'row', 'system', 'block', 'seed', 'repeatable']);
const STAR_WORDS: ReadonlySet<string> = new Set(['ilike', 'exclude', 'replace', 'rename']);
const TRAVEL: ReadonlySet<string> = new Set(['at', 'before', 'changes']);
const SET_OPERATORS: ReadonlySet<string> = new Set(['except', 'intersect', 'minus']);
/** Types that the parser does not know. */
const TYPES: ReadonlySet<string> = new Set(['array', 'map', 'object', 'timestamp_ltz', 'variant']);
const MOMENTS: ReadonlySet<string> = new Set(['information', 'offset', 'statement', 'stream', 'timestamp']);

/**
 * The query as the parser knows SQL: what Snowflake adds and the words were already checked for is left out (samples, time travel,
 * changes to `*`, the names of arguments), bound values are numbers, names that are words of other statements get other names, and of
 * operators, types and groupings that are alike it sees one.
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
    text += `${token.isApart ? ' ' : ''}${plainToken(tokens, index)}`;
    if (isWord(token, 'identifier')) index += 3;
  }
  return text.trim();
}

function plainToken(tokens: readonly SqlToken[], index: number): string {
  const [before, { kind, value }, after] = [tokens[index - 1], tokens[index] as SqlToken, tokens[index + 1]];
  if (kind === 'bind') return ' 1';
  if (kind === 'text') return "'x'";
  if (kind === 'name' && value.startsWith('$')) return `"${value}"`;
  if (kind !== 'word') return value;
  if (value === 'identifier') return 'object_name';
  if (SET_OPERATORS.has(value)) return 'union';
  if (value === 'current_user' && !isMark(after, '(')) return 'current_user()';
  if (value === 'distinct' && isMark(before, '(') && isWord(tokens[index - 2], 'count')) return '';
  if (value === 'rlike' && !isMark(after, '(')) return 'like';
  if (isOfInformationSchema(tokens, index)) return 'result_scan';
  if (TYPES.has(value) && (isMark(before, '::') || (isWord(before, 'as') && isMark(after, ')')))) return 'varchar';
  if (isGroupingSets(tokens, index - 1)) return 'rollup';
  return WORDS_OF_NO_READ.has(value) && !isMark(after, '(') ? `"${value}"` : value;
}

/** `GROUP BY GROUPING SETS (`, with the word `grouping` at `index`. */
function isGroupingSets(tokens: readonly SqlToken[], index: number): boolean {
  const words = ['group', 'by', 'grouping', 'sets'];
  return words.every((word, at) => isWord(tokens[index - 2 + at], word)) && isMark(tokens[index + 2], '(');
}

/** Where an addition of Snowflake's that begins at `index` ends; `index` itself when none begins there. */
function endOfAddition(tokens: readonly SqlToken[], index: number): number {
  const token = tokens[index];
  // `TABLE(DB.INFORMATION_SCHEMA.F(…))` goes to the parser as `TABLE(F(…))`.
  if (isMark(tokens[index + 1], '.') && isOfInformationSchema(tokens, index + 4)) return index + 4;
  if (isMark(token, ':') || isMark(token, '[')) return endOfPath(tokens, index);
  if (token?.kind !== 'word') return index;
  if (isOfInformationSchema(tokens, index + 2)) return index + 2;
  if (isMark(tokens[index + 1], '=>')) return index + 2;
  if (isGroupingSets(tokens, index)) return index + 1;
  if (isWord(token, 'fetch')) return endOfFetch(tokens, index);
  if (isWord(token, 'by') && isUnion(tokens, index - 1) && isWord(tokens[index + 1], 'name')) return index + 2;
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

/** `UNION` or `UNION ALL`, which ends at `index`. */
function isUnion(tokens: readonly SqlToken[], index: number): boolean {
  return isWord(tokens[isWord(tokens[index], 'all') ? index - 1 : index], 'union');
}

/** A way into a value, such as `:a.b[0]['c']`, behind the value; `index` itself where something is computed in it. */
function endOfPath(tokens: readonly SqlToken[], index: number): number {
  const before = tokens[index - 1];
  if (!isBehindValue(before) && !isMark(before, ']')) return index;
  const isName = (token: SqlToken | undefined) => token?.kind === 'word' || token?.kind === 'name';
  const isStep = (at: number) => isName(tokens[at + 1]) && !isMark(tokens[at + 2], '(');
  let end = index;
  for (;;) {
    const [token, inner, close] = [tokens[end], tokens[end + 1], tokens[end + 2]];
    const isInto = isMark(token, ':') || (isMark(token, '.') && end > index);
    const isAt = isMark(token, '[') && (inner?.kind === 'number' || inner?.kind === 'text') && isMark(close, ']');
    if (isInto && isStep(end)) end += 2;
    else if (isAt) end += 3;
    else return end;
  }
}

/** `FETCH FIRST 10 ROWS ONLY`; `index` itself for anything else. */
function endOfFetch(tokens: readonly SqlToken[], index: number): number {
  const [first, rows, only] = [1, 3, 4].map((offset) => wordAt(tokens, index + offset));
  const isFetch = ['first', 'next'].includes(first ?? '') && ['row', 'rows'].includes(rows ?? '');
  if (!isFetch || tokens[index + 2]?.kind !== 'number') return index;
  return only === 'only' ? index + 5 : index + 4;
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
