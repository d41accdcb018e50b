/** A token of Snowflake's SQL. Comments and white space are none. */
export interface SqlToken {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'bind' | 'mark';
  /** A word in lower case; otherwise as written. */
  readonly value: string;
  /** Whether white space or a comment stands before it. */
  readonly isApart: boolean;
}

/** Raised where readers of SQL could disagree. The message is a clause that follows “its SQL”. */
export class UnclearSql extends Error {
  override readonly name = 'UnclearSql';
}

const GAP = /(?:[ \t\r\n]+|(?:--|\/\/)[^\n]*|\/\*[\s\S]*?\*\/)+/y;
/** Comments that one reader ends where another does not. */
const TWO_ENDS = /[\v\f\u0085\u2028\u2029]|\r(?!\n|$)/;
const CONTROL = /(?![\t\r\n])\p{Cc}/u;

/** In this order. Nothing inside of `$$…$$` has a meaning; a backslash in quotes is an escape for some; `$1` is the first column. */
const KINDS: readonly (readonly [SqlToken['kind'], RegExp])[] = [
  ['text', /'(?:[^'\\]|'')*'(?!')/y],
  ['text', /\$\$[\s\S]*?\$\$/y],
  ['name', /\$\d+(?![A-Za-z0-9_$])/y],
  ['name', /"(?:[^"\\]|"")+"(?!")/y],
  ['number', /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?(?![A-Za-z0-9_$.])/y],
  ['word', /[A-Za-z_][A-Za-z0-9_]*(?!\$)/y],
  ['bind', /\?|:\d+(?![A-Za-z0-9_$])/y],
  ['mark', /::|=>|<>|!=|<=|>=|\|\||[,.()*+%<>=[\]:@~-]|\/(?!\*)/y],
];

/**
 * Splits one statement into tokens. `;` at its end is dropped.
 * @throws UnclearSql for whatever could be read in two ways: escapes, nested comments, odd white space, a second statement, `->>`
 */
export function sqlTokens(statement: string): readonly SqlToken[] {
  if (CONTROL.test(statement)) throw new UnclearSql('has control characters');
  const tokens: SqlToken[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(statement)?.[0] ?? null;
    at += found?.length ?? 0;
    return found;
  };
  const next = (isApart: boolean): SqlToken | null => {
    for (const [kind, pattern] of KINDS) {
      const text = take(pattern);
      if (text !== null) return { kind, value: kind === 'word' ? text.toLowerCase() : text, isApart };
    }
    return null;
  };
  for (;;) {
    const gap = take(GAP);
    if (gap !== null) checkGap(gap);
    if (at === statement.length) return tokens;
    const token = next(gap !== null);
    if (token !== null) tokens.push(token);
    else if (/^;[ \t\r\n;]*$/.test(statement.slice(at))) return tokens;
    else throw new UnclearSql(problemAt(statement.slice(at)));
  }
}

function checkGap(gap: string): void {
  if (gap.trim() === '') return;
  if (TWO_ENDS.test(gap)) throw new UnclearSql('has a comment with two possible ends');
  if (gap.includes('//*')) throw new UnclearSql('has a comment with two possible beginnings');
  if (/\/\*(?:(?!\*\/)[\s\S])*\/\*/.test(gap)) throw new UnclearSql('has a comment in a comment');
}

function problemAt(rest: string): string {
  if (rest.startsWith(';')) return 'has more than one statement';
  if (/^['"]|^\$\$/.test(rest)) return 'has a quote that is not closed, or a backslash in quotes';
  if (rest.startsWith('/*')) return 'has a comment that is not closed';
  return 'has characters that could be read in several ways';
}
