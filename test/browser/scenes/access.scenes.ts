import type { GrantItem } from '../../../server/approvals/access.contract.js';
import { NOW } from '../../../web/src/testing/approval-fixture.js';
import type { Scene, Script } from '../../support/stage.js';
import { DAY, exactGrant, grant, grants, integration, MINUTE, refusal, signedIn, strangers } from './casts.js';

const waiting = {
  status: 'pending',
  decidedAt: null,
  expiresAt: null,
  callsMade: 0,
  lastCalls: [],
} satisfies Partial<GrantItem>;

const empty: Script = {
  ...signedIn,
  active: grants(),
  pending: grants(),
  ended: grants(),
  choices: { providers: [], clients: [] },
  integrations: { items: [] },
};
const full: Script = {
  ...signedIn,
  active: grants(
    grant('g1'),
    exactGrant('g2'),
    grant('g3', { client: { id: 'https://agents.example/client.json', name: null }, level: 'write', maxCalls: null }),
  ),
  pending: grants(grant('p1', waiting), exactGrant('p2', waiting)),
  ended: {
    ...grants(
      exactGrant('e1', { status: 'executed', endedAt: NOW - DAY, callsMade: 1 }),
      grant('e2', { status: 'denied', decidedAt: NOW - DAY, expiresAt: null, endedAt: NOW - DAY, callsMade: 0 }),
      grant('e3', { status: 'expired', askedAt: NOW - 2 * DAY, expiresAt: NOW - 2 * DAY + 5 * MINUTE }),
      grant('e4', { status: 'revoked', askedAt: NOW - 3 * DAY, endedAt: NOW - 3 * DAY }),
      exactGrant('e5', { status: 'outcome_unknown', askedAt: NOW - 4 * DAY, endedAt: NOW - 4 * DAY, callsMade: 1 }),
      exactGrant('e6', { status: 'failed', askedAt: NOW - 4 * DAY, endedAt: NOW - 4 * DAY, callsMade: 1 }),
      grant('e7', { status: 'withdrawn', askedAt: NOW - 5 * DAY, endedAt: NOW - 5 * DAY }),
      grant('e8', { status: 'voided', askedAt: NOW - 6 * DAY, endedAt: NOW - 6 * DAY }),
    ),
    nextCursor: 'more',
    total: 312,
  },
  choices: {
    providers: ['Snowflake', 'Linear', 'Notion'].map((name) => ({ id: name.toLowerCase(), name })),
    clients: [
      { id: 'client_01', name: 'Claude Code' },
      { id: 'https://agents.example/client.json', name: null },
    ],
  },
  revoked: { ended: 5, revoked: 3, withdrawn: 2 },
  integrations: {
    items: [
      integration('Linear'),
      integration('GitHub', { scopes: ['repo'], missingScopes: ['workflow', 'read:org'] }),
      integration('Notion', { state: 'needs_reauthorization' }),
      integration('Snowflake', { state: 'not_connected', scopes: [], connectedAt: null }),
      integration('Homegrown', { providers: [] }),
    ],
  },
};

const access = (name: string, tab: string, script: Script, act?: Scene['act']): Scene => ({
  name: `access-${name}`,
  path: `/access#${tab}`,
  script,
  shows: /My access/,
  ...(act === undefined ? {} : { act }),
});
const away = refusal(503, 'store_unavailable', 'The store is out of reach. Nothing was changed.');

export const ACCESS: readonly Scene[] = [
  access('live', 'live', full, (shown) => shown.getByText('Time left').first().waitFor()),
  access('live-empty', 'live', empty, (shown) => shown.getByText(/No assistant may do anything/).waitFor()),
  access('waiting', 'waiting', full, (shown) => shown.getByRole('link', { name: 'Read and decide' }).first().waitFor()),
  access('waiting-empty', 'waiting', empty, (shown) => shown.getByText(/Nothing waits/).waitFor()),
  access('history', 'history', full, (shown) => shown.getByRole('table').first().waitFor()),
  access('history-empty', 'history', empty, (shown) => shown.getByText(/No request has ended yet/).waitFor()),
  access('connections', 'connections', full, (shown) => shown.getByRole('heading', { name: 'Homegrown' }).waitFor()),
  access('connections-empty', 'connections', empty, (shown) => shown.getByText(/no integration yet/).waitFor()),
  access('unreachable', 'live', { ...full, active: away, pending: away }, (shown) =>
    shown.getByRole('button', { name: 'Try again' }).first().waitFor(),
  ),
  access('revoke-all', 'live', full, async (shown) => {
    await shown.getByRole('button', { name: 'Revoke all', exact: true }).click();
    await shown.getByRole('dialog').waitFor();
  }),
  access('revoked', 'live', full, async (shown) => {
    await shown.getByRole('button', { name: 'Revoke', exact: true }).first().click();
    await shown.getByText('Revoked just now').waitFor();
  }),
  access('all-revoked', 'live', { ...full, left: grants() }, async (shown) => {
    await shown.getByRole('button', { name: 'Revoke all', exact: true }).click();
    await shown.getByRole('dialog').getByRole('button', { name: 'Revoke all' }).click();
    await shown.getByText(/3.grants revoked and 2.waiting requests put away/).waitFor();
    await shown.getByText(/No assistant may do anything/).waitFor();
  }),
  access('disconnect', 'connections', full, async (shown) => {
    await shown.getByRole('button', { name: /Disconnect Linear/ }).click();
    await shown.getByRole('dialog').waitFor();
  }),
  {
    ...access('signed-out', 'live', {
      ...strangers,
      active: refusal(401, 'not_signed_in', 'Sign in first.'),
      pending: refusal(401, 'not_signed_in', 'Sign in first.'),
    }),
    shows: /Sign in to see/,
  },
];
