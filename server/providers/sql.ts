import sqlParser from 'node-sql-parser/build/snowflake.js';
import type { Verdict } from './call.js';
import { isRecord } from './call-body.js';
import { PURE_FUNCTIONS, PURE_TABLE_FUNCTIONS } from './sql-builtins.js';
import { inspectionOf } from './sql-inspection.js';
import { plainForm } from './sql-plain-form.js';
import { checkQuery, isWord, type QueryReader } from './sql-query.js';
import { type SqlToken, sqlTokens, UnclearSql } from './sql-tokens.js';

const STATEMENT_MAX = 10_000;

const NODE_TYPES: ReadonlySet<string> = new Set(
  `select expr column_ref number single_quote_string double_quote_string string bool null star param function aggr_func window_func window cast case when else
  binary_expr unary_expr expr_list interval extract default origin ASC DESC json_visitor rows tablesample var table generator DISTINCT flatten flattern input path outer recursive mode pivot unpivot ESCAPE dual rowcount bigint date time timestamp`.split(
    /\s+/,
  ),
);

/** What the parser takes for functions. None of them can be one. */
const SYNTAX: ReadonlySet<string> = new Set(['table', 'rollup', 'cube', 'any', 'all', 'exists', 'not']);

const REASONS = {
  SELECT: 'it is one SELECT that calls nothing but built-in pure functions',
  EXPLAIN: 'EXPLAIN runs nothing, and it is about one SELECT',
  SHOW: 'SHOW only tells what there is',
  DESCRIBE: 'DESCRIBE only tells what something is',
  LIST: 'LIST only tells which files there are',
} as const;

/**
 * Judges one SQL statement (I25). A read is a query whose every function is a pure built-in, by two readings that must agree: its
 * words, and the syntax tree of a parser; or a statement that only tells what there is. Anything that is not certainly one of them is a
 * write. What a view or a masking policy runs is out of sight: that is why the option is off by default.
 */
export function classifySql(statement: string, bound: QueryReader['bound'] = () => undefined): Verdict {
  try {
    const operation = readOperation(statement, bound);
    return { level: 'read', reason: REASONS[operation], operation };
  } catch (error) {
    if (!(error instanceof UnclearSql)) throw error;
    return { level: 'write', reason: `its SQL ${error.message}`, operation: 'sql' };
  }
}

/** @throws UnclearSql when the statement is not certainly a read */
function readOperation(statement: string, bound: QueryReader['bound']): keyof typeof REASONS {
  if (statement.length > STATEMENT_MAX) throw new UnclearSql(`is longer than ${STATEMENT_MAX} characters`);
  const tokens = sqlTokens(statement);
  const inspection = inspectionOf(tokens);
  if (inspection !== null) return inspection;
  const query = isWord(tokens[0], 'explain') ? explained(tokens) : tokens;
  checkQuery({ tokens: query, bound });
  checkTree(plainForm(query));
  return query === tokens ? 'SELECT' : 'EXPLAIN';
}

function explained([, using, format, ...rest]: readonly SqlToken[]): readonly SqlToken[] {
  if (!isWord(using, 'using')) return [using, format, ...rest].filter((token) => token !== undefined);
  if (!['tabular', 'json', 'text'].some((name) => isWord(format, name)))
    throw new UnclearSql('explains in an odd form');
  return rest;
}

function checkTree(text: string): void {
  let tree: unknown;
  try {
    tree = new sqlParser.Parser().astify(text, { database: 'snowflake' });
  } catch {
    throw new UnclearSql('cannot be parsed');
  }
  const only: unknown = Array.isArray(tree) && tree.length === 1 ? tree[0] : tree;
  if (!isRecord(only) || only.type !== 'select') throw new UnclearSql('is not one SELECT');
  const open: unknown[] = [only];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (isRecord(next)) checkNode(next);
    if (typeof next === 'object' && next !== null) for (const child of Object.values(next)) open.push(child ?? null);
  }
}

function checkNode(node: Readonly<Record<string, unknown>>): void {
  const { type } = node;
  if (typeof type === 'string' && !NODE_TYPES.has(type))
    throw new UnclearSql(`uses ${type}, which is not known to read only`);
  if (isRecord(node.into) && 'expr' in node.into) throw new UnclearSql('writes INTO something');
  if (type !== 'function' && type !== 'aggr_func' && type !== 'window_func') return;
  const name = functionName(node.name);
  if (name === null || !(SYNTAX.has(name) || PURE_FUNCTIONS.has(name) || PURE_TABLE_FUNCTIONS.has(name)))
    throw new UnclearSql(`calls ${name ?? 'a function'}, which is not known to be pure`);
}

/** `null` for a qualified or computed name. */
function functionName(name: unknown): string | null {
  if (typeof name === 'string') return name.toLowerCase();
  if (!isRecord(name) || name.schema !== undefined || !Array.isArray(name.name) || name.name.length !== 1) return null;
  const only: unknown = name.name[0];
  return isRecord(only) && typeof only.value === 'string' ? only.value.toLowerCase() : null;
}
