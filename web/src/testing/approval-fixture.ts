import type { Approval } from '../../../server/approvals/approvals.contract.js';

export const NOW = Date.parse('2026-11-22T14:33:00Z');

const base: Approval = {
  id: 'a'.repeat(48),
  version: 1,
  kind: 'broad',
  status: 'pending',
  now: NOW,
  level: 'read',
  client: { id: 'client_01', name: 'Claude Code' },
  account: { email: 'ana@acme.example', organization: 'Acme GmbH' },
  reason: 'I need the open issues.',
  askedAt: NOW - 60_000,
  sessionStartedAt: NOW - 3_600_000,
  closesAt: NOW + 540_000,
  expiresAt: null,
  endedAt: null,
  withdrawReason: null,
  digest: 'd'.repeat(64),
  csrfToken: 'decision-token',
  broad: null,
  call: null,
  decision: null,
  execution: null,
};

type Broad = NonNullable<Approval['broad']>;
type Call = NonNullable<Approval['call']>;

/** Read on Linear and Notion, both connected, and on Snowflake, which is not. */
export function broadApproval(patch: Partial<Approval> = {}, broad: Partial<Broad> = {}): Approval {
  const provider = (id: string, name: string, connection: 'connected' | 'not_connected') => ({
    id,
    name,
    slug: `${id}-slug`,
    icon: id,
    connection,
    scopes: ['read', 'write'],
    missingScopes: [],
    reads: `Things of ${name}.`,
    writes: `Changes in ${name}.`,
  });
  return {
    ...base,
    broad: {
      requested: { level: 'read', providers: ['linear', 'notion', 'snowflake'], durationMs: 300_000, maxCalls: null },
      providers: [
        provider('linear', 'Linear', 'connected'),
        provider('notion', 'Notion', 'connected'),
        provider('snowflake', 'Snowflake', 'not_connected'),
      ],
      durationsMs: [300_000, 900_000, 3_600_000],
      granted: null,
      callsMade: 0,
      ...broad,
    },
    ...patch,
  };
}

/** One exact call: archive a page in Notion. */
export function callApproval(patch: Partial<Approval> = {}, call: Partial<Call> = {}): Approval {
  const raw = '{"archived":true}';
  return {
    ...base,
    kind: 'request',
    level: 'write',
    call: {
      provider: { id: 'notion', name: 'Notion' },
      method: 'PATCH',
      host: 'api.notion.com',
      path: '/v1/pages/59833787',
      query: '',
      headers: [{ name: 'Notion-Version', value: '2025-09-03' }],
      credentialHeader: 'Authorization',
      body: {
        bytes: raw.length,
        lines: 1,
        raw,
        formatted: [{ label: 'Body', language: 'json', text: '{\n  "archived": true\n}' }],
      },
      title: 'Archive a page in Notion',
      sentence: '',
      isKnown: true,
      resources: [],
      levelReason: 'PATCH on a page changes it',
      destructive: 'it moves the page to the trash',
      words: ['copper', 'lantern', 'orbit', 'meadow'],
      callDigest: 'c'.repeat(64),
      connection: 'connected',
      missingScopes: [],
      authorityMs: 300_000,
      ...call,
    },
    ...patch,
  };
}

export const approvedDecision: NonNullable<Approval['decision']> = {
  outcome: 'approved',
  at: NOW - 10_000,
  note: null,
  reasonCode: null,
  askAgainAt: null,
  brake: null,
};
