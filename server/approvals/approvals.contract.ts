import * as z from 'zod/mini';

/**
 * The JSON API between server and page, in one place for both. Instants are epoch milliseconds. `now` in an answer is the
 * server's clock, so that the page counts down by it and not by its own.
 */
const level = z.enum(['read', 'write']);
const reasonCode = z.enum(['wrong_account', 'too_broad', 'not_now', 'no']);
const grantStatus = z.enum([
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
const connectionState = z.enum(['connected', 'needs_reauthorization', 'not_connected']);

export const NOTE_MAX = 500;
export const MAX_CALLS_MAX = 10_000;

const named = z.object({ id: z.string(), name: z.string() });
const scope = z.object({
  level,
  providers: z.array(z.string()),
  durationMs: z.number(),
  maxCalls: z.nullable(z.number()),
});

/** RFC 9457, with our stable `code`. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: z.string(),
  retryAfterMs: z.optional(z.number()),
  /** With `org_mismatch`: the organization that the request is for, so that the page can offer the switch. */
  organization: z.optional(named),
});
export type Problem = z.infer<typeof problem>;

/** `GET /api/me`. 401 `not_signed_in` for everyone else. */
export const me = z.object({
  user: z.object({ id: z.string(), email: z.string(), name: z.nullable(z.string()) }),
  organization: z.nullable(named),
  /** Where the person could switch to, the present one included. */
  organizations: z.array(named),
  /** For every unsafe request but a decision. */
  csrfToken: z.string(),
  isSandbox: z.boolean(),
});
export type Me = z.infer<typeof me>;

/** `GET /api/site`: what the home page and the shells show to everyone, signed in or not. */
export const site = z.object({ isSandbox: z.boolean(), mcpUrl: z.string() });
export type Site = z.infer<typeof site>;

const code = z.object({
  /** What the text is, for its label: “Query”, “Variables”, “Statement”, “Body”. */
  label: z.string(),
  language: z.enum(['json', 'graphql', 'sql', 'text']),
  text: z.string(),
});

const exactCall = z.object({
  provider: named,
  method: z.string(),
  host: z.string(),
  path: z.string(),
  /** Without the question mark; empty when there is none. */
  query: z.string(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  /** Name of the header that we add when we send; its value is shown to nobody. */
  credentialHeader: z.string(),
  /** `null`: no body, which is not the same as an empty one. */
  body: z.nullable(
    z.object({
      bytes: z.number(),
      lines: z.number(),
      /** The exact bytes as UTF-8. */
      raw: z.string(),
      /** Pretty forms made by the server; empty when there is none beside the raw bytes. */
      formatted: z.array(code),
    }),
  ),
  title: z.string(),
  sentence: z.string(),
  isKnown: z.boolean(),
  levelReason: z.string(),
  destructive: z.nullable(z.string()),
  words: z.array(z.string()),
  callDigest: z.string(),
  connection: connectionState,
  /** How long the approved call may wait to be run. */
  authorityMs: z.number(),
});

const broadRequest = z.object({
  requested: scope,
  providers: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      slug: z.string(),
      connection: connectionState,
      scopes: z.array(z.string()),
      reads: z.string(),
      writes: z.string(),
    }),
  ),
  /** The choices of time to offer, ascending, the asked one among them. */
  durationsMs: z.array(z.number()),
  granted: z.nullable(scope),
  /** Calls made under this grant so far. */
  callsMade: z.number(),
});

/** `GET /api/approvals/:id`, and the answer of a decision. */
export const approval = z.object({
  id: z.string(),
  version: z.number(),
  kind: z.enum(['broad', 'request']),
  status: grantStatus,
  now: z.number(),
  level,
  client: z.object({ id: z.string(), name: z.nullable(z.string()) }),
  account: z.object({ email: z.string(), organization: z.nullable(z.string()) }),
  reason: z.string(),
  askedAt: z.number(),
  sessionStartedAt: z.number(),
  closesAt: z.number(),
  expiresAt: z.nullable(z.number()),
  endedAt: z.nullable(z.number()),
  withdrawReason: z.nullable(z.enum(['superseded', 'by_client', 'by_user', 'too_old'])),
  /** Goes back with the decision. */
  digest: z.string(),
  /** For this decision alone. */
  csrfToken: z.string(),
  broad: z.nullable(broadRequest),
  call: z.nullable(exactCall),
  decision: z.nullable(
    z.object({
      outcome: z.enum(['approved', 'denied']),
      at: z.number(),
      note: z.nullable(z.string()),
      reasonCode: z.nullable(reasonCode),
    }),
  ),
  execution: z.nullable(
    z.object({
      startedAt: z.number(),
      finishedAt: z.nullable(z.number()),
      status: z.nullable(z.number()),
      answerBytes: z.nullable(z.number()),
    }),
  ),
});
export type Approval = z.infer<typeof approval>;

/** `POST /api/approvals/:id/decision`. Strict: an unknown field is 400 and the request stays pending. */
export const decisionBody = z.strictObject({
  decision: z.enum(['approve', 'deny']),
  digest: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  note: z.optional(z.string().check(z.maxLength(NOTE_MAX))),
  reasonCode: z.optional(reasonCode),
  providers: z.optional(z.array(z.string().check(z.maxLength(64))).check(z.maxLength(500))),
  level: z.optional(level),
  durationMs: z.optional(z.int().check(z.positive())),
  /** `null`: no limit. Absent: as asked. */
  maxCalls: z.optional(z.nullable(z.int().check(z.minimum(1), z.maximum(MAX_CALLS_MAX)))),
});
export type DecisionBody = z.infer<typeof decisionBody>;

const grantItem = z.object({
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
});
export type GrantPageView = z.infer<typeof grantPage>;

/** `DELETE /api/grants/:id` and `DELETE /api/grants`: pending ones are withdrawn, approved ones revoked. */
export const endedGrants = z.object({ ended: z.number() });

/** `GET /api/integrations`. */
export const integrations = z.object({
  items: z.array(
    z.object({
      slug: z.string(),
      name: z.string(),
      /** `null` when no provider of ours describes it: it cannot be called. */
      providerId: z.nullable(z.string()),
      state: connectionState,
      scopes: z.array(z.string()),
      connectedAt: z.nullable(z.number()),
    }),
  ),
});
export type Integrations = z.infer<typeof integrations>;

/** `POST /api/integrations/:slug/connect`. */
export const connectBody = z.strictObject({ returnTo: z.string().check(z.maxLength(200)) });

/** `POST /api/integrations/:slug/connect` and `POST /logout`: where the browser goes next. */
export const nextUrl = z.object({ url: z.string() });
