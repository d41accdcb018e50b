import {
  PURE_FUNCTIONS,
  PURE_TABLE_FUNCTIONS,
  WORDS_BEFORE_A_VALUE,
  WORDS_BEFORE_PARENTHESIS,
  WORDS_BEHIND_A_NAME,
  WORDS_OF_NO_READ,
  WORDS_THAT_MAY_BE_NAMES,
} from './sql-builtins.js';
import { type SqlToken, UnclearSql } from './sql-tokens.js';

const PARENTHESES_MAX = 12;
const OBJECT_NAME = /^[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*){0,2}$/;
const MARKS_OF_NO_QUERY: ReadonlySet<string> = new Set(['@', '~']);

/** The tokens of one query, with what stands around each. */
export interface QueryReader {
  readonly tokens: readonly SqlToken[];
  /** Value of the n-th bound parameter, from 1; `undefined` when it is not known. */
  readonly bound: (index: number) => unknown;
}

/**
 * Reads the words of a query. A query begins with SELECT or WITH, and holds no word of another statement, no function but pure
 * built-ins, no stage, no sequence, no INTO.
 * @throws UnclearSql for everything else
 */
export function checkQuery({ tokens, bound }: QueryReader): void {
  const first = tokens.find((token) => !isMark(token, '('));
  if (!isWord(first, 'select') && !isWord(first, 'with')) throw new UnclearSql('is not a SELECT');
  checkParentheses(tokens);
  for (const [index, token] of tokens.entries()) {
    const [before, after] = [tokens[index - 1], tokens[index + 1]];
    if (token.kind === 'mark') checkMark(token, before, after);
    else if (token.kind === 'text') checkText(before, tokens[index - 2]);
    else if (token.kind === 'name') checkName(token, after);
    else if (token.kind === 'word' && token.value === 'identifier') checkIdentifier(tokens, index, bound);
    else if (token.kind === 'word') checkWord(tokens, index);
  }
}

function checkParentheses(tokens: readonly SqlToken[]): void {
  let depth = 0;
  for (const token of tokens) {
    if (isMark(token, '(')) depth += 1;
    if (isMark(token, ')')) depth -= 1;
    if (depth < 0) throw new UnclearSql('closes a parenthesis that is not open');
    if (depth > PARENTHESES_MAX) throw new UnclearSql(`nests more than ${PARENTHESES_MAX} parentheses`);
  }
  if (depth !== 0) throw new UnclearSql('has a parenthesis that is not closed');
}

function checkMark(token: SqlToken, before: SqlToken | undefined, after: SqlToken | undefined): void {
  if (MARKS_OF_NO_QUERY.has(token.value)) throw new UnclearSql('reads from a stage');
  if (token.value === '-' && isMark(after, '>')) throw new UnclearSql('has the operator ->');
  if (token.value === ':' && after?.value === '=') throw new UnclearSql('sets a variable');
  if (token.value !== ':') return;
  if (!isBehindAValue(before)) throw new UnclearSql('has a variable');
}

/** Where `:` goes into a value, not before the name of a variable. */
function isBehindAValue(before: SqlToken | undefined): boolean {
  if (before?.kind === 'mark') return before.value === ')' || before.value === ']';
  return before !== undefined && !(before.kind === 'word' && WORDS_BEFORE_A_VALUE.has(before.value));
}

/** `FROM 's3://…'`, `FROM '@stage'` and `TABLE('name')`. */
function checkText(before: SqlToken | undefined, earlier: SqlToken | undefined): void {
  const isSource = [before, isMark(before, '(') ? earlier : undefined].some(
    (token) => isWord(token, 'from') || isWord(token, 'join') || isWord(token, 'table'),
  );
  if (isSource) throw new UnclearSql('reads from a stage');
}

function checkName(token: SqlToken, after: SqlToken | undefined): void {
  if (/^"(?:nextval|currval)"$/i.test(token.value)) throw new UnclearSql('advances a sequence');
  if (isMark(after, '(')) throw new UnclearSql('calls a function by a quoted name');
}

/** Names an object by a text, which is one only where a table stands and when the text is a plain name. */
function checkIdentifier(tokens: readonly SqlToken[], index: number, bound: QueryReader['bound']): void {
  const [before, open, inner, close, after] = [-1, 1, 2, 3, 4].map((offset) => tokens[index + offset]);
  const isTable = isWord(before, 'from') || isWord(before, 'join');
  if (!isTable || !isMark(open, '(') || !isMark(close, ')') || isMark(after, '(')) {
    throw new UnclearSql('uses IDENTIFIER elsewhere than for a table');
  }
  const name = inner?.kind === 'text' ? inner.value.slice(1, -1) : inner?.kind === 'bind' ? boundName() : null;
  const isPlain = typeof name === 'string' && OBJECT_NAME.test(name) && !/(?:^|\.)(?:next|curr)val$/i.test(name);
  if (!isPlain) throw new UnclearSql('uses IDENTIFIER without a plain name');

  function boundName(): unknown {
    const isNumbered = inner?.value.startsWith(':') === true;
    const binds = tokens.slice(0, index + 3).filter(({ kind }) => kind === 'bind');
    return bound(isNumbered ? Number(inner.value.slice(1)) : binds.length);
  }
}

