import { defineProvider } from '../define-provider.js';
import { exactRead } from '../exact-read.js';
import { graphqlEndpoint } from '../graphql-endpoint.js';
import { read, write } from '../rest.js';

const BASE = 'https://api.cloudflare.com/client/v4';
const API = '/client/v4';
const ACCOUNT = `${API}/accounts/{account}`;
const ZONE = `${API}/zones/{zone}`;
const READS = { because: 'GET only reads here' };
const BROWSER = `${ACCOUNT}/browser-rendering/devtools`;

/** What of the remote browser only looks. */
const BROWSER_READS = [
  `${BROWSER}/session`,
  `${BROWSER}/session/{session}`,
  ...['json/version', 'json/protocol', 'json/list', 'json/list/{target}'].map(
    (what) => `${BROWSER}/browser/{session}/${what}`,
  ),
];

/** POSTs that the client's own texts call listing, querying, checking or previewing without a trace. */
const READ_BY_POST: Readonly<Record<string, string>> = {
  [`${ACCOUNT}/storage/kv/namespaces/{namespace}/bulk/get`]: 'Read several values',
  [`${ACCOUNT}/vectorize/v2/indexes/{index}/query`]: 'Query a vector index',
  [`${ACCOUNT}/vectorize/v2/indexes/{index}/get_by_ids`]: 'Read several vectors',
  [`${ACCOUNT}/ai-search/namespaces/{namespace}/search`]: 'Search several indexes',
  [`${ACCOUNT}/ai-search/namespaces/{namespace}/instances/{instance}/search`]: 'Search an index',
  [`${ACCOUNT}/ai-search/instances/{instance}/search`]: 'Search an index',
  [`${ACCOUNT}/analytics/query/**`]: 'Query analytics',
  [`${ACCOUNT}/workers/observability/telemetry/keys`]: 'List what telemetry has',
  [`${ACCOUNT}/workers/observability/telemetry/values`]: 'List what telemetry has',
  [`${ACCOUNT}/registrar/domain-check`]: 'Check whether domains are free',
  [`${ACCOUNT}/registrar/domain-transfer-check`]: 'Check whether domains may move',
  [`${ACCOUNT}/registrar-sandbox/domain-check`]: 'Check whether domains are free',
  [`${ACCOUNT}/cloudforce-one/requests`]: 'List requests for intelligence',
  [`${ACCOUNT}/cloudforce-one/requests/{request}/message`]: 'List the messages of a request',
  [`${ACCOUNT}/dlp/patterns/validate`]: 'Check a pattern',
  [`${ACCOUNT}/pipelines/v1/validate_sql`]: 'Check the SQL of a pipeline',
  [`${ACCOUNT}/logpush/transformers/preview`]: 'Try SQL on one record',
  [`${ACCOUNT}/request-tracer/trace`]: 'Trace a simulated request',
  [`${ACCOUNT}/ai-gateway/billing/topup/status`]: 'Read the state of a payment',
  [`${ACCOUNT}/logpush/validate/destination/exists`]: 'Check for a job with a destination',
  [`${ZONE}/logpush/validate/destination/exists`]: 'Check for a job with a destination',
  [`${ACCOUNT}/logpush/validate/origin`]: 'Check the options of logs',
  [`${ZONE}/logpush/validate/origin`]: 'Check the options of logs',
  [`${ZONE}/ai-audit/robots/bulk`]: 'Read several robots.txt',
  [`${API}/billing/address-validation`]: 'Check an address',
  [`${API}/radar/datasets/download`]: 'Get a link to a dataset',
};

/** What answers with a token, a key or a secret when it is read. */
const SECRET_READS = [
  `${API}/user/api_key`,
  `${ACCOUNT}/cfd_tunnel/{tunnel}/token`,
  `${ACCOUNT}/challenges/widgets/{key}`,
  `${ACCOUNT}/devices/{device}/override_codes`,
  `${ACCOUNT}/devices/registrations/{registration}/override_codes`,
  `${ACCOUNT}/images/v1/keys`,
  `${ACCOUNT}/pages/projects/{project}/upload-token`,
  `${ACCOUNT}/secondary_dns/tsigs`,
  `${ACCOUNT}/secondary_dns/tsigs/{id}`,
  `${ACCOUNT}/stream/live_inputs/{input}`,
  `${ACCOUNT}/stream/webhook`,
  `${ACCOUNT}/warp_connector/{tunnel}/token`,
];

