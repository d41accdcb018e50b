import { createHmac, randomBytes } from 'node:crypto';
import { type Principal, sessionKey } from './principal.js';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const TAG_LENGTH = 16;
const GRANT_ID = /^[a-z2-7]{48}$/;

/** RFC 4648 §6 base32, lower case, without padding: safe in paths, file names and Redis hash tags. */
function base32(bytes: Uint8Array): string {
  let text = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(buffer >>> bits) & 31];
    }
    buffer &= (1 << bits) - 1;
  }
  return text;
}

/** The 80-bit name of a session in keys and ids. Keyed, so that an id tells nothing about the person. */
export function sessionTag(key: Uint8Array, principal: Principal): string {
  return base32(createHmac('sha256', key).update(sessionKey(principal)).digest()).slice(0, TAG_LENGTH);
}

/** A new grant id: the session's tag, so that a store finds the session's slot, and 160 random bits. */
export function newGrantId(tag: string): string {
  return tag + base32(randomBytes(20));
}

/** Checked before any store is asked. */
export function isGrantId(value: unknown): value is string {
  return typeof value === 'string' && GRANT_ID.test(value);
}

export function tagOf(grantId: string): string {
  return grantId.slice(0, TAG_LENGTH);
}

/** 125 random bits, for claims and audit events. */
export function newId(prefix: 'clm' | 'evt'): string {
  return `${prefix}_${base32(randomBytes(16))}`;
}
