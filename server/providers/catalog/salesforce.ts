import type { Call, Method } from '../call.js';
import { isRecord, jsonBodyOf } from '../call-body.js';
import { defineProvider } from '../define-provider.js';
import { foldedPaths } from '../folded-path.js';
import { graphqlEndpoint } from '../graphql-endpoint.js';
import { withEffects } from '../read-effects.js';
import { type Rule, read, write } from '../rest.js';

const HOST = 'https://{tenant}.my.salesforce.com';
const BASE = `${HOST}/services/data/v62.0`;
const DATA = '/services/data/v{version}';

/** The partitions of My Domain: production has none. */
const PARTITIONS = ['', 'sandbox.', 'develop.', 'scratch.', 'demo.', 'patch.', 'trailblaze.'];

/** Resources of the data API that GET only reads. `tooling` is not among them. */
const FAMILIES = [
  'actions',
  'analytics',
  'appMenu',
  'asset-management',
  'async-queries',
  'chatter',
  'commerce',
  'compactLayouts',
  'composite',
  'connect',
  'consent',
  'dedupe',
  'eclair',
  'einstein',
  'emailConnect',
  'event',
  'folders',
  'iot',
  'jobs',
  'jsonxform',
  'knowledgeManagement',
  'licensing',
  'limits',
  'localizedvalue',
  'metadata',
  'named',
  'nouns',
  'parameterizedSearch',
  'payments',
  'process',
  'quickActions',
  'recent',
  'scheduling',
  'serviceTemplates',
  'smartdatadiscovery',
  'sobjects',
  'support',
  'tabs',
  'theme',
  'ui-api',
  'wave',
];

const QUERIES = [
  ['query', 'Query records', 'SOQL cannot change data'],
  ['queryAll', 'Query records, deleted ones too', 'SOQL cannot change data'],
  ['search', 'Search', 'SOSL cannot change data'],
] as const;
/** POSTs that the documentation offers because what they look up is too long for a URL. */
const READ_POSTS = [
  'scheduling/available-territory-slots',
  'scheduling/getAppointmentCandidates',
  'scheduling/getAppointmentSlots',
  'ui-api/list-records/{objectType}/{listView}',
  'ui-api/predupe',
  'ui-api/related-list-records/**',
  'wave/query',
];
const TOOLING_READS = ['query', 'queryAll', 'search', 'sobjects', 'completions', 'describe'];
const RUNS_CODE = { because: 'it runs Apex code, which may change anything' };
const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The documentation writes a slash at the end as often as none. */
function readsOf([name, title, because]: readonly [name: string, title: string, because?: string]): readonly Rule[] {
  const more = because === undefined ? {} : { because };
  return ['', '/', '/**'].map((end) => read('GET', `${DATA}/${name}${end}`, title, more));
}