function checkWord(tokens: readonly SqlToken[], index: number): void {
  const word = tokens[index]?.value ?? '';
  const [before, after] = [tokens[index - 1], tokens[index + 1]];
  const isCall = isMark(after, '(');
  if (WORDS_OF_NO_READ.has(word)) {
    const isFunction = isCall && word === 'insert' && !isMark(before, ')') && before !== undefined;
    const isColumn = WORDS_THAT_MAY_BE_NAMES.has(word) && isWhereANameEnds(after);
    if (!isFunction && !isColumn) throw new UnclearSql(`has the word ${word.toUpperCase()}`);
    return;
  }
  if (word === 'table') checkTableFunction(tokens, index);
  if (word === 'lateral') checkLateral(tokens, index);
  if (!isCall || word === 'table' || word === 'lateral' || isColumnsOfCte(tokens, index)) return;
  if (isOfInformationSchema(tokens, index)) return;
  if (isMark(before, '.')) throw new UnclearSql('calls a function by a qualified name');
  if (isGrouping(tokens, index)) return;
  const isStarWord = ['exclude', 'replace', 'rename'].includes(word);
  if (isStarWord || WORDS_BEFORE_PARENTHESIS.has(word) || PURE_FUNCTIONS.has(word)) return;
  if (PURE_TABLE_FUNCTIONS.has(word) && isMark(before, '(')) return;
  if (PURE_TABLE_FUNCTIONS.has(word) && isWord(before, 'lateral')) return;
  throw new UnclearSql(`calls ${word}(), which is not known to be pure`);
}

/** `GROUP BY CUBE(…)`. Neither word is reserved: anywhere else it may be anybody's function. */
function isGrouping(tokens: readonly SqlToken[], index: number): boolean {
  const [group, by, word] = [-2, -1, 0].map((offset) => tokens[index + offset]);
  return isWord(group, 'group') && isWord(by, 'by') && (isWord(word, 'cube') || isWord(word, 'rollup'));
}

/** A column of that name, not the beginning of a statement: nothing follows that it could apply to. */
function isWhereANameEnds(after: SqlToken | undefined): boolean {
  if (after === undefined) return true;
  if (after.kind === 'mark') return !['(', '@', '~', ':', '*'].includes(after.value);
  return after.kind === 'word' && WORDS_BEHIND_A_NAME.has(after.value);
}

function checkTableFunction(tokens: readonly SqlToken[], index: number): void {
  const [open, name, call] = [1, 2, 3].map((offset) => tokens[index + offset]);
  if ([4, 6].some((offset) => isOfInformationSchema(tokens, index + offset))) return;
  const isPure = name?.kind === 'word' && PURE_TABLE_FUNCTIONS.has(name.value);
  if (!isMark(open, '(') || !isPure || !isMark(call, '(')) throw new UnclearSql('reads from TABLE() of something');
}

/**
 * `TABLE(INFORMATION_SCHEMA.QUERY_HISTORY(…))`, with the function at `index`: nobody but Snowflake has functions in a schema of that
 * name, in whatever database, and all of them only tell.
 */
export function isOfInformationSchema(tokens: readonly SqlToken[], index: number): boolean {
  const [database, dot] = [tokens[index - 4], tokens[index - 3]];
  const isQualified = isMark(dot, '.') && (database?.kind === 'word' || database?.kind === 'name');
  const start = isQualified ? index - 4 : index - 2;
  return (
    isWord(tokens[start - 2], 'table') &&
    isMark(tokens[start - 1], '(') &&
    isWord(tokens[index - 2], 'information_schema') &&
    isMark(tokens[index - 1], '.') &&
    tokens[index]?.kind === 'word' &&
    isMark(tokens[index + 1], '(')
  );
}

function checkLateral(tokens: readonly SqlToken[], index: number): void {
  const [next, call] = [tokens[index + 1], tokens[index + 2]];
  const isPure = next?.kind === 'word' && PURE_TABLE_FUNCTIONS.has(next.value) && isMark(call, '(');
  if (!isPure && !(isMark(next, '(') && isWord(call, 'select'))) throw new UnclearSql('reads LATERAL from something');
}

/** `WITH a (x, y) AS (`: a function call is never followed by `AS (`. */
function isColumnsOfCte(tokens: readonly SqlToken[], index: number): boolean {
  const close = tokens.findIndex((token, at) => at > index && isMark(token, ')'));
  const inner = tokens.slice(index + 2, close);
  const isPlain = inner.every((token) => token.kind === 'word' || token.kind === 'name' || isMark(token, ','));
  return close > 0 && isPlain && isWord(tokens[close + 1], 'as') && isMark(tokens[close + 2], '(');
}

export function isMark(token: SqlToken | undefined, value: string): boolean {
  return token?.kind === 'mark' && token.value === value;
}

export function isWord(token: SqlToken | undefined, value: string): boolean {
  return token?.kind === 'word' && token.value === value;
}
