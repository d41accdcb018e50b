import type { Call, Verdict } from '../call.js';
import { isRecord, jsonBodyOf } from '../call-body.js';
import type { Endpoint } from '../endpoint.js';
import { read, write } from '../rest.js';
import { describeSql } from '../sql-description.js';
import { googleProvider, reads, UPLOAD_TYPES } from './google.js';

const BASE = 'https://bigquery.googleapis.com/bigquery/v2';
const PROJECT = '/bigquery/v2/projects/{project}';
const DATASET = `${PROJECT}/datasets/{dataset}`;
const TABLE = `${DATASET}/tables/{table}`;
const ROUTINE = `${DATASET}/routines/{routine}`;
const POLICY = `${TABLE}/rowAccessPolicies/{policy}`;
const IAM = { because: 'it only looks at who may do what' } as const;

/** What a dry run may say beside `dryRun`. Anything else could be read in a second way. */
const DRY_RUN_KEYS: ReadonlySet<string> = new Set(
  'query dryRun useLegacySql location defaultDataset maximumBytesBilled parameterMode queryParameters'.split(' '),
);

/** Whatever the SQL is, BigQuery validates a dry run and runs nothing. SQL that runs is a write. */
function classifyQuery(call: Call): Verdict {
  const operation = `POST ${PROJECT}/queries`;
  const body = jsonBodyOf(call);
  const isPlain = call.method === 'POST' && new URL(call.url).search === '';
  if (isPlain && isRecord(body) && body.dryRun === true && Object.keys(body).every((key) => DRY_RUN_KEYS.has(key))) {
    return { level: 'read', reason: 'a dry run validates the SQL and runs nothing', operation };
  }
  return { level: 'write', reason: 'every SQL query that runs counts as a write', operation };
}

const queries: Endpoint = {
  path: `${PROJECT}/queries`,
  classify: classifyQuery,
  describe: (call, providerName) => {
    const body = jsonBodyOf(call);
    return describeSql(isRecord(body) ? body.query : undefined, false, providerName);
  },
};

/**
 * Host, paths and methods verified in Google's discovery document of BigQuery v2, where GET only reads; `dryRun` in its
 * description there. Slug: a guess.
 */
export const googleBigquery = googleProvider({
  id: 'google-bigquery',
  name: 'Google BigQuery',
  hosts: ['bigquery.googleapis.com'],
  paths: ['/bigquery/v2/**', '/upload/bigquery/v2/**', '/resumable/upload/bigquery/v2/**'],
  callerHeaders: { 'content-type': UPLOAD_TYPES },
  endpoints: [queries],
  rules: [
    ...[TABLE, ROUTINE, POLICY].flatMap((path) => [
      read('POST', `${path}:getIamPolicy`, 'Read who may do what', IAM),
      read('POST', `${path}:testIamPermissions`, 'Test what you may do', IAM),
    ]),
    ...reads({
      '/bigquery/v2/projects': 'List projects',
      [`${PROJECT}/datasets`]: 'List datasets',
      [DATASET]: 'Read a dataset',
      [`${DATASET}/tables`]: 'List tables',
      [TABLE]: 'Read a table’s schema',
      [`${TABLE}/data`]: 'Read the rows of a table',
      [`${PROJECT}/queries/{job}`]: 'Read the results of a query',
      [`${PROJECT}/jobs`]: 'List jobs',
      [`${PROJECT}/jobs/{job}`]: 'Read a job',
      [`${PROJECT}/**`]: 'Read from BigQuery',
    }),

    write('POST', `${PROJECT}/jobs`, 'Start a job: a query, load, export or copy'),
    write('POST', `${PROJECT}/jobs/{job}/cancel`, 'Cancel a job'),
    write('DELETE', `${PROJECT}/jobs/{job}/delete`, 'Delete a job'),
    write('POST', `${PROJECT}/datasets`, 'Create a dataset'),
    write('PATCH', DATASET, 'Update a dataset'),
    write('PUT', DATASET, 'Replace a dataset’s settings'),
    write('DELETE', DATASET, 'Delete a dataset'),
    write('POST', `${DATASET}:undelete`, 'Restore a dataset'),
    write('POST', `${DATASET}/tables`, 'Create a table'),
    write('PATCH', TABLE, 'Update a table'),
    write('PUT', TABLE, 'Replace a table’s settings'),
    write('DELETE', TABLE, 'Delete a table'),
    write('POST', `${TABLE}/insertAll`, 'Insert rows'),
    write('POST', `${TABLE}:setIamPolicy`, 'Change who may use a table'),
    write('POST', `${DATASET}/routines`, 'Create a routine'),
    write('PUT', ROUTINE, 'Replace a routine'),
    write('DELETE', ROUTINE, 'Delete a routine'),
    write('POST', `${ROUTINE}:setIamPolicy`, 'Change who may use a routine'),
    write('PATCH', `${DATASET}/models/{model}`, 'Update a model'),
    write('DELETE', `${DATASET}/models/{model}`, 'Delete a model'),
    write('POST', `${TABLE}/rowAccessPolicies`, 'Create a row access policy'),
    write('PUT', POLICY, 'Replace a row access policy'),
    write('DELETE', POLICY, 'Delete a row access policy'),
    write('POST', `${TABLE}/rowAccessPolicies:batchDelete`, 'Delete row access policies'),
    write('POST', '/upload/bigquery/v2/projects/{project}/jobs', 'Load data into a table'),
  ],
  reads: 'Look at datasets, tables and their rows, jobs and the results of queries that ran.',
  writes: 'Run any SQL that you may run, load data, and create, change and delete tables and datasets.',
  instructions: `BigQuery is at ${BASE}. SQL: POST projects/{project}/queries with { query, useLegacySql: false }: a write, a SELECT too. With { query, dryRun: true } it only validates, which is a read. Rows without SQL: GET projects/{project}/datasets/{dataset}/tables/{table}/data?maxResults=….`,
  examples: {
    read: { method: 'GET', url: `${BASE}/projects/my-project/datasets/sales/tables/orders/data?maxResults=20` },
    write: {
      method: 'POST',
      url: `${BASE}/projects/my-project/queries`,
      body: { query: 'SELECT 1', useLegacySql: false },
    },
  },
});
