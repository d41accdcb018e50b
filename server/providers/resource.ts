import type { Parameter, PathTemplate } from './path-template.js';

/** Something that a call names: a page, an issue, a repository. Shown whole, never cut. */
export interface Resource {
  /** A noun in lower case, such as “page”. */
  readonly kind: string;
  readonly id: string;
}

/** The resources that a path names, from the placeholders of its template. */
export function resourcesOf(template: PathTemplate, path: string): readonly Resource[] {
  return template
    .parametersOf(path)
    .filter(({ name }) => !NAMES_NOTHING.has(name))
    .map((parameter) => ({ kind: kindOf(parameter), id: parameter.value }));
}

/** Placeholders for a part of the path that is no thing of the person's. */
const NAMES_NOTHING: ReadonlySet<string> = new Set(['version', 'ending']);

/** `pageId`, `page_id` and `{id}` below `pages` all name a page. */
export function kindOf({ name, after }: Pick<Parameter, 'name' | 'after'>): string {
  const words = wordsOf(name);
  const own = words.filter((word, index) => index === 0 || !ID_WORDS.has(word));
  if (own.length > 1 || !ID_WORDS.has(own[0] ?? '')) return own.join(' ');
  const noun = wordsOf(after);
  const last = noun.pop();
  return last === undefined ? own.join(' ') : [...noun, singular(last)].join(' ');
}

const ID_WORDS: ReadonlySet<string> = new Set(['id', 'gid', 'key', 'or', 'sid', 'uuid', 'guid', 'name', 'slug']);

export function wordsOf(text: string): string[] {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

function singular(word: string): string {
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return /[^su]s$/.test(word) ? word.slice(0, -1) : word;
}