/** Everything else that answers with a token, a key or a secret, by whatever method. */
const SECRETS = [
  `${API}/user/api_key`,
  `${API}/user/tokens/{id}/value`,
  `${API}/{scope}/{id}/access/service_tokens/{token}/rotate`,
  `${ACCOUNT}/access/keys/rotate`,
  `${ACCOUNT}/cfd_tunnel/{tunnel}/management`,
  `${ACCOUNT}/cfd_tunnel/{tunnel}/token`,
  `${ACCOUNT}/challenges/widgets/{key}/rotate_secret`,
  `${ACCOUNT}/client-secret`,
  `${ACCOUNT}/containers/registries/{registry}/credentials`,
  `${ACCOUNT}/devices/{device}/override_codes`,
  `${ACCOUNT}/devices/registrations/{registration}/override_codes`,
  `${ACCOUNT}/gateway/audit_ssh_settings/rotate_seed`,
  `${ACCOUNT}/images/v1/keys`,
  `${ACCOUNT}/images/v1/keys/**`,
  `${ACCOUNT}/magic/ipsec_tunnels/{tunnel}/psk_generate`,
  `${ACCOUNT}/mnm/vpc-flows/token`,
  `${ACCOUNT}/moq/relays/{relay}/tokens/**`,
  `${ACCOUNT}/oauth_clients/{client}/rotate_secret`,
  `${ACCOUNT}/pages/projects/{project}/upload-token`,
  `${ACCOUNT}/r2-catalog/{bucket}/credential`,
  `${ACCOUNT}/r2/temp-access-credentials`,
  `${ACCOUNT}/realtime/kit/{app}/meetings/{meeting}/participants/{person}/token`,
  `${ACCOUNT}/stream/{video}/token`,
  `${ACCOUNT}/tokens/{id}/value`,
  `${ACCOUNT}/warp_connector/{tunnel}/token`,
];
const CREATES_SECRET =
  'This call creates or changes a credential. Ask a person to do that in the Cloudflare dashboard.';

/**
 * Paths verified in Cloudflare's TypeScript client, where GET only reads but for the remote browser, which opens, activates and closes
 * pages by GET, and for PagerDuty, which a GET links. SQL, AI, scans and visits of web pages by POST are no reads. GraphQL is Cloudflare's analytics and has queries alone. Not verified: the slug, that connections are OAuth tokens or
 * API tokens (both Bearer), and that the list of secrets is whole. No labelled operations exist for this API.
 */
