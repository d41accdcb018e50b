/** A piece of code and what it is, for its colour. Joining the texts gives the code again. */
export interface Token {
  readonly text: string;
  readonly kind: 'key' | 'string' | 'number' | 'keyword' | 'quiet' | 'plain';
}
export type Language = 'json' | 'graphql' | 'sql' | 'text';
type Kind = Token['kind'];

/** Longer code is shown without colours: a person scrolls it, and the page stays quick. */
const COLOURED_LENGTH = 20_000;

const JSON_RULES = rules([
  ['key', /"(?:[^"\\]|\\.)*"(?=\s*:)/],
  ['string', /"(?:[^"\\]|\\.)*"/],
  ['number', /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/],
  ['keyword', /\b(?:true|false|null)\b/],
  ['quiet', /[{}[\],:]/],
]);
const GRAPHQL_RULES = rules([
  ['quiet', /#[^\n]*/],
  ['string', /"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"/],
  ['key', /\$\w+/],
  ['keyword', /\b(?:query|mutation|subscription|fragment|on|true|false|null)\b/],
  ['number', /-?\b\d+(?:\.\d+)?\b|(?<=:\s*)\[?[A-Z]\w*[!\]]*/],
  ['quiet', /[{}()[\],:!=@|&]|\.\.\./],
]);
const SQL_RULES = rules([
  ['quiet', /--[^\n]*|\/\*[\s\S]*?\*\//],
  ['string', /'(?:[^']|'')*'/],
  ['plain', /"(?:[^"]|"")*"/],
  [
    'keyword',
    /\b(?:select|from|where|and|or|not|in|is|null|update|set|insert|into|values|delete|merge|using|when|matched|then|create|replace|alter|drop|truncate|table|view|schema|database|grant|revoke|to|on|join|left|right|inner|outer|full|cross|group|by|order|having|limit|offset|union|all|distinct|as|with|case|else|end|like|ilike|between|exists|call|use|show|describe|copy|begin|commit|rollback|true|false|asc|desc)\b/i,
  ],
  ['number', /\b\d+(?:\.\d+)?\b/],
]);

const RULES: Readonly<Record<Language, Rules | null>> = {
  json: JSON_RULES,
  graphql: GRAPHQL_RULES,
  sql: SQL_RULES,
  text: null,
};

export function tokens(code: string, language: Language): readonly Token[] {
  const rule = RULES[language];
  if (rule === null || code.length > COLOURED_LENGTH) return [{ text: code, kind: 'plain' }];
  const found: Token[] = [];
  let from = 0;
  for (const match of code.matchAll(rule.pattern)) {
    if (match.index > from) found.push({ text: code.slice(from, match.index), kind: 'plain' });
    const kind = rule.kinds.find((_, index) => match[index + 1] !== undefined) ?? 'plain';
    found.push({ text: match[0], kind });
    from = match.index + match[0].length;
  }
  if (from < code.length) found.push({ text: code.slice(from), kind: 'plain' });
  return found;
}

interface Rules {
  readonly kinds: readonly Kind[];
  readonly pattern: RegExp;
}

function rules(of: readonly (readonly [Kind, RegExp])[]): Rules {
  const isAnyCase = of.some(([, { flags }]) => flags.includes('i'));
  const source = of.map(([, pattern]) => `(${pattern.source})`).join('|');
  return { kinds: of.map(([kind]) => kind), pattern: new RegExp(source, isAnyCase ? 'gi' : 'g') };
}
