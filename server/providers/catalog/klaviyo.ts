import { defineProvider } from '../define-provider.js';
import { type Rule, read, write } from '../rest.js';

const BASE = 'https://a.klaviyo.com/api';

/** Klaviyo computes reports by POST and stores none of them. */
const REPORTS = [
  'campaign-values-reports',
  'flow-series-reports',
  'flow-values-reports',
  'form-series-reports',
  'form-values-reports',
  'segment-series-reports',
  'segment-values-reports',
];

/** Collections that follow one scheme: POST creates, PATCH updates, DELETE deletes. */
const COLLECTIONS = [
  ['campaigns', 'campaign'],
  ['catalog-categories', 'catalog category'],
  ['catalog-items', 'catalog item'],
  ['catalog-variants', 'catalog variant'],
  ['coupon-codes', 'coupon code'],
  ['coupons', 'coupon'],
  ['custom-metrics', 'custom metric'],
  ['data-sources', 'data source'],
  ['flows', 'flow'],
  ['forms', 'form'],
  ['lists', 'list'],
  ['object-types', 'object type'],
  ['segments', 'segment'],
  ['tag-groups', 'tag group'],
  ['tags', 'tag'],
  ['template-universal-content', 'block of universal content'],
  ['templates', 'template'],
  ['web-feeds', 'web feed'],
  ['webhooks', 'webhook'],
] as const;

function changesOf([path, thing]: readonly [path: string, thing: string]): readonly Rule[] {
  return [
    write('POST', `/api/${path}`, `Create a ${thing}`),
    write('PATCH', `/api/${path}/{id}`, `Update a ${thing}`),
    write('DELETE', `/api/${path}/{id}`, `Delete a ${thing}`),
  ];
}

/**
 * Paths, revision and the POST reads from Klaviyo's specification and its Node client. GET only reads. Other revisions than the
 * newest rest on the documentation, the slug is a guess.
 */
export const klaviyo = defineProvider({
  id: 'klaviyo',
  name: 'Klaviyo',
  hosts: ['a.klaviyo.com'],
  paths: ['/api/**'],
  neverCallable: ['/oauth/**'],
  headers: { accept: 'application/vnd.api+json', revision: '2026-07-15' },
  callerHeaders: {
    revision: ['2026-07-15', '2026-04-15', '2026-01-15', '2025-10-15', '2025-07-15', '2025-04-15', '2025-01-15'],
  },
  contentType: 'application/vnd.api+json',
  rules: [
    ...REPORTS.map((name) =>
      read('POST', `/api/${name}`, 'Compute a report', { because: 'the report is computed and not stored' }),
    ),
    read('POST', '/api/metric-aggregates', 'Compute figures of a metric', { because: 'it only computes' }),
    read('POST', '/api/template-render', 'Render a template', { because: 'it only renders' }),

    read('GET', '/api/profiles', 'List profiles'),
    read('GET', '/api/profiles/{id}', 'Read a profile'),
    read('GET', '/api/lists/{id}/profiles', 'List the profiles of a list'),
    read('GET', '/api/segments/{id}/profiles', 'List the profiles of a segment'),
    read('GET', '/api/campaigns', 'List campaigns'),
    read('GET', '/api/campaigns/{id}', 'Read a campaign'),
    read('GET', '/api/flows', 'List flows'),
    read('GET', '/api/events', 'List events'),
    read('GET', '/api/metrics', 'List metrics'),
    read('GET', '/api/**', 'Read data'),

    ...COLLECTIONS.flatMap(changesOf),
    write('POST', '/api/campaign-send-jobs', 'Send a campaign', { because: 'the campaign goes out to its audience' }),
    write('PATCH', '/api/campaign-send-jobs/{id}', 'Cancel the sending of a campaign'),
    write('POST', '/api/campaign-clone', 'Copy a campaign'),
    write('PATCH', '/api/campaign-messages/{id}', 'Update a campaign message'),
    write('POST', '/api/campaign-message-assign-template', 'Assign a template to a campaign message'),
    write('POST', '/api/campaign-recipient-estimation-jobs', 'Start an estimation', { because: 'a job is created' }),
    write('POST', '/api/profiles', 'Create a profile'),
    write('PATCH', '/api/profiles/{id}', 'Update a profile'),
    write('POST', '/api/profile-import', 'Create or update a profile'),
    write('POST', '/api/profile-merge', 'Merge profiles'),
    write('POST', '/api/profile-bulk-import-jobs', 'Import profiles'),
    write('POST', '/api/profile-subscription-bulk-create-jobs', 'Subscribe profiles'),
    write('POST', '/api/profile-subscription-bulk-delete-jobs', 'Unsubscribe profiles'),
    write('POST', '/api/profile-suppression-bulk-create-jobs', 'Suppress profiles'),
    write('POST', '/api/profile-suppression-bulk-delete-jobs', 'Remove suppressions of profiles'),
    write('POST', '/api/data-privacy-deletion-jobs', 'Delete a person’s data for good'),
    write('POST', '/api/lists/{id}/relationships/profiles', 'Add profiles to a list'),
    write('DELETE', '/api/lists/{id}/relationships/profiles', 'Remove profiles from a list'),
    write('POST', '/api/tags/{id}/relationships/{kind}', 'Tag things'),
    write('DELETE', '/api/tags/{id}/relationships/{kind}', 'Remove a tag from things'),
    write('POST', '/api/events', 'Record an event of a profile'),
    write('POST', '/api/event-bulk-create-jobs', 'Record events of profiles'),
    write('POST', '/api/back-in-stock-subscriptions', 'Subscribe a profile to a back-in-stock notice'),
    write('POST', '/api/conversation-messages', 'Send a message in a conversation'),
    write('POST', '/api/template-clone', 'Copy a template'),
    write('POST', '/api/images', 'Add an image from a URL'),
    write('POST', '/api/image-upload', 'Upload an image'),
    write('PATCH', '/api/images/{id}', 'Update an image'),
    write('PATCH', '/api/reviews/{id}', 'Publish, reject or change a review'),
    write('POST', '/api/catalog-item-bulk-create-jobs', 'Create catalog items'),
    write('POST', '/api/catalog-item-bulk-update-jobs', 'Update catalog items'),
    write('POST', '/api/catalog-item-bulk-delete-jobs', 'Delete catalog items'),
    write('POST', '/api/catalog-variant-bulk-delete-jobs', 'Delete catalog variants'),
    write('POST', '/api/catalog-category-bulk-delete-jobs', 'Delete catalog categories'),
    write('POST', '/api/object-record-bulk-delete-jobs', 'Delete object records'),
    write('POST', '/api/coupon-code-bulk-create-jobs', 'Create coupon codes'),
  ],
  reads: 'Read profiles, lists, segments, campaigns, flows, events and reports of your Klaviyo account.',
  writes: 'Send campaigns, and create, change and delete profiles, lists, flows, templates and catalogs.',
  instructions: `Klaviyo's API is at ${BASE}. Bodies are JSON:API: { data: { type, attributes, relationships } }. Revision is 2026-07-15 unless you pass another. Filter with ?filter=equals(email,"…"), page with page[cursor]. Reports are computed by POST (campaign-values-reports, flow-values-reports, metric-aggregates, …) and count as reads.`,
  examples: {
    read: { method: 'GET', url: `${BASE}/campaigns?filter=equals(messages.channel,%27email%27)` },
    write: {
      method: 'POST',
      url: `${BASE}/lists`,
      body: { data: { type: 'list', attributes: { name: '<name>' } } },
    },
  },
});