export const cloudflare = defineProvider({
  id: 'cloudflare',
  name: 'Cloudflare',
  hosts: ['api.cloudflare.com'],
  neverCallable: SECRETS,
  secretReads: SECRET_READS,
  refused: [
    { method: 'POST', path: `${API}/user/tokens`, why: CREATES_SECRET },
    { method: 'PUT', path: `${API}/user/tokens/{id}`, why: CREATES_SECRET },
    { method: 'POST', path: `${ACCOUNT}/tokens`, why: CREATES_SECRET },
    { method: 'PUT', path: `${ACCOUNT}/tokens/{id}`, why: CREATES_SECRET },
    { method: 'POST', path: `${API}/{scope}/{id}/access/service_tokens`, why: CREATES_SECRET },
    { method: 'POST', path: `${ACCOUNT}/oauth_clients`, why: CREATES_SECRET },
    { method: 'POST', path: `${ACCOUNT}/stream/keys`, why: CREATES_SECRET },
    { method: 'POST', path: `${ACCOUNT}/moq/relays/{relay}/tokens`, why: CREATES_SECRET },
    { method: 'POST', path: `${ACCOUNT}/stream/live_inputs`, why: CREATES_SECRET },
    { method: 'PUT', path: `${ACCOUNT}/stream/live_inputs/{input}`, why: CREATES_SECRET },
    { method: 'PUT', path: `${ACCOUNT}/stream/webhook`, why: CREATES_SECRET },
    { method: 'POST', path: `${ACCOUNT}/challenges/widgets`, why: CREATES_SECRET },
    { method: 'PUT', path: `${ACCOUNT}/challenges/widgets/{key}`, why: CREATES_SECRET },
    { method: 'POST', path: `${ACCOUNT}/cfd_tunnel`, why: CREATES_SECRET },
    { method: 'POST', path: `${ACCOUNT}/warp_connector`, why: CREATES_SECRET },
    { method: 'POST', path: `${ACCOUNT}/calls/apps`, why: CREATES_SECRET },
    { method: 'POST', path: `${ACCOUNT}/calls/turn_keys`, why: CREATES_SECRET },
    {
      method: 'POST',
      path: `${ZONE}/dns_records/batch`,
      why: 'A batch carries changes that are not judged one by one. Send each change of a DNS record as a call of its own.',
    },
  ],
  endpoints: [
    graphqlEndpoint(`${API}/graphql`),
    ...BROWSER_READS.map((path) => exactRead('GET', path, 'Look at a remote browser', 'it only lists')),
  ],
  rules: [
    read('GET', `${API}/zones`, 'List zones'),
    read('GET', ZONE, 'Read a zone'),
    read('GET', `${ZONE}/dns_records`, 'List DNS records'),
    read('GET', `${ZONE}/dns_records/{id}`, 'Read a DNS record'),
    read('GET', `${ZONE}/settings`, 'Read the settings of a zone'),
    read('GET', `${ZONE}/rulesets`, 'List rulesets'),
    read('GET', `${API}/accounts`, 'List accounts'),
    read('GET', `${API}/user`, 'Read who the connection belongs to'),
    read('GET', `${API}/user/tokens/verify`, 'Check the connection'),
    read('GET', `${ACCOUNT}/workers/scripts`, 'List Workers'),
    read('GET', `${ACCOUNT}/pages/projects`, 'List Pages projects'),
    read('GET', `${ACCOUNT}/storage/kv/namespaces/{namespace}/values/{key:encoded}`, 'Read a value'),
    read('GET', `${ACCOUNT}/r2/buckets`, 'List buckets'),
    read('GET', `${ACCOUNT}/d1/database`, 'List databases'),
    read('GET', `${API}/**`, 'Read data', READS),
    write('GET', `${BROWSER}/**`, 'Control a remote browser', {
      because: 'pages of a remote browser are opened, activated and closed by GET',
    }),
    write('GET', `${BROWSER}{more}`, 'Control a remote browser'),
    write('GET', `${ACCOUNT}/alerting/v3/destinations/pagerduty/connect/{token}`, 'Link PagerDuty', {
      because: 'it links PagerDuty with the account',
    }),
    ...Object.entries(READ_BY_POST).map(([path, title]) =>
      read('POST', path, title, { because: 'it only looks up or computes' }),
    ),

    write('POST', `${ZONE}/dns_records`, 'Create a DNS record'),
    write('PATCH', `${ZONE}/dns_records/{id}`, 'Update a DNS record'),
    write('PUT', `${ZONE}/dns_records/{id}`, 'Replace a DNS record'),
    write('DELETE', `${ZONE}/dns_records/{id}`, 'Delete a DNS record'),
    write('POST', `${ZONE}/purge_cache`, 'Purge the cache of a zone'),
    write('PATCH', `${ZONE}/settings/{name}`, 'Change a setting of a zone'),
    write('POST', `${API}/zones`, 'Add a zone'),
    write('DELETE', ZONE, 'Delete a zone'),
    write('POST', `${ZONE}/rulesets`, 'Create a ruleset'),
    write('PUT', `${ZONE}/rulesets/{id}`, 'Replace a ruleset'),
    write('DELETE', `${ZONE}/rulesets/{id}`, 'Delete a ruleset'),
    write('PUT', `${ACCOUNT}/workers/scripts/{name}`, 'Upload a Worker'),
    write('DELETE', `${ACCOUNT}/workers/scripts/{name}`, 'Delete a Worker'),
    write('PUT', `${ACCOUNT}/workers/scripts/{name}/secrets`, 'Set a secret of a Worker'),
    write('POST', `${ACCOUNT}/pages/projects/{name}/deployments`, 'Deploy a Pages project'),
    write('DELETE', `${ACCOUNT}/pages/projects/{name}`, 'Delete a Pages project'),
    write('PUT', `${ACCOUNT}/storage/kv/namespaces/{namespace}/values/{key:encoded}`, 'Set a value'),
    write('DELETE', `${ACCOUNT}/storage/kv/namespaces/{namespace}/values/{key:encoded}`, 'Delete a value'),
    write('POST', `${ACCOUNT}/d1/database/{id}/query`, 'Run SQL', { because: 'its SQL may change data' }),
    write('POST', `${ACCOUNT}/d1/database/{id}/raw`, 'Run SQL', { because: 'its SQL may change data' }),
    write('DELETE', `${ACCOUNT}/d1/database/{id}`, 'Delete a database'),
    write('DELETE', `${ACCOUNT}/r2/buckets/{name}`, 'Delete a bucket'),
    write('POST', `${ACCOUNT}/ai/run/{model}`, 'Run a model', { because: 'it costs, and its answer may be kept' }),
    write('DELETE', `${ACCOUNT}/members/{id}`, 'Remove a member from an account'),
  ],
  reads: 'Read zones, DNS records, settings, Workers, storage and analytics of your Cloudflare accounts.',
  writes: 'Create, change and delete DNS records, settings, Workers, storage and members of your Cloudflare accounts.',
  instructions: `Cloudflare's API is at ${BASE}. Most paths are zones/{zone_id}/… or accounts/{account_id}/…: GET zones?name=example.com tells both ids. Answers are { "success", "errors", "result" }; page with page and per_page. Analytics: POST graphql with one query. Calls that hand out tokens or keys are refused, and so is the batch of DNS records.`,
  examples: {
    read: { method: 'GET', url: `${BASE}/zones/023e105f4ecef8ad9ca31a8372d0c353/dns_records?type=CNAME` },
    write: {
      method: 'POST',
      url: `${BASE}/zones/023e105f4ecef8ad9ca31a8372d0c353/dns_records`,
      body: { type: 'CNAME', name: '<name>', content: '<target>', proxied: true },
    },
  },
});
