/** Stands for an encoded slash: a character of its segment, which every placeholder takes. */
const SLASH = '~';

/**
 * A path as the most lenient server might read it: no case, nothing encoded, no formats and no other signs at its
 * end. Only what forbids looks at it (a write rule, a path that is never callable): what allows reads the path as it is.
 */
export function foldedPath(path: string): string {
  const decoded = path.split(/%2f/i).map(decodeURIComponent).join(SLASH).toLowerCase();
  return decoded.replace(/(?:\.(?:json|xml)|[^a-z0-9)}*])+$/, '') || '/';
}
