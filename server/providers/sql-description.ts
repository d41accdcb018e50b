import type { Description } from './call.js';

const STATEMENTS: ReadonlySet<string> = new Set(
  `alter call comment copy create delete desc describe drop execute explain get grant insert list ls merge put remove revoke rm select set
  show truncate undrop unset update use`.split(/\s+/),
);
const DESTRUCTIVE = /\b(delete|drop|overwrite|purge|remove|revoke|rm|truncate)\b|\bor\s+(replace)\b/i;

/** Says what kind of SQL a call runs. Deletions are looked for everywhere in the text: too often is better than once too little. */
export function describeSql(statement: unknown, isSeveral: boolean, providerName: string): Description {
  const text = typeof statement === 'string' ? statement : '';
  const first = /^[\s(]*([a-z]+)\b/i.exec(text)?.[1]?.toLowerCase() ?? '';
  const known = STATEMENTS.has(first) && !isSeveral && !/;\s*\S/.test(text);
  const word = DESTRUCTIVE.exec(text)
    ?.slice(1)
    .find((found) => found !== undefined);
  return {
    title: known ? `Run a SQL ${first.toUpperCase()} statement in ${providerName}` : `Run SQL in ${providerName}`,
    sentence: known ? '' : 'Countersign does not know what this SQL does. Read the statement itself before you decide.',
    destructive: word === undefined ? null : `its SQL says ${word.toUpperCase()}`,
    known,
    resources: [],
  };
}
