import type { Page } from 'playwright-core';
import type { Approval } from '../../../server/approvals/approvals.contract.js';
import { broadApproval, callApproval, NOW } from '../../../web/src/testing/approval-fixture.js';
import type { Scene, Script } from '../../support/stage.js';
import { body, ID, refusal, signedIn } from './casts.js';

const ASKS = /\?$/;

function asking(name: string, approval: Approval, more: Script = {}, act?: Scene['act'], shows: RegExp = ASKS): Scene {
  return {
    name: `ask-${name}`,
    path: `/approve/${ID}`,
    script: { ...signedIn, approval, ...more },
    shows,
    ...(act === undefined ? {} : { act }),
  };
}

const write = broadApproval(
  { level: 'write', reason: 'I need to move the issues that you closed.\nThen I tell you which ones.' },
  { requested: { level: 'write', providers: ['linear', 'notion', 'snowflake'], durationMs: 900_000, maxCalls: 50 } },
);

const many = Array.from({ length: 200 }, (_, index) => ({
  id: `provider-${index}`,
  name: `Provider ${String(index).padStart(3, '0')}`,
  slug: `provider-${index}`,
  icon: index % 3 === 0 ? 'notion' : null,
  connection: index % 7 === 3 ? ('not_connected' as const) : ('connected' as const),
  scopes: ['read'],
  missingScopes: [],
  reads: 'Read things.',
  writes: 'Change things.',
}));

const hundreds = broadApproval(
  {},
  {
    providers: many,
    requested: { level: 'read', providers: many.map(({ id }) => id), durationMs: 300_000, maxCalls: null },
  },
);

const mutation = `mutation Move($id: String!) {\n  issueUpdate(id: $id, input: { stateId: "done" }) {\n    success\n  }\n}`;
const graphql = callApproval(
  {},
  {
    provider: { id: 'linear', name: 'Linear' },
    method: 'POST',
    host: 'api.linear.app',
    path: '/graphql',
    headers: [{ name: 'content-type', value: 'application/json' }],
    body: body(JSON.stringify({ query: mutation, variables: { id: 'BIL-42' } }), [
      { label: 'Query', language: 'graphql', text: mutation },
      { label: 'Variables', language: 'json', text: '{\n  "id": "BIL-42"\n}' },
    ]),
    title: 'Update an issue in Linear',
    destructive: null,
    levelReason: 'a GraphQL mutation changes data (issueUpdate)',
  },
);

const statement =
  "update orders\nset customer = 'Zürich GmbH', changed_at = current_timestamp()\nwhere id = 1003; -- the duplicate";
const sql = callApproval(
  {},
  {
    provider: { id: 'snowflake', name: 'Snowflake' },
    method: 'POST',
    host: 'acme-main.snowflakecomputing.com',
    path: '/api/v2/statements',
    headers: [{ name: 'content-type', value: 'application/json' }],
    body: body(JSON.stringify({ statement, timeout: 60, warehouse: 'REPORTS' }), [
      { label: 'Statement', language: 'sql', text: statement },
      {
        label: 'Body',
        language: 'json',
        text: JSON.stringify({ statement, timeout: 60, warehouse: 'REPORTS' }, null, 2),
      },
    ]),
    title: 'Run one SQL statement in Snowflake',
    sentence: 'An UPDATE.',
    destructive: null,
    levelReason: 'every SQL statement counts as a write here',
  },
);

const longJson = JSON.stringify(
  {
    children: Array.from({ length: 220 }, (_, index) => ({
      paragraph: `Line ${index} of the minutes of the meeting.`,
    })),
  },
  null,
  2,
);
const long = callApproval(
  { reason: 'אני צריך את הדף הזה. من فضلك وافق على هذا.' },
  {
    path: `/v1/blocks/${'0123456789abcdef'.repeat(250)}/children`,
    query: 'page_size=100',
    body: body(longJson, [{ label: 'Body', language: 'json', text: longJson }]),
    title: 'Add blocks in Notion',
    destructive: null,
  },
);

