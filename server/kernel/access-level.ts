/** What a grant allows and what a call needs. `write` includes `read`. */
export const ACCESS_LEVELS = ['read', 'write'] as const;

export type AccessLevel = (typeof ACCESS_LEVELS)[number];

/** True when authority of level `held` is enough for a call of level `needed`. */
export function covers(held: AccessLevel, needed: AccessLevel): boolean {
  return held === 'write' || needed === 'read';
}
