import type { PathTemplate } from './path-template.js';

interface Entry<T> {
  readonly template: PathTemplate;
  readonly value: T;
  readonly order: number;
}

class Node<T> {
  readonly below = new Map<string, Node<T>>();
  readonly ends: Entry<T>[] = [];
  readonly rests: Entry<T>[] = [];
}

/** A key that is no segment: the child below a placeholder. */
const ANY = '/';

/** Finds the templates that match a path among thousands: a tree of segments narrows, the template itself decides. */
export class PathTable<T> {
  readonly #root = new Node<T>();
  #size = 0;

  add(template: PathTemplate, value: T): void {
    const entry = { template, value, order: this.#size };
    this.#size += 1;
    let node = this.#root;
    for (const { kind, prefix } of template.segments) {
      if (kind === 'rest') {
        node.rests.push(entry);
        return;
      }
      node = childOf(node, kind === 'literal' ? prefix : ANY);
    }
    node.ends.push(entry);
  }

  /** What matches one of several readings of a path. */
  matchingAny(paths: readonly string[]): ReturnType<PathTable<T>['matching']> {
    return paths.flatMap((path) => this.matching(path));
  }

  /** In the order in which they were added. */
  matching(path: string): readonly { readonly template: PathTemplate; readonly value: T }[] {
    const found: Entry<T>[] = [];
    const segments = path.slice(1).split('/');
    let nodes = [this.#root];
    for (const segment of segments) {
      for (const node of nodes) found.push(...node.rests);
      nodes = nodes.flatMap(({ below }) => [below.get(segment), below.get(ANY)].filter((next) => next !== undefined));
    }
    for (const node of nodes) found.push(...node.ends);
    return found.filter(({ template }) => template.matches(path)).sort((a, b) => a.order - b.order);
  }
}

function childOf<T>({ below }: Node<T>, key: string): Node<T> {
  const known = below.get(key);
  if (known !== undefined) return known;
  const made = new Node<T>();
  below.set(key, made);
  return made;
}