const definition = defineProvider({
  id: 'salesforce',
  name: 'Salesforce',
  hosts: [],
  tenantHosts: PARTITIONS.map((partition) => `{tenant}.${partition}my.salesforce.com`),
  paths: [
    '/services/data',
    '/services/data/',
    '/services/data/**',
    '/services/apexrest/**',
    '/services/oauth2/userinfo',
  ],
  neverCallable: [
    '/services/oauth2/token',
    '/services/oauth2/revoke',
    '/services/oauth2/introspect',
    '/services/oauth2/authorize',
    '/services/oauth2/singleaccess',
    '/services/oauth2/register',
    '/services/oauth2/device/**',
    `${DATA}/named-credentials/**`,
    `${DATA}/connect/named-credentials/**`,
  ],
  secretReads: [`${DATA}/named-credentials/**`, `${DATA}/connect/named-credentials/**`],
  refused: [
    ...['', '/batch', '/graph'].flatMap((kind) =>
      [`${DATA}/composite${kind}`, `${DATA}/tooling/composite${kind}`].map((path) => ({
        method: 'POST' as const,
        path,
        why: 'This call carries others, which have to be judged one by one. Send them one by one, or use composite/sobjects for many records.',
      })),
    ),
    // GET there only tells whether a password has expired.
    ...(['POST', 'PUT', 'PATCH', 'DELETE'] as const).flatMap((method) =>
      ['User', 'SelfServiceUser'].flatMap((type) =>
        ['', '{ending}', '/**'].map((end) => ({
          method,
          path: `${DATA}/sobjects/${type}/{userId}/password${end}`,
          why: 'This call sets a password or answers with a new one. Ask a person to do that in Salesforce.',
        })),
      ),
    ),
  ],
  callerHeaders: {
    'sforce-query-options': 'any',
    'if-modified-since': 'any',
    'if-none-match': 'any',
    'if-match': 'any',
  },
  endpoints: [graphqlEndpoint(`${DATA}/graphql`)],
  rules: [
    read('POST', `${DATA}/parameterizedSearch`, 'Search', { because: 'a search changes nothing' }),
    read('POST', `${DATA}/composite/sobjects/{objectType}`, 'Read several records', {
      because: 'the ids are in the body and nothing changes',
    }),
    read('POST', `${DATA}/analytics/reports/query`, 'Run a report', { because: 'the report is run and not stored' }),
    read('POST', `${DATA}/analytics/reports/{reportId}`, 'Run a report with other filters', {
      because: 'the report is run and not changed',
    }),
    ...READ_POSTS.map((path) =>
      read('POST', `${DATA}/${path}`, 'Look up', { because: 'what to look up is in the body' }),
    ),

    read('GET', '/services/oauth2/userinfo', 'Read who the connection belongs to'),
    ...QUERIES.flatMap(readsOf),
    read('GET', `${DATA}/sobjects/{objectType}/describe`, 'Read the fields of an object'),
    read('GET', `${DATA}/sobjects/{objectType}/{recordId}`, 'Read a record'),
    read('GET', `${DATA}/analytics/reports/{reportId}`, 'Run a report', { because: 'a report only reads' }),
    read('GET', '/services/data', 'List versions of the API'),
    read('GET', '/services/data/', 'List versions of the API'),
    read('GET', DATA, 'List resources of the API'),
    read('GET', `${DATA}/`, 'List resources of the API'),
    ...FAMILIES.flatMap((name) => readsOf([name, `Read from ${name}`])),
    ...TOOLING_READS.flatMap((name) => readsOf([`tooling/${name}`, 'Read from the tooling API'])),

    write('GET', `${DATA}/tooling/executeAnonymous`, 'Run Apex code', RUNS_CODE),
    write('GET', `${DATA}/tooling/runTestsAsynchronous`, 'Run Apex tests', RUNS_CODE),
    write('GET', `${DATA}/tooling/runTestsSynchronous`, 'Run Apex tests', RUNS_CODE),
    write('POST', `${DATA}/tooling/runTestsAsynchronous`, 'Run Apex tests', RUNS_CODE),
    write('POST', `${DATA}/tooling/runTestsSynchronous`, 'Run Apex tests', RUNS_CODE),
    ...METHODS.map((method) => write(method, '/services/apexrest/**', 'Call custom Apex code', RUNS_CODE)),

    write('POST', `${DATA}/sobjects/{objectType}`, 'Create a record'),
    write('PATCH', `${DATA}/sobjects/{objectType}/{recordId}`, 'Update a record'),
    write('DELETE', `${DATA}/sobjects/{objectType}/{recordId}`, 'Delete a record'),
    write('PATCH', `${DATA}/sobjects/{objectType}/{field}/{value}`, 'Create or update a record'),
    write('DELETE', `${DATA}/sobjects/{objectType}/{field}/{value}`, 'Delete a record'),
    write('POST', `${DATA}/composite/sobjects`, 'Create records'),
    write('PATCH', `${DATA}/composite/sobjects`, 'Update records'),
    write('DELETE', `${DATA}/composite/sobjects`, 'Delete records'),
    write('PATCH', `${DATA}/composite/sobjects/{objectType}/{field}`, 'Create or update records'),
    write('POST', `${DATA}/composite/tree/{objectType}`, 'Create records with their children'),
    write('POST', `${DATA}/ui-api/records`, 'Create a record'),
    write('PATCH', `${DATA}/ui-api/records/{recordId}`, 'Update a record'),
    write('DELETE', `${DATA}/ui-api/records/{recordId}`, 'Delete a record'),
    write('POST', `${DATA}/jobs/ingest`, 'Create a bulk job'),
    write('PUT', `${DATA}/jobs/ingest/{jobId}/batches`, 'Upload the data of a bulk job'),
    write('PATCH', `${DATA}/jobs/ingest/{jobId}`, 'Start or abort a bulk job'),
    write('DELETE', `${DATA}/jobs/ingest/{jobId}`, 'Delete a bulk job'),
    write('POST', `${DATA}/jobs/query`, 'Create a bulk query', { because: 'a job is created' }),
    write('POST', `${DATA}/chatter/feed-elements`, 'Post to a feed'),
    write('DELETE', `${DATA}/chatter/feed-elements/{elementId}`, 'Delete a post'),
    write('POST', `${DATA}/actions/custom/flow/{flow}`, 'Run a flow', { because: 'a flow may change anything' }),
    write('POST', `${DATA}/actions/custom/apex/{action}`, 'Run Apex code', RUNS_CODE),
    write('POST', `${DATA}/actions/standard/{action}`, 'Run an action'),
    write('POST', `${DATA}/process/approvals`, 'Submit, approve or reject records'),
    write('POST', `${DATA}/process/rules/**`, 'Run process rules'),
    write('POST', `${DATA}/analytics/reports`, 'Create or copy a report'),
    write('PATCH', `${DATA}/analytics/reports/{reportId}`, 'Update a report'),
    write('DELETE', `${DATA}/analytics/reports/{reportId}`, 'Delete a report'),
    write('POST', `${DATA}/tooling/sobjects/{objectType}`, 'Create metadata'),
    write('PATCH', `${DATA}/tooling/sobjects/{objectType}/{id}`, 'Update metadata'),
    write('DELETE', `${DATA}/tooling/sobjects/{objectType}/{id}`, 'Delete metadata'),
  ],
  reads: 'Query and read records, reports, dashboards and settings that you can see in Salesforce.',
  writes: 'Create, change and delete records, run flows and Apex code, and change metadata.',
  instructions: `Salesforce's API is at ${BASE} (any version v{n}.0), with JSON bodies. Query by GET query?q=SELECT+Id,Name+FROM+Account+LIMIT+10, follow nextRecordsUrl. GET sobjects/{type}/describe tells the fields. Custom Apex (services/apexrest) and executeAnonymous count as writes, by GET too. _HttpMethod and composite, composite/batch and composite/graph are refused: use the method itself, one call at a time.`,
  examples: {
    read: { method: 'GET', url: `${BASE}/query?q=SELECT+Id,Name+FROM+Account+LIMIT+5` },
    write: {
      method: 'PATCH',
      url: `${BASE}/sobjects/Account/001D000000INjVe`,
      body: { Name: '<name>' },
    },
  },
});

