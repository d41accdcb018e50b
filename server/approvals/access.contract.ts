import * as z from 'zod/mini';
import { connectionState, grantStatus, level, named, reasonCode, withdrawReason } from './grant-words.contract.js';

/** “My access” between server and page. Instants are epoch milliseconds. */
export const grantItem = z.object({
  id: z.string(),
  kind: z.enum(['broad', 'request']),
  status: grantStatus,
  client: z.object({ id: z.string(), name: z.nullable(z.string()) }),
  organization: z.nullable(z.string()),
  level,
  isDestructive: z.boolean(),
  providers: z.array(named),
  /** Of an exact call: what it does. */
  title: z.nullable(z.string()),
  words: z.array(z.string()),
  askedAt: z.number(),
  sessionStartedAt: z.number(),
  closesAt: z.number(),
  decidedAt: z.nullable(z.number()),
  expiresAt: z.nullable(z.number()),
  endedAt: z.nullable(z.number()),
  /** How long was asked for, or allowed once it is approved. */
  durationMs: z.number(),
  /** Approved, and less than was asked. */
  isNarrowed: z.boolean(),
  reasonCode: z.nullable(reasonCode),
  withdrawReason: z.nullable(withdrawReason),
  callsMade: z.number(),
  maxCalls: z.nullable(z.number()),
  lastCalls: z.array(
    z.object({
      at: z.number(),
      method: z.string(),
      url: z.string(),
      result: z.enum(['started', 'answered', 'failed', 'outcome_unknown']),
      status: z.nullable(z.number()),
    }),
  ),
});
export type GrantItem = z.infer<typeof grantItem>;

/** `GET /api/grants`. */
export const grantPage = z.object({
  now: z.number(),
  items: z.array(grantItem),
  nextCursor: z.nullable(z.string()),
  /** On a first page: how many match in all; `null` when there are more than are counted. */
  total: z.nullable(z.number()),
});
export type GrantPageView = z.infer<typeof grantPage>;

/** `GET /api/grants/choices`: what the lists can be narrowed to, of all that is kept. */
export const grantChoices = z.object({
  providers: z.array(named),
  clients: z.array(z.object({ id: z.string(), name: z.nullable(z.string()) })),
});
export type GrantChoicesView = z.infer<typeof grantChoices>;

/**
 * `DELETE /api/grants/:id` and `DELETE /api/grants`: live ones are revoked, waiting ones withdrawn; `ended` is both together.
 * `DELETE /api/integrations/:slug/connection` answers the same: it revokes what was approved for that connection.
 */
export const endedGrants = z.object({ ended: z.number(), revoked: z.number(), withdrawn: z.number() });
export type EndedGrants = z.infer<typeof endedGrants>;

/** `GET /api/integrations`. */
export const integrations = z.object({
  items: z.array(
    z.object({
      slug: z.string(),
      name: z.string(),
      /** Name of the icon that the page has for it, if it has one. */
      icon: z.nullable(z.string()),
      /** The APIs that are called through it. Empty when no provider of ours describes it: it cannot be called. */
      providers: z.array(named),
      state: connectionState,
      scopes: z.array(z.string()),
      /** What the integration asks for and the connection does not have. */
      missingScopes: z.array(z.string()),
      connectedAt: z.nullable(z.number()),
    }),
  ),
});
export type Integrations = z.infer<typeof integrations>;

/** `POST /api/integrations/:slug/connect`. */
export const connectBody = z.strictObject({ returnTo: z.string().check(z.maxLength(200)) });
