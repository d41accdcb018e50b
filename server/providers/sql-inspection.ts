import { isMark, isWord } from './sql-query.js';
import { type SqlToken, UnclearSql } from './sql-tokens.js';

const OF_A_NAME: ReadonlySet<string> = new Set(['.', ',', '=', '(', ')', '*']);
const OF_A_STAGE: ReadonlySet<string> = new Set(['@', '~', '%', '/', '.', '-', '=']);

/**
 * Checks a statement that only tells what there is: `SHOW …`, `DESCRIBE …`, `LIST @stage`.
 * @returns its name, or `null` when it is none of them
 * @throws UnclearSql when it says more than that
 */
export function inspectionOf([first, ...rest]: readonly SqlToken[]): 'SHOW' | 'DESCRIBE' | 'LIST' | null {
  const isShow = isWord(first, 'show');
  if (isShow || isWord(first, 'describe') || isWord(first, 'desc')) {
    checkNames(rest);
    return isShow ? 'SHOW' : 'DESCRIBE';
  }
  if (!isWord(first, 'list') && !isWord(first, 'ls')) return null;
  checkStage(rest);
  return 'LIST';
}

function checkNames(rest: readonly SqlToken[]): void {
  if (rest[0]?.kind !== 'word') throw new UnclearSql('does not say what to look at');
  const odd = rest.find(({ kind, value }) => kind === 'bind' || (kind === 'mark' && !OF_A_NAME.has(value)));
  if (odd !== undefined) throw new UnclearSql(`has “${odd.value}” where a name is expected`);
  const isDynamic = rest.some((token) => isWord(token, 'identifier') || isWord(token, 'select'));
  if (isDynamic) throw new UnclearSql('computes what to look at');
}

/** `@stage/path`, without a gap, and `PATTERN = '…'` behind it. */
function checkStage(rest: readonly SqlToken[]): void {
  if (!isMark(rest[0], '@')) throw new UnclearSql('lists something else than a stage');
  const gap = rest.findIndex(({ isApart }, index) => index > 0 && isApart);
  const [path, tail] = gap < 0 ? [rest, []] : [rest.slice(0, gap), rest.slice(gap)];
  const isPath = path.every(
    ({ kind, value }) => kind !== 'bind' && kind !== 'text' && (kind !== 'mark' || OF_A_STAGE.has(value)),
  );
  const [pattern, equals, text, ...more] = tail;
  const isPattern = isWord(pattern, 'pattern') && isMark(equals, '=') && text?.kind === 'text' && more.length === 0;
  if (!isPath || (tail.length > 0 && !isPattern)) throw new UnclearSql('says more than which stage');
}
