import sqlParser from 'node-sql-parser/build/snowflake.js';
import type { Verdict } from './call.js';
import { isRecord } from './call-body.js';
import { PURE_FUNCTIONS, WORDS_BEFORE_PARENTHESIS, WORDS_OF_NO_READ } from './sql-builtins.js';

const STATEMENT_MAX = 10_000;
const PARENTHESES_MAX = 12;

/** Characters on which SQL readers agree, outside of text in quotes. No comment, no `;`, no `$`, `@`, `\`, `{`, `!` and no `->>`. */
const PLAIN_CHARACTERS = /^[A-Za-z0-9_ \t\r\n.,()*+/%<>=|:'"?[\]-]*$/;
const AMBIGUOUS = /--|\/\/|\/\*|->|:=|=>/;
/** Texts and quoted names in one pass from left to right, so that a quote inside of one never opens the other. */
const QUOTED = /'(?:[^'\\]|'')*'|"(?:[^"\\]|"")*"/g;

const NODE_TYPES: ReadonlySet<string> = new Set(
  `select expr column_ref number single_quote_string double_quote_string string bool null star param function aggr_func window_func window cast case when else
  binary_expr unary_expr expr_list interval extract default origin ASC DESC json_visitor rows`.split(/\s+/),
);

/**
 * Judges one SQL statement by two readings that must agree: its words, and the syntax tree of a parser. A read is one `SELECT`
 * whose every function is a pure built-in (I25); anything that is not certainly that is a write. What a view or a masking policy
 * runs is out of sight: that is why the option is off by default.
 */
export function classifySql(statement: string): Verdict {
  const problem = problemOfText(statement) ?? problemOfTree(statement);
  if (problem !== null) return { level: 'write', reason: `its SQL ${problem}`, operation: 'sql' };
  return {
    level: 'read',
    reason: 'it is one SELECT that calls nothing but built-in pure functions',
    operation: 'SELECT',
  };
}

function problemOfText(statement: string): string | null {
  if (statement.length > STATEMENT_MAX) return `is longer than ${STATEMENT_MAX} characters`;
  const quoted = statement.match(QUOTED) ?? [];
  const bare = statement.replace(QUOTED, (text) => (text.startsWith("'") ? "''" : '""'));
  if (quoted.some((text) => text.toLowerCase() === '"nextval"')) return 'advances a sequence';
  if (/\b(?:from|join)\b[\s(]*''/i.test(bare)) return 'reads from a stage';
  if (!PLAIN_CHARACTERS.test(bare) || AMBIGUOUS.test(bare))
    return 'has characters or comments that could be read in several ways';
  if (bare.replaceAll("''", '').includes("'") || bare.replaceAll('""', '').includes('"'))
    return 'has a quote that is not closed';
  if (!/^\s*(?:\(\s*)*(?:select|with)\b/i.test(bare)) return 'is not a SELECT';
  if (deepest(bare) > PARENTHESES_MAX) return `nests more than ${PARENTHESES_MAX} parentheses`;
  const words = bare.toLowerCase().match(/[a-z_][a-z0-9_]*/g) ?? [];
  const wrong = words.find((word) => WORDS_OF_NO_READ.has(word));
  if (wrong !== undefined) return `has the word ${wrong.toUpperCase()}`;
  if (/(?:""|\.\s*[a-z0-9_]+)\s*\(/i.test(bare)) return 'calls a function by a quoted or qualified name';
  for (const [, word = ''] of bare.toLowerCase().matchAll(/([a-z_][a-z0-9_]*)\s*\(/g)) {
    if (!WORDS_BEFORE_PARENTHESIS.has(word) && !PURE_FUNCTIONS.has(word))
      return `calls ${word}(), which is not known to be pure`;
  }
  return null;
}

function problemOfTree(statement: string): string | null {
  let tree: unknown;
  try {
    tree = new sqlParser.Parser().astify(statement, { database: 'snowflake' });
  } catch {
    return 'cannot be parsed';
  }
  const only: unknown = Array.isArray(tree) && tree.length === 1 ? tree[0] : tree;
  if (!isRecord(only) || only.type !== 'select') return 'is not one SELECT';
  const open: unknown[] = [only];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const problem = isRecord(next) ? problemOfNode(next) : null;
    if (problem !== null) return problem;
    if (typeof next === 'object' && next !== null) for (const child of Object.values(next)) open.push(child ?? null);
  }
  return null;
}

function problemOfNode(node: Readonly<Record<string, unknown>>): string | null {
  const { type } = node;
  if (typeof type === 'string' && !NODE_TYPES.has(type)) return `uses ${type}, which is not known to read only`;
  if (isRecord(node.into) && 'expr' in node.into) return 'writes INTO something';
  if (type !== 'function' && type !== 'aggr_func' && type !== 'window_func') return null;
  const name = functionName(node.name);
  return name !== null && PURE_FUNCTIONS.has(name)
    ? null
    : `calls ${name ?? 'a function'}, which is not known to be pure`;
}

/** `null` for a qualified or computed name. */
function functionName(name: unknown): string | null {
  if (typeof name === 'string') return name.toLowerCase();
  if (!isRecord(name) || name.schema !== undefined || !Array.isArray(name.name) || name.name.length !== 1) return null;
  const only: unknown = name.name[0];
  return isRecord(only) && typeof only.value === 'string' ? only.value.toLowerCase() : null;
}

function deepest(text: string): number {
  let [depth, most] = [0, 0];
  for (const character of text) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    most = Math.max(most, depth);
  }
  return most;
}
