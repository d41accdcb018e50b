import { defineProvider } from '../define-provider.js';
import { type Rule, read, write } from '../rest.js';

const BASE = 'https://api.hubapi.com';

/** HubSpot moves from `/crm/v3/objects` to `/crm/objects/2026-03`; both are in use. */
function at(group: string, area: string, rest = ''): readonly string[] {
  return [`/${group}/v{version}/${area}${rest}`, `/${group}/${area}/{version}${rest}`];
}

const RECORDS = at('crm', 'objects', '/{objectType}');
const RECORD = at('crm', 'objects', '/{objectType}/{recordId}');
const LISTS = at('crm', 'lists');
const PROPERTIES = at('crm', 'properties', '/{objectType}');
const ASSOCIATIONS = at('crm', 'associations', '/{fromType}/{toType}');
const FILES = ['/files/{version}/files'];
const PAGES = at('cms', 'pages', '/{pageKind}');
const TABLES = at('cms', 'hubdb', '/tables');
const CAMPAIGNS = at('marketing', 'campaigns');
const EMAILS = at('marketing', 'emails');
const BLOGS = at('cms', 'blogs', '/{blogKind}');
const PIPELINES = at('crm', 'pipelines', '/{objectType}');
const FORMS = at('marketing', 'forms');
const SCHEMAS = ['/crm-object-schemas/{version}/schemas'];
const HOOKS = ['/webhooks/{version}/{appId}/subscriptions'];
const SOURCE_CODE = at('cms', 'source-code', '/{environment}');

const SEARCH = { because: 'a search changes nothing' };

/** HubSpot's naming: a POST whose path ends so only reads, however deep it lies. */
const READ_ENDINGS = [
  ['/batch/read', 'Read several things by their ids', 'batch/read only reads'],
  ['/search', 'Search', 'a search changes nothing'],
] as const;
const DEPTHS = [2, 3, 4, 5, 6, 7, 8].map((depth) => Array.from({ length: depth }, (_, at) => `/{part${at}}`).join(''));

/** Everything that has `…/batch/read`, and siblings of it that write. */
const IN_BATCHES = [
  ...RECORDS,
  ...at('crm', 'objects', '/deals/splits'),
  '/deal-splits/{version}',
  ...PROPERTIES,
  ...ASSOCIATIONS,
  ...at('crm', 'lists', '/records/memberships'),
  ...at('crm', 'extensions/calling', '/connection-statuses'),
  ...SCHEMAS,
  '/automation/{version}/flows',
  '/automation/{version}/workflow-id-mappings',
  ...BLOGS,
  ...PAGES,
  ...at('cms', 'pages', '/landing-pages/folders'),
  ...at('cms', 'hubdb', '/tables/{tableId}/rows'),
  ...at('cms', 'hubdb', '/tables/{tableId}/rows/draft'),
  '/conversations/{version}/conversations/actors',
  '/communication-preferences/{version}/statuses',
  ...CAMPAIGNS,
  ...at('settings', 'currencies', '/exchange-rates'),
  '/media-bridge/{version}/{appId}/properties/{objectType}',
  '/webhooks-journal/journal/{version}',
];

const FAMILIES = [
  'account-info',
  'analytics',
  'automation',
  'business-units',
  'cms',
  'communication-preferences',
  'conversations',
  'crm',
  'crm-object-schemas',
  'deal-splits',
  'events',
  'feature-flags',
  'files',
  'forecast-settings',
  'integrators',
  'marketing',
  'media-bridge',
  'meta',
  'payments-subscriptions',
  'scheduler',
  'settings',
  'tax-rates',
  'url-mappings',
  'webhooks',
  'webhooks-journal',
].map((name) => `/${name}/**`);

function each(paths: readonly string[], rest: string, rule: (path: string) => Rule): readonly Rule[] {
  return paths.map((path) => rule(`${path}${rest}`));
}

