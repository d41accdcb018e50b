const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * True when the arrays and objects of a JSON text are nested deeper than `limit` (I40). Looks at bytes alone, in one pass and without
 * recursion, so that no text can exhaust the stack; whether it is JSON at all is for the parser to say.
 */
export function isDeeperThan(bytes: Uint8Array, limit: number): boolean {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (isText) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) isText = false;
    } else if (byte === QUOTE) isText = true;
    else if (byte === 0x5b || byte === 0x7b) {
      depth += 1;
      if (depth > limit) return true;
    } else if (byte === 0x5d || byte === 0x7d) depth -= 1;
  }
  return false;
}
