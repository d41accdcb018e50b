import { type ArgumentNode, type FieldNode, Kind, type ValueNode } from 'graphql';
import type { GraphqlRequest } from './graphql.js';
import { kindOf, type Resource, wordsOf } from './resource.js';

const ID_ARGUMENT = /^id$|Id$|_id$/;
const ACTIONS: ReadonlySet<string> = new Set(
  'add archive change create delete duplicate get move remove set unarchive update'.split(' '),
);

/** What the top-level fields name in arguments such as `id` and `issueId`, given directly or through a variable. */
export function graphqlResources({ operation, variables }: GraphqlRequest): readonly Resource[] {
  return operation.selectionSet.selections.flatMap((selection) =>
    selection.kind === Kind.FIELD ? resourcesOfField(selection, variables) : [],
  );
}

function resourcesOfField(field: FieldNode, variables: GraphqlRequest['variables']): readonly Resource[] {
  return (field.arguments ?? []).flatMap((argument) => {
    if (!ID_ARGUMENT.test(argument.name.value)) return [];
    const id = textOf(argument.value, variables);
    return id === null ? [] : [{ kind: kindOfArgument(argument, field), id }];
  });
}

function kindOfArgument({ name }: ArgumentNode, field: FieldNode): string {
  const after = wordsOf(field.name.value).filter((word) => !ACTIONS.has(word));
  return kindOf({ name: name.value, after: after.join('_') });
}

function textOf(node: ValueNode, variables: GraphqlRequest['variables']): string | null {
  if (node.kind === Kind.STRING || node.kind === Kind.INT) return node.value;
  const value = node.kind === Kind.VARIABLE ? variables[node.name.value] : null;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
