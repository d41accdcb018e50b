import { createHash, randomBytes } from 'node:crypto';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 48 bits of time and 80 random bits in Crockford's base32, as in WorkOS's ids. */
export function ulid(): string {
  let time = Date.now();
  let text = '';
  for (let place = 0; place < 10; place += 1) {
    text = CROCKFORD[time % 32] + text;
    time = Math.floor(time / 32);
  }
  for (const byte of randomBytes(16)) text += CROCKFORD[byte % 32];
  return text;
}

export const newToken = (prefix: string) => prefix + randomBytes(24).toString('base64url');

export const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');
