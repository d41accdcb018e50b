import { type DocumentNode, parse, print } from 'graphql';
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
    if (document !== null) return graphqlParts(document, value);
  }
  const body: FormattedPart = { label: 'Body', language: 'json', text: indentedJson(text) };
  if (isRecord(value) && typeof value.statement === 'string' && path.endsWith('/statements')) {
    return [{ label: 'Statement', language: 'sql', text: value.statement }, body];
  }
  return [body];
}

function graphqlParts(
  document: DocumentNode,
  { variables, operationName }: Readonly<Record<string, unknown>>,
): readonly FormattedPart[] {
  const parts: FormattedPart[] = [{ label: 'Query', language: 'graphql', text: print(document) }];
  if (typeof operationName === 'string') parts.push({ label: 'Operation', language: 'text', text: operationName });
  if (isRecord(variables) && Object.keys(variables).length > 0) {
    parts.push({ label: 'Variables', language: 'json', text: JSON.stringify(variables, null, 2) });
  }
  return parts;
}

/** A search text such as `{a}` parses as GraphQL too: away from a GraphQL path only a document that names its kind counts. */
function parsedGraphql(query: string, path: string): DocumentNode | null {
  if (!/\/graphql\/?$/.test(path) && !/^\s*(?:query|mutation|subscription|fragment)\b/.test(query)) return null;
  try {
    return parse(query, { maxTokens: 5_000, noLocation: true });
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
