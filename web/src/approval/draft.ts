import * as z from 'zod/mini';
import {
  type Approval,
  type DecisionBody,
  MAX_CALLS_MAX,
  NOTE_MAX,
} from '../../../server/approvals/approvals.contract.js';
import type { ReasonChoice } from '../text/approval-text.js';
import type { Verdict } from './approval-state.js';

const draftSchema = z.object({
  providers: z.array(z.string()),
  level: z.enum(['read', 'write']),
  durationMs: z.number(),
  maxCalls: z.string(),
  note: z.string(),
  reasonCode: z.enum(['', 'wrong_account', 'too_broad', 'not_now', 'no']),
  /** The provider that the person left this page for, to connect it. */
  connecting: z.nullable(z.string()),
});

/** What the person has chosen and typed so far. It allows nothing by itself. */
export type Draft = z.infer<typeof draftSchema>;

/** As asked, with the providers that are connected. */
export function freshDraft({ broad, level }: Approval): Draft {
  const durations = broad?.durationsMs ?? [];
  const asked = broad?.requested.durationMs ?? 0;
  return {
    providers: broad ? connectedIds(broad.providers) : [],
    level,
    durationMs: durations.includes(asked) ? asked : (durations.at(-1) ?? asked),
    maxCalls: broad?.requested.maxCalls?.toString() ?? '',
    note: '',
    reasonCode: '',
    connecting: null,
  };
}

/** A kept draft, cut to what this request allows. A provider that the person went to connect joins the choice. */
export function restoredDraft(kept: string | null, approval: Approval): Draft {
  const fresh = freshDraft(approval);
  const parsed = draftSchema.safeParse(parsedJson(kept));
  if (!parsed.success) return fresh;
  const draft = parsed.data;
  const chosen = new Set(draft.connecting === null ? draft.providers : [...draft.providers, draft.connecting]);
  return {
    providers: fresh.providers.filter((id) => chosen.has(id)),
    level: approval.level === 'read' ? 'read' : draft.level,
    durationMs: approval.broad?.durationsMs.includes(draft.durationMs) ? draft.durationMs : fresh.durationMs,
    maxCalls: draft.maxCalls,
    note: draft.note,
    reasonCode: draft.reasonCode satisfies ReasonChoice,
    connecting: null,
  };
}

/** The number of calls as typed: `null` is no limit, `undefined` is not a number that fits. Never more than was `asked`. */
export function maxCallsOf(draft: Draft, asked: number | null): number | null | undefined {
  const typed = draft.maxCalls.trim();
  if (typed === '') return asked === null ? null : undefined;
  if (!/^\d{1,6}$/.test(typed)) return undefined;
  const calls = Number(typed);
  return calls >= 1 && calls <= (asked ?? MAX_CALLS_MAX) ? calls : undefined;
}

export interface DraftProblems {
  readonly noneSelected: boolean;
  readonly callsOutOfRange: boolean;
  readonly noteTooLong: boolean;
}

export function problemsOf(draft: Draft, { broad }: Approval): DraftProblems {
  return {
    noneSelected: broad !== null && draft.providers.length === 0,
    callsOutOfRange: broad !== null && maxCallsOf(draft, broad.requested.maxCalls) === undefined,
    noteTooLong: draft.note.length > NOTE_MAX,
  };
}

/** The strict decision body: only the fields that belong to the kind of request and to the decision. */
export function decisionBodyOf(approval: Approval, draft: Draft, verdict: Verdict): DecisionBody {
  const note = draft.note.trim() === '' ? {} : { note: draft.note };
  const base = { decision: verdict, digest: approval.digest, ...note };
  if (verdict === 'deny') return draft.reasonCode === '' ? base : { ...base, reasonCode: draft.reasonCode };
  if (approval.broad === null) return base;
  return {
    ...base,
    providers: draft.providers,
    level: draft.level,
    durationMs: draft.durationMs,
    maxCalls: maxCallsOf(draft, approval.broad.requested.maxCalls) ?? null,
  };
}

function connectedIds(providers: NonNullable<Approval['broad']>['providers']): string[] {
  return providers.filter(({ connection }) => connection === 'connected').map(({ id }) => id);
}

function parsedJson(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