/**
 * Paths, POST reads and the two forms of versions from HubSpot's specifications and its Node client. In them GET only reads, and of
 * the POSTs exactly those read that end in `/search`, `/batch/read`, `/idmapping`, `/validate/…` and `unsubscribe-all/read`. Verified
 * in neither: the host of accounts in the EU, so that only the common host is allowed.
 */
export const hubspot = defineProvider({
  id: 'hubspot',
  name: 'HubSpot',
  hosts: ['api.hubapi.com'],
  paths: FAMILIES,
  neverCallable: [
    '/oauth/**',
    '/visitor-identification/**',
    '/conversations/{version}/visitor-identification/**',
    '/conversations/visitor-identification/**',
    '/marketing/{version}/transactional/smtp-tokens/{tokenId}/password-reset',
    '/marketing/transactional/{version}/smtp-tokens/{tokenId}/password-reset',
  ],
  secretReads: ['/oauth/v1/access-tokens/{token}', '/oauth/v1/refresh-tokens/{token}'],
  refused: [
    ...at('marketing', 'transactional', '/smtp-tokens').map((path) => ({
      method: 'POST' as const,
      path,
      why: 'A new SMTP token comes with its password, so it can only be made in HubSpot itself.',
    })),
  ],
  rules: [
    ...each(RECORDS, '/search', (path) => read('POST', path, 'Search CRM records', SEARCH)),
    ...each(LISTS, '/search', (path) => read('POST', path, 'Search lists', SEARCH)),
    ...each(LISTS, '/idmapping', (path) => read('POST', path, 'Translate old ids of lists')),
    ...READ_ENDINGS.flatMap(([ending, title, because]) =>
      each(DEPTHS, ending, (path) => read('POST', path, title, { because })),
    ),
    read('POST', '/communication-preferences/{version}/statuses/batch/unsubscribe-all/read', 'Read who unsubscribed', {
      because: 'it reads the opt-outs that there are',
    }),
    ...each(SOURCE_CODE, '/validate/**', (path) =>
      read('POST', path, 'Check a source file', { because: 'the file is checked and not kept' }),
    ),

    ...each(RECORD, '', (path) => read('GET', path, 'Read a CRM record')),
    ...each(RECORDS, '', (path) => read('GET', path, 'List CRM records')),
    ...each(PROPERTIES, '', (path) => read('GET', path, 'List the properties of an object type')),
    ...FAMILIES.map((path) => read('GET', path, `Read from ${(path.split('/')[1] ?? '').replaceAll('-', ' ')}`)),

    ...each(RECORDS, '', (path) => write('POST', path, 'Create a CRM record')),
    ...each(RECORD, '', (path) => write('PATCH', path, 'Update a CRM record')),
    ...each(RECORD, '', (path) => write('DELETE', path, 'Archive a CRM record')),
    ...each(RECORDS, '/merge', (path) => write('POST', path, 'Merge two CRM records')),
    ...each(RECORDS, '/gdpr-delete', (path) => write('POST', path, 'Delete a CRM record for good')),
    ...each(IN_BATCHES, '/batch/create', (path) => write('POST', path, 'Create several things')),
    ...each(IN_BATCHES, '/batch/update', (path) => write('POST', path, 'Update several things')),
    ...each(IN_BATCHES, '/batch/upsert', (path) => write('POST', path, 'Create or update several things')),
    ...each(IN_BATCHES, '/batch/archive', (path) => write('POST', path, 'Archive several things')),
    ...each(RECORD, '/associations/{toType}/{toId}', (path) => write('PUT', path, 'Associate two CRM records')),
    ...each(RECORD, '/associations/{toType}/{toId}', (path) =>
      write('DELETE', path, 'Remove associations of a record'),
    ),
    ...each(PROPERTIES, '', (path) => write('POST', path, 'Create a property')),
    ...each(PROPERTIES, '/{propertyName}', (path) => write('PATCH', path, 'Update a property')),
    ...each(PROPERTIES, '/{propertyName}', (path) => write('DELETE', path, 'Archive a property')),
    ...each(PIPELINES, '', (path) => write('POST', path, 'Create a pipeline')),
    ...each(PIPELINES, '/{pipelineId}', (path) => write('PATCH', path, 'Update a pipeline')),
    ...each(PIPELINES, '/{pipelineId}', (path) => write('PUT', path, 'Replace a pipeline')),
    ...each(PIPELINES, '/{pipelineId}', (path) => write('DELETE', path, 'Delete a pipeline')),
    ...each(PIPELINES, '/{pipelineId}/stages/{stageId}', (path) => write('DELETE', path, 'Delete a stage')),
    ...each(SCHEMAS, '', (path) => write('POST', path, 'Create a type of CRM records')),
    ...each(SCHEMAS, '/{objectType}', (path) => write('PATCH', path, 'Update a type of CRM records')),
    ...each(SCHEMAS, '/{objectType}', (path) => write('DELETE', path, 'Delete a type of CRM records')),
    ...each(LISTS, '', (path) => write('POST', path, 'Create a list')),
    ...each(LISTS, '/{listId}', (path) => write('DELETE', path, 'Delete a list')),
    ...each(LISTS, '/{listId}/memberships', (path) => write('DELETE', path, 'Remove all records from a list')),
    ...each(LISTS, '/{listId}/memberships/add', (path) => write('PUT', path, 'Add records to a list')),
    ...each(LISTS, '/{listId}/memberships/remove', (path) => write('PUT', path, 'Remove records from a list')),
    write('POST', '/conversations/{version}/conversations/threads/{threadId}/messages', 'Send a message in a thread'),
    write('PATCH', '/conversations/{version}/conversations/threads/{threadId}', 'Update a thread'),
    write('DELETE', '/conversations/{version}/conversations/threads/{threadId}', 'Archive a thread'),
    ...each(FILES, '', (path) => write('POST', path, 'Upload a file')),
    ...each(FILES, '/{fileId}', (path) => write('PUT', path, 'Replace a file')),
    ...each(FILES, '/{fileId}', (path) => write('PATCH', path, 'Update a file')),
    ...each(FILES, '/{fileId}', (path) => write('DELETE', path, 'Delete a file')),
    ...each(FILES, '/{fileId}/gdpr-delete', (path) => write('DELETE', path, 'Delete a file for good')),
    ...each(PAGES, '', (path) => write('POST', path, 'Create a page')),
    ...each(PAGES, '/{pageId}', (path) => write('PATCH', path, 'Update a page')),
    ...each(PAGES, '/{pageId}', (path) => write('DELETE', path, 'Delete a page')),
    ...each(PAGES, '/{pageId}/draft/push-live', (path) => write('POST', path, 'Publish the draft of a page')),
    ...each([...PAGES, ...BLOGS], '/multi-language/{change}', (path) => write('POST', path, 'Change languages')),
    ...each([...PAGES, ...BLOGS], '/{id}/revisions/{revisionId}/{change}', (path) =>
      write('POST', path, 'Restore an old version'),
    ),
    ...each(PAGES, '/ab-test/{change}', (path) => write('POST', path, 'Change an A/B test of a page')),
    ...each([...PAGES, ...BLOGS], '/schedule', (path) => write('POST', path, 'Schedule a publication')),
    ...each(BLOGS, '', (path) => write('POST', path, 'Create a blog post, author or tag')),
    ...each(BLOGS, '/{id}', (path) => write('PATCH', path, 'Update a blog post, author or tag')),
    ...each(BLOGS, '/{id}', (path) => write('DELETE', path, 'Delete a blog post, author or tag')),
    ...each(BLOGS, '/{id}/draft/push-live', (path) => write('POST', path, 'Publish the draft of a blog post')),
    ...each(TABLES, '/{tableId}/draft/publish', (path) => write('POST', path, 'Publish the draft of a table')),
    ...each(TABLES, '/{tableId}', (path) => write('DELETE', path, 'Delete a table')),
    ...each(TABLES, '/{tableId}/rows/draft/batch/purge', (path) => write('POST', path, 'Delete rows for good')),
    // A file may have any path, `x/batch/read` too, and a person any name.
    ...each(SOURCE_CODE, '/content/**', (path) => write('POST', path, 'Create a source file')),
    ...each(SOURCE_CODE, '/content/**', (path) => write('PUT', path, 'Replace a source file')),
    ...each(SOURCE_CODE, '/content/**', (path) => write('DELETE', path, 'Delete a source file')),
    ...each(at('cms', 'source-code'), '/extract/**', (path) => write('POST', path, 'Unpack source files')),
    write('POST', '/communication-preferences/{version}/statuses/{subscriber}', 'Change what a person subscribes to'),
    ...each(EMAILS, '', (path) => write('POST', path, 'Create a marketing email')),
    ...each(EMAILS, '/{emailId}', (path) => write('PATCH', path, 'Update a marketing email')),
    ...each(EMAILS, '/{emailId}', (path) => write('DELETE', path, 'Delete a marketing email')),
    ...each(EMAILS, '/{emailId}/publish', (path) => write('POST', path, 'Publish or send a marketing email')),
    ...each(EMAILS, '/{emailId}/unpublish', (path) => write('POST', path, 'Unpublish a marketing email')),
    ...each(FORMS, '', (path) => write('POST', path, 'Create a form')),
    ...each(FORMS, '/{formId}', (path) => write('PATCH', path, 'Update a form')),
    ...each(FORMS, '/{formId}', (path) => write('PUT', path, 'Replace a form')),
    ...each(FORMS, '/{formId}', (path) => write('DELETE', path, 'Archive a form')),
    ...each(HOOKS, '', (path) => write('POST', path, 'Subscribe to events')),
    ...each(HOOKS, '/{subscriptionId}', (path) => write('DELETE', path, 'Delete a subscription to events')),
    ...each(CAMPAIGNS, '/{campaignId}', (path) => write('DELETE', path, 'Delete a campaign')),
    ...each(at('marketing', 'transactional'), '/single-email/send', (path) => write('POST', path, 'Send an email')),
    write('POST', '/communication-preferences/{version}/subscribe', 'Subscribe a person to emails'),
    write('POST', '/communication-preferences/{version}/unsubscribe', 'Unsubscribe a person from emails'),
    write('POST', '/communication-preferences/{version}/statuses/batch/unsubscribe-all', 'Unsubscribe several people'),
    write('DELETE', '/automation/{version}/flows/{flowId}', 'Delete a workflow'),
    write('PUT', '/automation/{version}/flows/{flowId}', 'Replace a workflow'),
    write('POST', '/scheduler/{version}/meetings/meeting-links/book', 'Book a meeting'),
    ...each(at('settings', 'users'), '', (path) =>
      write('POST', path, 'Add a user', { because: 'a person gets access to the account' }),
    ),
    ...each(at('settings', 'users'), '/{userId}', (path) => write('DELETE', path, 'Remove a user')),
  ],
  reads:
    'Read and search contacts, companies, deals, tickets, lists, pages, emails and settings of your HubSpot account.',
  writes: 'Create, change, merge and archive CRM records, lists, pages and files, and send emails and messages.',
  instructions: `HubSpot's API is at ${BASE}, with JSON bodies. CRM: /crm/v3/objects/{type} for contacts, companies, deals, tickets and custom types. Search by POST /crm/v3/objects/{type}/search with { filterGroups, properties, limit }; read many by POST …/batch/read with { inputs: [{ id }] }. Both count as reads.`,
  examples: {
    read: {
      method: 'POST',
      url: `${BASE}/crm/v3/objects/contacts/search`,
      body: {
        filterGroups: [{ filters: [{ propertyName: 'email', operator: 'EQ', value: '<email>' }] }],
        properties: ['firstname', 'lastname'],
        limit: 10,
      },
    },
    write: {
      method: 'PATCH',
      url: `${BASE}/crm/v3/objects/deals/9175502`,
      body: { properties: { dealstage: '<stage>' } },
    },
  },
});