/**
 * Paths, the override `_HttpMethod` (refused everywhere) and the GETs that run code from Salesforce's documentation; partitions of
 * hosts from its reference of My Domain. No specification was read, and the slug is an example of WorkOS. GET only reads in the
 * families that are named. SOQL and SOSL cannot change data, but they can count what they find as seen.
 */
export const salesforce = withEffects(definition, (call) =>
  countsAsSeen(call) ? 'it counts what it finds as seen' : null,
);

/** Clauses of SOQL and SOSL. One that only stands in a quoted text counts too. */
const COUNTING = /\b(?:for\s+(?:view|reference|update)|update\s+(?:tracking|viewstat))\b/i;
const COUNTERS: ReadonlySet<string> = new Set(['updatemru', 'updatetracking', 'updateviewstat']);

/** Reading one article counts a view unless the call says that it shall not. */
const ARTICLE = /\/support\/knowledgearticles\/[^/]+$/;

/** Views and searches are counted, and the lists of what was seen last are changed, if a clause or a field asks for it. */
function countsAsSeen(call: Call): boolean {
  const body = jsonBodyOf(call);
  const { pathname, searchParams } = new URL(call.url);
  const isArticle = foldedPaths(pathname).some((path) => ARTICLE.test(path));
  if (isArticle && searchParams.get('updateViewStat') !== 'false') return true;
  const query = [...searchParams];
  const given = [...query, ...(isRecord(body) ? Object.entries(body) : [])];
  return (
    query.some(([, value]) => COUNTING.test(value)) ||
    given.some(([name, value]) => COUNTERS.has(name.trim().toLowerCase()) && String(value).toLowerCase() !== 'false')
  );
}
