import { createElement, Fragment, type ReactNode } from 'react';

const GROUP = 1000;

/**
 * Nodes in a fixed order, without keys. They are handed over in groups, since a call takes only so many arguments and a body
 * may have a hundred thousand pieces.
 */
export function inOrder(nodes: readonly ReactNode[]): ReactNode {
  if (nodes.length <= GROUP) return createElement(Fragment, null, ...nodes);
  const groups: ReactNode[] = [];
  for (let from = 0; from < nodes.length; from += GROUP) groups.push(inOrder(nodes.slice(from, from + GROUP)));
  return inOrder(groups);
}
