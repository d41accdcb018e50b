/** Stands for an encoded slash that is a character of its segment, which every placeholder takes. */
const SLASH = '~';
/** No path has this character: a control character is refused before. */
const ENCODED_SLASH = '\u0000';

/** A server, a proxy and a library may each decode what they are given. */
const DECODINGS_MAX = 4;

/**
 * A path as the most lenient servers might read it: no case, nothing encoded, not even twice, no formats and no other signs at
 * its end. Only what forbids looks at it (a write rule, a path that is never callable): what allows reads the path as it is.
 * An encoded slash belongs to a name or parts two of them, so there is one reading for each place where names may end.
 */
export function foldedPaths(path: string): readonly [string, ...string[]] {
  let decoded = path;
  for (let round = 0; round < DECODINGS_MAX && decoded.includes('%'); round += 1) decoded = decodedOnce(decoded);
  const folded = decoded.toLowerCase().replace(/(?:\.(?:json|xml)|[^a-z0-9)}*])+$/, '') || '/';
  const parts = folded.split(ENCODED_SLASH);
  const readings = parts
    .slice(1)
    .map((_, at) => `${parts.slice(0, at + 1).join(SLASH)}/${parts.slice(at + 1).join('/')}`);
  return [parts.join(SLASH), ...readings];
}

/** The reading in which every encoded slash belongs to a name. */
export function foldedPath(path: string): string {
  return foldedPaths(path)[0];
}

/** What decodes to no text, such as the percent sign of a name, stays. */
function decodedOnce(path: string): string {
  const parts = path.split(/%2f/i).map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  return parts.join(ENCODED_SLASH);
}
