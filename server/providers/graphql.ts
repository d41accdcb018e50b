import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  visit,
} from 'graphql';
import { DomainError } from '../kernel/domain-error.js';
import type { Call, Verdict } from './call.js';
import { isRecord, jsonBodyOf } from './call-body.js';

const TOKENS_MAX = 5_000;
const SELECTION_DEPTH_MAX = 64;
const KEYS: ReadonlySet<string> = new Set(['query', 'variables', 'operationName']);

/** The one operation that a GraphQL call can mean. */
export interface GraphqlRequest {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** @throws DomainError `graphql_refused` */
export function verdictOn({ operation, fragments }: GraphqlRequest): Verdict {
  const fields = rootFields(operation, fragments).join(', ');
  if (operation.operation === 'query')
    return { level: 'read', reason: 'a GraphQL query only reads', operation: fields };
  return { level: 'write', reason: `a GraphQL mutation changes data (${fields})`, operation: fields };
}

/**
 * Reads a GraphQL call that can be understood in one way only (I24): POST, nothing in the URL's query, one JSON object with known
 * keys, exactly one operation, no subscription, no stored document.
 * @throws DomainError `graphql_refused`
 */
export function readGraphql(call: Call): GraphqlRequest {
  if (call.method !== 'POST') refuse('GraphQL is called by POST');
  if (new URL(call.url).search !== '') refuse('a GraphQL call has no query string in its URL');
  const body = jsonBodyOf(call);
  if (!isRecord(body))
    refuse('the body must be one JSON object with “query” and optionally “variables” and “operationName”');
  const unknown = Object.keys(body).find((key) => !KEYS.has(key));
  if (unknown !== undefined)
    refuse(`the body has the key “${unknown.slice(0, 60)}”; only query, variables and operationName are allowed`);
  const { query, variables = null, operationName = null } = body;
  if (typeof query !== 'string')
    refuse('“query” must be the whole document as a string; stored documents are not allowed');
  if (variables !== null && !isRecord(variables)) refuse('“variables” must be an object');
  const document = parseDocument(query);
  const { operation, fragments } = readDefinitions(document);
  if (operationName !== null && operationName !== operation.name?.value)
    refuse('“operationName” must name the one operation');
  if (operation.operation === 'subscription') refuse('subscriptions are not supported: ask with a query instead');
  return { document, operation, fragments, variables: variables ?? {} };
}

/** The names of the top-level fields, not their aliases, through fragments. */
export function rootFields(
  operation: OperationDefinitionNode,
  fragments: GraphqlRequest['fragments'],
): readonly string[] {
  const names = new Set<string>();
  const seen = new Set<string>();
  const open = [operation.selectionSet];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const selection of next.selections) {
      if (selection.kind === Kind.FIELD) names.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) open.push(selection.selectionSet);
      else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value);
        const fragment = fragments.get(selection.name.value);
        if (fragment === undefined) refuse(`the fragment “${selection.name.value}” is not in the document`);
        open.push(fragment.selectionSet);
      }
    }
  }
  return [...names];
}

function parseDocument(query: string): DocumentNode {
  let document: DocumentNode;
  try {
    document = parse(query, { maxTokens: TOKENS_MAX, noLocation: true });
  } catch (cause) {
    const said = cause instanceof Error ? cause.message.slice(0, 200) : 'it cannot be read';
    throw new DomainError('graphql_refused', `The GraphQL document is refused: ${said}.`, {}, { cause });
  }
  let depth = 0;
  visit(document, {
    SelectionSet: {
      enter() {
        depth += 1;
        if (depth > SELECTION_DEPTH_MAX) refuse(`it is more than ${SELECTION_DEPTH_MAX} levels deep`);
      },
      leave() {
        depth -= 1;
      },
    },
  });
  return document;
}

function readDefinitions(document: DocumentNode): Pick<GraphqlRequest, 'operation' | 'fragments'> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  let operation: OperationDefinitionNode | undefined;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      if (fragments.has(definition.name.value)) refuse(`the fragment “${definition.name.value}” is there twice`);
      fragments.set(definition.name.value, definition);
    } else if (definition.kind === Kind.OPERATION_DEFINITION && operation === undefined) operation = definition;
    else refuse('the document must hold exactly one operation and nothing but fragments beside it');
  }
  if (operation === undefined) refuse('the document holds no operation');
  return { operation, fragments };
}

function refuse(problem: string): never {
  throw new DomainError('graphql_refused', `This GraphQL call is refused: ${problem}.`);
}
