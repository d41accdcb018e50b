import { createHash, timingSafeEqual } from 'node:crypto';

/** Equality that takes the same time wherever the two differ, and whatever their lengths are. */
export function isSameSecret(a: string, b: string): boolean {
  return timingSafeEqual(sha256(a), sha256(b));
}

function sha256(text: string): Uint8Array {
  return createHash('sha256').update(text).digest();
}
