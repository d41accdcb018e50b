import { z } from 'zod';
import type { Principal } from '../kernel/principal.js';

/** A token that was signed by the authorization server and is still none of ours. `reason` is for the log alone. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';

  constructor(readonly reason: 'shape' | 'header' | 'claims' | 'audience' | 'lifetime') {
    super(`The access token was refused: ${reason}.`);
  }
}

export interface VerifiedToken {
  readonly principal: Principal;
  readonly scopes: readonly string[];
  /** Epoch milliseconds. Never later than the age up to which we accept a token. */
  readonly expiresAt: number;
}

/** Claims that jose must find; it checks no type but those of the instants. */
export const REQUIRED_CLAIMS = ['sub', 'sid', 'jti', 'iat', 'exp', 'client_id'];

/** Clients renew long before: AuthKit's tokens live some minutes. */
export const MAX_TOKEN_AGE_MS = 3_600_000;
const MAX_LIFETIME_SECONDS = 86_400;
const MAX_TOKEN_LENGTH = 8192;

const absent = z.undefined().optional();
const instant = z.int().positive();

const header = z.object({
  alg: z.literal('RS256'),
  kid: z.string().regex(/^[\x21-\x7e]{1,256}$/),
  typ: z.enum(['JWT', 'at+jwt', 'application/at+jwt']).optional(),
  // A token brings no keys of its own, not even beside a signature that is right.
  jwk: absent,
  jku: absent,
  x5u: absent,
  x5c: absent,
  crit: absent,
});

const claims = z.object({
  iss: z.string(),
  aud: z.union([z.string(), z.array(z.string()).nonempty()]),
  // A machine's token carries its client id here.
  sub: z.string().regex(/^user_[0-9A-Za-z_]{1,100}$/),
  // `session_…` is the id of a browser session: such a token never left the browser's side.
  sid: z.string().regex(/^(?!session_)[0-9A-Za-z_-]{1,128}$/),
  jti: z.string().regex(/^[\x21-\x7e]{1,128}$/),
  // A URL for clients that describe themselves by a metadata document.
  client_id: z.string().regex(/^[\x21-\x7e]{1,2048}$/),
  org_id: z
    .string()
    .regex(/^org_[0-9A-Za-z_]{1,100}$/)
    .optional(),
  scope: z
    .string()
    .regex(/^[\x20-\x7e]{0,2048}$/)
    .optional(),
  iat: instant,
  exp: instant,
  // Someone else acting as the user, and what only ID tokens carry.
  act: absent,
  impersonator: absent,
  nonce: absent,
  at_hash: absent,
});

/**
 * Three parts in base64url as RFC 7515 §2 writes it, nothing else. Decoders are more generous, and one token must not have
 * two spellings.
 * @throws TokenRefused
 */
export function assertCompact(token: string): void {
  const parts = token.split('.');
  const isCompact =
    token.length <= MAX_TOKEN_LENGTH &&
    parts.length === 3 &&
    parts.every((part) => part !== '' && Buffer.from(part, 'base64url').toString('base64url') === part);
  if (!isCompact) throw new TokenRefused('shape');
}

/** @throws TokenRefused */
export function assertHeader(protectedHeader: unknown): void {
  if (!header.safeParse(protectedHeader).success) throw new TokenRefused('header');
}

/**
 * Who calls, by claims whose signature, issuer and instants were already verified.
 * @throws TokenRefused
 */
export function readClaims(payload: unknown, audiences: readonly string[]): VerifiedToken {
  const parsed = claims.safeParse(payload);
  if (!parsed.success) throw new TokenRefused('claims');
  const { iss, aud, sub, sid, client_id, org_id, scope, iat, exp } = parsed.data;
  // jose is content when one of several audiences is ours: such a token is good elsewhere, too, and can be replayed from there.
  if (![aud].flat().every((audience) => audiences.includes(audience))) throw new TokenRefused('audience');
  if (exp <= iat || exp - iat > MAX_LIFETIME_SECONDS) throw new TokenRefused('lifetime');
  return {
    principal: { issuer: iss, subject: sub, organization: org_id ?? null, clientId: client_id, sid },
    scopes: scope?.split(' ').filter((name) => name !== '') ?? [],
    expiresAt: Math.min(exp * 1000, iat * 1000 + MAX_TOKEN_AGE_MS),
  };
}
