import type { GrantItem, GrantPageView, Integrations } from '../../../server/approvals/access.contract.js';
import type { Approval, Me, Problem } from '../../../server/approvals/approvals.contract.js';
import { ANA } from '../../../web/src/testing/ana.js';
import { NOW } from '../../../web/src/testing/approval-fixture.js';
import type { Script } from '../../support/stage.js';

/** People and things that the scenes share. All data is invented. */
export const ID = 'a'.repeat(48);
export const MINUTE = 60_000;
export const DAY = 86_400_000;

export const signedIn: Script = { me: ANA, site: { isSandbox: false, mcpUrl: 'https://countersign.acme.example/mcp' } };
export const strangers: Script = { ...signedIn, me: refusal(401, 'not_signed_in', 'Sign in first.') };

export function refusal(status: number, code: string, detail: string, more: Partial<Problem> = {}): Problem {
  return { type: 'about:blank', title: code, status, code, detail, ...more };
}

export function person(patch: Partial<Me['user']>): Me {
  return { ...ANA, user: { ...ANA.user, ...patch } };
}

type Call = NonNullable<Approval['call']>;
type Body = NonNullable<Call['body']>;

/** A body as the server would describe it. */
export function body(raw: string, formatted: Body['formatted'] = []): Body {
  return { bytes: Buffer.byteLength(raw), lines: raw.split('\n').length, raw, formatted };
}

export function grant(id: string, patch: Partial<GrantItem> = {}): GrantItem {
  return {
    id,
    kind: 'broad',
    status: 'approved',
    client: { id: 'client_01', name: 'Claude Code' },
    organization: 'org_acme',
    level: 'read',
    isDestructive: false,
    providers: [
      { id: 'linear', name: 'Linear' },
      { id: 'notion', name: 'Notion' },
    ],
    title: null,
    words: [],
    askedAt: NOW - 3 * MINUTE,
    sessionStartedAt: NOW - 60 * MINUTE,
    closesAt: NOW + 7 * MINUTE,
    decidedAt: NOW - 2 * MINUTE,
    expiresAt: NOW + 3 * MINUTE,
    endedAt: null,
    durationMs: 5 * MINUTE,
    isNarrowed: false,
    reasonCode: null,
    withdrawReason: null,
    callsMade: 7,
    maxCalls: 20,
    lastCalls: [
      { at: NOW - 20_000, method: 'POST', url: 'https://api.linear.app/graphql', result: 'answered', status: 200 },
      {
        at: NOW - 50_000,
        method: 'GET',
        url: 'https://api.notion.com/v1/pages/59833787-2cf9-4fdf-8782-e53db20768a5',
        result: 'answered',
        status: 404,
      },
      {
        at: NOW - 80_000,
        method: 'POST',
        url: 'https://api.notion.com/v1/search',
        result: 'outcome_unknown',
        status: null,
      },
    ],
    ...patch,
  };
}

export function exactGrant(id: string, patch: Partial<GrantItem> = {}): GrantItem {
  return grant(id, {
    kind: 'request',
    level: 'write',
    isDestructive: true,
    providers: [{ id: 'notion', name: 'Notion' }],
    title: 'Archive a page in Notion',
    words: ['copper', 'lantern', 'orbit', 'meadow'],
    callsMade: 0,
    maxCalls: 1,
    lastCalls: [],
    ...patch,
  });
}

export function grants(...items: readonly GrantItem[]): GrantPageView {
  return { now: NOW, items: [...items], nextCursor: null, total: items.length };
}

export function integration(
  name: string,
  patch: Partial<Integrations['items'][number]> = {},
): Integrations['items'][number] {
  return {
    slug: name.toLowerCase(),
    name,
    icon: name.toLowerCase(),
    providers: [{ id: name.toLowerCase(), name }],
    state: 'connected',
    scopes: ['read', 'write'],
    missingScopes: [],
    connectedAt: NOW - 40 * DAY,
    ...patch,
  };
}
