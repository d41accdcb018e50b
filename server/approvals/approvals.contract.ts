import * as z from 'zod/mini';
import {
  connectionState,
  grantStatus,
  level,
  named,
  reasonCode,
  scope,
  withdrawReason,
} from './grant-words.contract.js';

/**
 * The JSON API between server and page, in one place for both: here what the consent screen needs, in `access.contract.ts` what “My
 * access” needs. Instants are epoch milliseconds. `now` in an answer is the
 * server's clock, so that the page counts down by it and not by its own.
 */
export const NOTE_MAX = 500;
export const MAX_CALLS_MAX = 10_000;

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
  /** With `already_decided`: what was decided. */
  outcome: z.optional(z.enum(['approved', 'denied'])),
  /** With `invalid_arguments`: what to correct. */
  fields: z.optional(z.array(z.object({ field: z.string(), problem: z.string() }))),
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
  /** What the call names by its path or arguments, such as a page and its id. Whole, never cut. */
  resources: z.array(z.object({ kind: z.string(), id: z.string() })),
  levelReason: z.string(),
  destructive: z.nullable(z.string()),
  words: z.array(z.string()),
  callDigest: z.string(),
  connection: connectionState,
  missingScopes: z.array(z.string()),
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
      /** Name of the icon that the page has for it, if it has one. */
      icon: z.nullable(z.string()),
      connection: connectionState,
      scopes: z.array(z.string()),
      /** What the integration asks for and the connection does not have. */
      missingScopes: z.array(z.string()),
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
  withdrawReason: z.nullable(withdrawReason),
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
      /** After a denial: until then the same question is refused. */
      askAgainAt: z.nullable(z.number()),
      /** After a denial too many: until then nothing can be asked about these providers. By their names. */
      brake: z.nullable(z.object({ until: z.number(), providers: z.array(z.string()) })),
    }),
  ),
  execution: z.nullable(
    z.object({
      startedAt: z.number(),
      finishedAt: z.nullable(z.number()),
      status: z.nullable(z.number()),
      answerBytes: z.nullable(z.number()),
      /** Why there is no answer, one of the failures of docs/errors.md. */
      failure: z.nullable(z.string()),
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

/** `POST /api/integrations/:slug/connect` and `POST /logout`: where the browser goes next. */
export const nextUrl = z.object({ url: z.string() });
