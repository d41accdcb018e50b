import * as z from 'zod/mini';

/** The words that grants are told in, shared by the contracts. Instants are epoch milliseconds. */
export const level = z.enum(['read', 'write']);
export const reasonCode = z.enum(['wrong_account', 'too_broad', 'not_now', 'no']);
export const grantStatus = z.enum([
  'pending',
  'approved',
  'executing',
  'executed',
  'failed',
  'outcome_unknown',
  'denied',
  'withdrawn',
  'revoked',
  'expired',
  'voided',
]);
export const withdrawReason = z.enum(['superseded', 'by_client', 'declined', 'by_user']);
export const connectionState = z.enum(['connected', 'needs_reauthorization', 'not_connected']);

export const named = z.object({ id: z.string(), name: z.string() });
export const scope = z.object({
  level,
  providers: z.array(z.string()),
  durationMs: z.number(),
  maxCalls: z.nullable(z.number()),
});
