import { type DocumentNode, parse, print, TokenKind } from 'graphql';
import type { Call } from './call.js';
import { isJsonType, isRecord } from './call-body.js';
import { jsonTokens } from './faithful-json.js';

export interface FormattedPart {
  /** What the text is: “Query”, “Variables”, “Statement”, “Body”. */
  readonly label: string;
  readonly language: 'json' | 'graphql' | 'sql' | 'text';
  readonly text: string;
}

const GRAPHQL_KEYS = ['query', 'variables', 'operationName'];

/**
 * Readable forms of a body, for the screen: beside the raw bytes, never instead of them. Empty when there is no body or when
 * nothing reads better than the bytes. Never throws.
 */
export function formattedBody(call: Call): readonly FormattedPart[] {
  try {
    return partsOf(call);
  } catch {
    return [];
  }
}

function partsOf(call: Call): readonly FormattedPart[] {
  const contentType = call.headers.find(([name]) => name === 'content-type')?.[1] ?? '';
  if (call.body === null) return [];
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(call.body);
  if (!isJsonType(contentType)) return text === '' ? [] : [{ label: 'Body', language: 'text', text }];
  const value: unknown = JSON.parse(text);
  const path = new URL(call.url).pathname;
  if (
    isRecord(value) &&
    typeof value.query === 'string' &&
    Object.keys(value).every((key) => GRAPHQL_KEYS.includes(key))
  ) {
    const document = parsedGraphql(value.query, path);
    if (document !== null) return graphqlParts(document, value, text);
  }
  const body: FormattedPart = { label: 'Body', language: 'json', text: indentedJson(text) };
  if (isRecord(value) && typeof value.statement === 'string' && path.endsWith('/statements')) {
    return [{ label: 'Statement', language: 'sql', text: value.statement }, body];
  }
  return [body];
}

function graphqlParts(
  document: DocumentNode,
  { query, variables, operationName }: Readonly<Record<string, unknown>>,
  text: string,
): readonly FormattedPart[] {
  const parts: FormattedPart[] = [
    { label: 'Query', language: 'graphql', text: hasComment(document) ? String(query) : print(document) },
  ];
  if (typeof operationName === 'string') parts.push({ label: 'Operation', language: 'text', text: operationName });
  if (isRecord(variables) && Object.keys(variables).length > 0) {
    parts.push({ label: 'Variables', language: 'json', text: indentedJson(memberText(text, 'variables')) });
  }
  return parts;
}

/** Printing leaves comments out, and nothing of a body may be missing: such a query is shown as it is written. */
function hasComment({ loc }: DocumentNode): boolean {
  for (let token = loc?.startToken ?? null; token; token = token.next) {
    if (token.kind === TokenKind.COMMENT) return true;
  }
  return false;
}

/** The value of one member of a JSON object, as it is written: a parsed one would have its numbers, keys and escapes spelled anew. */
function memberText(object: string, name: string): string {
  let depth = 0;
  let key: string | null = null;
  let last = '';
  let out = '';
  for (const token of jsonTokens(object)) {
    if (token === '}' || token === ']') depth -= 1;
    const isOfObject = depth === 1 && (token === ',' || token === ':');
    if (isOfObject) key = token === ':' ? String(JSON.parse(last)) : null;
    else if (depth > 0 && key === name) out += token;
    if (token === '{' || token === '[') depth += 1;
    last = token;
  }
  return out;
}

/** A search text such as `{a}` parses as GraphQL too: away from a GraphQL path only a document that names its kind counts. */
function parsedGraphql(query: string, path: string): DocumentNode | null {
  if (!/\/graphql\/?$/.test(path) && !/^\s*(?:query|mutation|subscription|fragment)\b/.test(query)) return null;
  try {
    return parse(query, { maxTokens: 5_000 });
  } catch {
    return null;
  }
}

/** White space alone is changed: order of keys, spelling of numbers and escapes stay as they are sent. */
export function indentedJson(text: string): string {
  let out = '';
  let depth = 0;
  let previous = '';
  for (const token of jsonTokens(text)) {
    const isEnd = token === '}' || token === ']';
    if (isEnd) depth -= 1;
    const isEmptyPair = isEnd && (previous === '{' || previous === '[');
    const breaks = previous === '{' || previous === '[' || previous === ',' || isEnd;
    if (breaks && !isEmptyPair) out += `\n${'  '.repeat(depth)}`;
    else if (previous === ':') out += ' ';
    out += token;
    if (token === '{' || token === '[') depth += 1;
    previous = token;
  }
  return out;
}
