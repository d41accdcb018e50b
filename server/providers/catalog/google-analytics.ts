import { type Rule, read, write } from '../rest.js';
import { googleProvider, reads } from './google.js';

const ADMIN = 'https://analyticsadmin.googleapis.com/v1beta';
const DATA = 'https://analyticsdata.googleapis.com/v1beta';
const ALPHA = '/v1alpha/properties/{property}';
const REPORT = { because: 'it only computes a report' } as const;

const VERSIONS = ['v1alpha', 'v1beta'] as const;
const SECRET = 'Its answer has a secret for sending events. Ask a person to do that in Google Analytics.';

function secretsOf(version: (typeof VERSIONS)[number]): string {
  return `/${version}/properties/{property}/dataStreams/{stream}/measurementProtocolSecrets`;
}

/** Both APIs have both versions. The newest reports stand at `v1alpha` itself and name the property in their bodies. */
function rulesOf(version: (typeof VERSIONS)[number]): readonly Rule[] {
  const property = `/${version}/properties/{property}`;
  const account = `/${version}/accounts/{account}`;
  return [
    read('POST', `${property}:runReport`, 'Run a report', REPORT),
    read('POST', `${property}:batchRunReports`, 'Run reports', REPORT),
    read('POST', `${property}:runPivotReport`, 'Run a pivot report', REPORT),
    read('POST', `${property}:batchRunPivotReports`, 'Run pivot reports', REPORT),
    read('POST', `${property}:runRealtimeReport`, 'Run a report of what happens now', REPORT),
    read('POST', `${property}:checkCompatibility`, 'Check dimensions and metrics', REPORT),
    read('POST', `${property}:runAccessReport`, 'Run a report of who looked at data', REPORT),
    read('POST', `${account}:runAccessReport`, 'Run a report of who looked at data', REPORT),
    read('POST', `${account}:searchChangeHistoryEvents`, 'Search the history of changes', REPORT),
    read('POST', `${property}/audienceExports/{export}:query`, 'Read the people of an audience export', REPORT),
    ...reads({
      [`/${version}/accountSummaries`]: 'List accounts and their properties',
      [`/${version}/accounts`]: 'List accounts',
      [`/${version}/properties`]: 'List properties',
      [`${property}/metadata`]: 'List dimensions and metrics',
      [property]: 'Read a property',
      [account]: 'Read an account',
      [`/${version}/**`]: 'Read the configuration',
    }),

    write('POST', `/${version}/properties`, 'Create a property'),
    write('PATCH', property, 'Update a property'),
    write('DELETE', property, 'Delete a property'),
    write('DELETE', account, 'Delete an account'),
    write('POST', `${property}:acknowledgeUserDataCollection`, 'Acknowledge the collection of user data'),
    write('POST', `${property}/audienceExports`, 'Create an audience export', {
      because: 'it stores an export, although a read-only token may do so',
    }),
    write('POST', `${property}/customDimensions`, 'Create a custom dimension'),
    write('POST', `${property}/customDimensions/{dimension}:archive`, 'Archive a custom dimension'),
    write('POST', `${property}/customMetrics`, 'Create a custom metric'),
    write('POST', `${property}/customMetrics/{metric}:archive`, 'Archive a custom metric'),
    write('POST', `${property}/dataStreams`, 'Create a data stream'),
    write('PATCH', `${property}/dataStreams/{stream}`, 'Update a data stream'),
    write('DELETE', `${property}/dataStreams/{stream}`, 'Delete a data stream'),
    write('POST', `${property}/keyEvents`, 'Create a key event'),
    write('PATCH', `${property}/keyEvents/{event}`, 'Update a key event'),
    write('DELETE', `${property}/keyEvents/{event}`, 'Delete a key event'),
    write('POST', `${property}/accessBindings`, 'Let someone see a property'),
    write('DELETE', `${property}/accessBindings/{binding}`, 'Remove someone from a property'),
  ];
}

/**
 * Hosts, paths and methods verified in Google's discovery documents of Analytics Data and Analytics Admin, v1beta and v1alpha,
 * where GET only reads. Funnels, audience lists and report tasks of v1alpha are from the documentation. Slug: a guess.
 */
export const googleAnalytics = googleProvider({
  id: 'google-analytics',
  name: 'Google Analytics',
  hosts: ['analyticsdata.googleapis.com', 'analyticsadmin.googleapis.com'],
  paths: ['/v1beta/**', '/v1beta/accounts:{method}', '/v1alpha/**', '/v1alpha:{method}'],
  secretReads: VERSIONS.flatMap((version) => [secretsOf(version), `${secretsOf(version)}/{secret}`]),
  refused: VERSIONS.flatMap((version) => [
    { method: 'POST' as const, path: secretsOf(version), why: SECRET },
    { method: 'PATCH' as const, path: `${secretsOf(version)}/{secret}`, why: SECRET },
  ]),
  rules: [
    ...rulesOf('v1beta'),
    ...rulesOf('v1alpha'),
    read('POST', '/v1alpha:runReport', 'Run a report', REPORT),
    read('POST', '/v1alpha:batchRunReports', 'Run reports', REPORT),
    read('POST', '/v1alpha:runPivotReport', 'Run a pivot report', REPORT),
    read('POST', '/v1alpha:batchRunPivotReports', 'Run pivot reports', REPORT),
    read('POST', `${ALPHA}:runFunnelReport`, 'Run a funnel report', REPORT),
    read('POST', `${ALPHA}/audienceLists/{list}:query`, 'Read the people of an audience list', REPORT),
    read('POST', `${ALPHA}/reportTasks/{task}:query`, 'Read what a report task found', REPORT),
  ],
  reads: 'Run reports, and read accounts, properties and their settings.',
  writes: 'Create, change, archive and delete properties, streams, dimensions, key events and who may see them.',
  instructions: `Reports: POST ${DATA}/properties/{id}:runReport with { dateRanges, dimensions, metrics }; names: GET ${DATA}/properties/{id}/metadata. Configuration: ${ADMIN}, properties from GET ${ADMIN}/accountSummaries.`,
  examples: {
    read: {
      method: 'POST',
      url: `${DATA}/properties/123456:runReport`,
      body: { dateRanges: [{ startDate: '7daysAgo', endDate: 'today' }], metrics: [{ name: 'activeUsers' }] },
    },
    write: { method: 'POST', url: `${ADMIN}/properties/123456/keyEvents`, body: { eventName: '<event>' } },
  },
});
