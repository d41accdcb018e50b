import { type DocumentNode, Kind, type SelectionSetNode, visit } from 'graphql';
import type { GraphqlRequest } from './graphql.js';

/**
 * The first of `names` that a document asks for, whatever its alias, in whatever fragment. `cloneToken` means a field of that name
 * anywhere. `ciVariables.value` means a field `value` at any depth below a field `ciVariables`, or within a fragment on a type of
 * that name: a name that is innocent elsewhere is told by where it stands.
 */
export function secretFieldOf({ document, fragments }: GraphqlRequest, names: readonly string[]): string | null {
  const found = names.find((name) => {
    const [field = '', below] = name.split('.').reverse();
    const sets = below === undefined ? document.definitions.flatMap(selectionsOf) : setsBelow(document, below);
    return isAskedFor(field, sets, fragments);
  });
  return found?.split('.').at(-1) ?? null;
}

function selectionsOf(definition: DocumentNode['definitions'][number]): readonly SelectionSetNode[] {
  const isSelecting = definition.kind === Kind.OPERATION_DEFINITION || definition.kind === Kind.FRAGMENT_DEFINITION;
  return isSelecting ? [definition.selectionSet] : [];
}

/** What is selected of the fields of this name, and of this type. */
function setsBelow(document: DocumentNode, name: string): readonly SelectionSetNode[] {
  const sets: SelectionSetNode[] = [];
  visit(document, {
    Field: ({ name: { value }, selectionSet }) => {
      if (value === name && selectionSet !== undefined) sets.push(selectionSet);
    },
    InlineFragment: ({ typeCondition, selectionSet }) => {
      if (typeCondition?.name.value === name) sets.push(selectionSet);
    },
    FragmentDefinition: ({ typeCondition, selectionSet }) => {
      if (typeCondition.name.value === name) sets.push(selectionSet);
    },
  });
  return sets;
}

function isAskedFor(field: string, sets: readonly SelectionSetNode[], fragments: GraphqlRequest['fragments']): boolean {
  const seen = new Set<string>();
  const open = [...sets];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const selection of next.selections) {
      if (selection.kind === Kind.FIELD && selection.name.value === field) return true;
      if (selection.kind !== Kind.FRAGMENT_SPREAD) {
        if (selection.selectionSet !== undefined) open.push(selection.selectionSet);
      } else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value);
        const fragment = fragments.get(selection.name.value);
        if (fragment !== undefined) open.push(fragment.selectionSet);
      }
    }
  }
  return false;
}