const unknown = callApproval(
  {},
  {
    path: '/v1/experimental/рaypal/run',
    title: 'Send POST /v1/experimental/рaypal/run to Notion',
    sentence: 'Countersign does not know what this operation does. Read the request itself before you decide.',
    method: 'POST',
    isKnown: false,
    destructive: null,
    body: body('{"a":"x\u200bу","b":"\u202eevil"}', [
      { label: 'Body', language: 'json', text: '{\n  "a": "x\u200bу",\n  "b": "\u202eevil"\n}' },
    ]),
  },
);

const read = callApproval(
  { level: 'read' },
  { method: 'GET', body: null, title: 'Read a page in Notion', destructive: null, levelReason: 'GET only reads' },
);

/** Deny has no condition, so it shows what becomes of a decision on any request. */
const deny = (page: Page) => page.getByRole('button', { name: 'Deny' }).click();
const note = async (page: Page) => page.getByLabel(/^Note to the assistant/).fill('Only the Billing project, please.');
const noteAndDeny = async (page: Page) => {
  await note(page);
  await deny(page);
};
const notice = (text: RegExp) => async (page: Page) => {
  await noteAndDeny(page);
  await page.getByRole('alert').filter({ hasText: text }).waitFor();
};

export const ASKING: readonly Scene[] = [
  asking('broad', broadApproval()),
  asking('broad-write', write),
  asking('broad-last-minute', { ...write, closesAt: NOW + 42_000 }),
  asking('broad-none-selected', broadApproval(), {}, async (page) => {
    for (const name of ['Linear', 'Notion']) await page.getByRole('checkbox', { name }).uncheck({ force: true });
  }),
  asking('broad-wrong-input', write, {}, async (page) => {
    await page.getByLabel('calls', { exact: true }).fill('many');
    await page.getByLabel(/^Note to the assistant/).fill('n'.repeat(501));
  }),
  asking('broad-200', hundreds),
  asking('broad-200-found', hundreds, {}, (page) => page.getByRole('searchbox').fill('17')),
  asking('call-destructive', callApproval()),
  asking('call-read', read),
  asking('call-graphql', graphql),
  asking('call-sql', sql),
  asking('call-long', long),
  asking('call-unknown', unknown),
  asking('call-empty-body', callApproval({}, { body: body(''), destructive: null })),
  asking('call-not-connected', callApproval({}, { connection: 'not_connected', destructive: null })),
  asking(
    'broad-scopes-missing',
    broadApproval(
      {},
      {
        providers: (broadApproval().broad?.providers ?? []).map((one) => ({
          ...one,
          missingScopes: ['issues:create'],
        })),
      },
    ),
  ),
  asking('call-scopes-missing', callApproval({}, { missingScopes: ['update_content'], destructive: null })),
  asking('call-reconnect', callApproval({}, { connection: 'needs_reauthorization', destructive: null })),
  asking('sending', write, { decision: 'never' }, noteAndDeny),
  asking('not-arrived', write, { decision: 'cut' }, notice(/decision did not arrive|do not know yet/)),
  asking(
    'server-down',
    write,
    { decision: refusal(503, 'store_unavailable', 'The store is out of reach.') },
    notice(/do not know yet|did not arrive/),
  ),
  asking(
    'signed-out-meanwhile',
    write,
    { decision: refusal(401, 'not_signed_in', 'Sign in first.') },
    notice(/signed out while you were reading/),
  ),
  asking(
    'wider',
    write,
    { decision: refusal(400, 'wider_than_asked', 'Wider than asked.') },
    notice(/less than was asked, not more/),
  ),
  asking(
    'changed',
    callApproval(),
    { later: { ...callApproval({ digest: 'e'.repeat(64), version: 2 }, { connection: 'connected' }) } },
    undefined,
    /changed while you were reading/,
  ),
];
