import { Kind, visit } from 'graphql';
import type { Call, Description } from './call.js';
import { isRecord } from './call-body.js';
import { type GraphqlRequest, readGraphql, rootFields } from './graphql.js';
import { graphqlResources } from './graphql-resources.js';

const VERBS: ReadonlySet<string> = new Set(
  'accept add approve archive assign cancel change claim clear clone close complete connect convert create decline delete \
disable disconnect dismiss duplicate edit enable grant import invite join leave link lock mark merge minimize move pin \
publish purge reassign refresh reject remove rename reopen reorder request rerequest resend resolve restore retire \
revoke rotate send set share snooze start submit subscribe suspend sync transfer trash unarchive unlink unmark \
unminimize unpin unresolve unsnooze unsubscribe unsuspend update upload upsert'.split(' '),
);
const DESTRUCTIVE: ReadonlySet<string> = new Set([
  'archive',
  'clear',
  'delete',
  'disconnect',
  'purge',
  'remove',
  'revoke',
  'suspend',
  'trash',
]);
/** Inputs by which an update deletes. */
const DESTRUCTIVE_INPUTS: ReadonlySet<string> = new Set(['archived', 'deleted', 'trashed']);

/** The longest names that APIs have; a longer one is a sentence that an assistant would put into the heading. */
const QUERY_NAME_MAX = 40;
const MUTATION_NAME_MAX = 60;

/** Says what a GraphQL call does from the names of its top-level fields, which APIs build as `issueCreate` or `createIssue`. */
export function describeGraphql(call: Call, providerName: string): Description {
  const request = readGraphql(call);
  const { operation, fragments } = request;
  const fields = rootFields(operation, fragments);
  const resources = graphqlResources(request);
  if (operation.operation === 'query') {
    if (fields.some((name) => name.length > QUERY_NAME_MAX)) {
      return { title: `Run a query in ${providerName}`, sentence: '', destructive: null, known: true, resources };
    }
    const title = `Read ${fields.slice(0, 3).map(spaced).join(', ')}${fields.length > 3 ? ' and more' : ''} in ${providerName}`;
    return { title, sentence: '', destructive: null, known: true, resources };
  }
  const [only] = fields;
  const isName = fields.every((name) => name.length <= MUTATION_NAME_MAX);
  const action = fields.length === 1 && only !== undefined && isName ? actionOf(only) : null;
  const title =
    action ??
    (fields.length > 1 ? `Run ${fields.length} mutations` : isName ? `Run the mutation ${only}` : 'Run a mutation');
  const unknown = 'Countersign does not know what this mutation does. Read the request itself before you decide.';
  return {
    title: `${title} in ${providerName}`,
    sentence: fields.length === 1 ? (action === null ? unknown : '') : `The mutations are ${fields.join(', ')}.`,
    destructive: destructiveOf(request, fields),
    known: action !== null,
    resources,
  };
}

/**
 * `issueLabelCreate` and `createIssueLabel` → “Create an issue label”; `null` without a verb that is known. A verb in front wins: the
 * `update` of `delete_update` is a thing.
 */
function actionOf(field: string): string | null {
  const words = spaced(field).split(' ');
  const [first = '', last = ''] = [words[0], words.at(-1)];
  const [verb, noun] = VERBS.has(first) ? [first, words.slice(1)] : [last, words.slice(0, -1)];
  if (!VERBS.has(verb) || noun.length === 0) return null;
  const thing = noun.join(' ');
  const article = /[^s]s$/.test(thing) ? '' : /^[aeiou]/.test(thing) ? 'an ' : 'a ';
  return `${verb.slice(0, 1).toUpperCase()}${verb.slice(1)} ${article}${thing}`;
}

function spaced(field: string): string {
  return field
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
}

function destructiveOf(request: GraphqlRequest, fields: readonly string[]): string | null {
  const field = fields.find((name) =>
    spaced(name)
      .split(' ')
      .some((word) => DESTRUCTIVE.has(word)),
  );
  if (field !== undefined) return `${field} takes something away`;
  const input = trueInputs(request).find((name) => DESTRUCTIVE_INPUTS.has(name));
  return input === undefined ? null : `it sets “${input}” to true`;
}

/** Names of all inputs that are set to true, in the document or in the variables. */
function trueInputs({ document, variables }: GraphqlRequest): readonly string[] {
  const names: string[] = [];
  const note = (node: {
    readonly name: { readonly value: string };
    readonly value: { readonly kind: Kind; readonly value?: unknown };
  }) => {
    if (node.value.kind === Kind.BOOLEAN && node.value.value === true) names.push(node.name.value);
  };
  visit(document, { Argument: note, ObjectField: note });
  const open: unknown[] = [variables];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (Array.isArray(next)) for (const item of next) open.push(item);
    else if (isRecord(next)) {
      for (const [key, value] of Object.entries(next)) {
        if (value === true) names.push(key);
        else if (typeof value === 'object' && value !== null) open.push(value);
      }
    }
  }
  return names;
}
