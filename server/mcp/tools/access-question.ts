import * as z from 'zod';
import { DomainError } from '../../kernel/domain-error.js';

/** What came as JSON is a JSON value already: nothing is left to check, and the schema that every model reads stays short. */
export const bodyInput = z.unknown().describe('a JSON value; a string is sent as exactly these bytes');

const REASON_MAX = 2_000;
const URL_MAX = 4_096;

export const reasonInput = z.string().trim().min(1).max(REASON_MAX);

const common = { reason: reasonInput.describe('why, for the user to read') };

const broad = z.strictObject({
  ...common,
  kind: z.literal('broad').default('broad'),
  level: z.enum(['read', 'write']).default('read'),
  providers: z.array(z.string().max(64)).min(1).max(200),
  durationMs: z.int().min(1_000).optional(),
  maxCalls: z.int().min(1).max(10_000).optional(),
});

const request = z.strictObject({
  ...common,
  kind: z.literal('request'),
  method: z.string().max(16),
  url: z.string().max(URL_MAX),
  headers: z.record(z.string(), z.string()).optional(),
  body: bodyInput.optional(),
});

/** One flat object, since models fill a union of objects badly; which fields belong together is checked behind it. */
export const accessInput = z.strictObject({
  reason: common.reason,
  kind: z.enum(['broad', 'request']).optional().describe('default broad'),
  level: z.enum(['read', 'write']).optional().describe('broad: default read'),
  providers: z.array(z.string()).optional().describe('broad: provider ids from list_integrations'),
  durationMs: z.number().optional().describe('broad: how long, from approval'),
  maxCalls: z.number().optional().describe('broad: how many calls at most'),
  method: z.string().optional().describe('request: GET, POST, …'),
  url: z.string().optional().describe('request: absolute https URL of the provider'),
  headers: z.record(z.string(), z.string()).optional().describe('request: only headers that the provider allows'),
  body: bodyInput.optional().describe('request: a JSON value; a string is sent as exactly these bytes'),
});

export type AccessQuestion = z.output<typeof broad> | z.output<typeof request>;

/** @throws DomainError `invalid_arguments` naming each field that does not fit the kind. */
export function accessQuestion(input: z.output<typeof accessInput>): AccessQuestion {
  const result = input.kind === 'request' ? request.safeParse(input) : broad.safeParse(input);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.') || 'arguments'}: ${message}`);
  const kind = input.kind ?? 'broad';
  throw new DomainError(
    'invalid_arguments',
    `These arguments do not fit kind "${kind}". ${problems.join('; ')}. ` +
      (kind === 'broad' ? 'Broad needs reason and providers.' : 'Request needs reason, method and url.'),
  );
}
