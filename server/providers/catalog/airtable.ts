import { defineProvider } from '../define-provider.js';
import { read, write } from '../rest.js';

const BASE = 'https://api.airtable.com/v0';
const TABLE = '/v0/{baseId}/{table:encoded}';

/**
 * Paths and `listRecords` from Airtable's documentation; the slug from that of WorkOS. Not verified in a specification, since there
 * is none that can be read by machine. GET only reads, but that listing what a webhook told extends its life. A table may be
 * named instead of its id, so that its segment may hold an encoded slash.
 */
export const airtable = defineProvider({
  id: 'airtable',
  name: 'Airtable',
  hosts: ['api.airtable.com', 'content.airtable.com'],
  paths: ['/v0/**', TABLE, `${TABLE}/{part}`, `${TABLE}/{part}/{part}`, `${TABLE}/{part}/{part}/{part}`],
  neverCallable: ['/oauth2/**'],
  refused: [
    {
      method: 'POST',
      path: '/v0/bases/{baseId}/webhooks',
      why: 'Its answer has the secret of the webhook. Create webhooks outside of this server.',
    },
  ],
  rules: [
    read('POST', `${TABLE}/listRecords`, 'List records', { because: 'it is the list of records with a long query' }),

    read('GET', '/v0/meta/whoami', 'Read who the connection belongs to'),
    read('GET', '/v0/meta/bases', 'List bases'),
    read('GET', '/v0/meta/bases/{baseId}/tables', 'Read the tables of a base'),
    read('GET', '/v0/bases/{baseId}/webhooks', 'List webhooks'),
    read('GET', '/v0/meta/**', 'Read bases, workspaces or people'),
    read('GET', '/v0/bases/**', 'Read about a base'),
    read('GET', TABLE, 'List records'),
    read('GET', `${TABLE}/{recordId}`, 'Read a record'),
    read('GET', `${TABLE}/{recordId}/comments`, 'List the comments of a record'),
    read('GET', '/v0/**', 'Read data'),

    write('GET', '/v0/bases/{baseId}/webhooks/{webhookId}/payloads', 'List what a webhook told', {
      because: 'listing extends the life of the webhook by seven days',
    }),
    write('POST', '/v0/meta/bases', 'Create a base'),
    write('DELETE', '/v0/meta/bases/{baseId}', 'Delete a base'),
    write('POST', '/v0/meta/bases/{baseId}/tables', 'Create a table'),
    write('PATCH', '/v0/meta/bases/{baseId}/tables/{tableId}', 'Update a table'),
    write('POST', '/v0/meta/bases/{baseId}/tables/{tableId}/fields', 'Create a field'),
    write('PATCH', '/v0/meta/bases/{baseId}/tables/{tableId}/fields/{fieldId}', 'Update a field'),
    write('POST', '/v0/meta/bases/{baseId}/collaborators', 'Share a base'),
    write('DELETE', '/v0/meta/bases/{baseId}/collaborators/{userId}', 'Remove a collaborator from a base'),
    write('DELETE', '/v0/meta/workspaces/{workspaceId}', 'Delete a workspace'),
    write('DELETE', '/v0/meta/bases/{baseId}/views/{viewId}', 'Delete a view'),
    write('DELETE', '/v0/bases/{baseId}/webhooks/{webhookId}', 'Delete a webhook'),
    write('POST', '/v0/bases/{baseId}/webhooks/{webhookId}/refresh', 'Extend the life of a webhook'),
    write('POST', '/v0/bases/{baseId}/webhooks/{webhookId}/enableNotifications', 'Turn a webhook on or off'),
    // These are no tables, whatever follows.
    write('POST', '/v0/meta/**', 'Change bases, workspaces or people'),
    write('POST', '/v0/bases/**', 'Change a base'),
    write('POST', TABLE, 'Create records'),
    write('PATCH', TABLE, 'Update records'),
    write('PUT', TABLE, 'Replace records', { because: 'fields that are left out are cleared' }),
    write('DELETE', TABLE, 'Delete records'),
    write('PATCH', `${TABLE}/{recordId}`, 'Update a record'),
    write('PUT', `${TABLE}/{recordId}`, 'Replace a record', { because: 'fields that are left out are cleared' }),
    write('DELETE', `${TABLE}/{recordId}`, 'Delete a record'),
    write('POST', `${TABLE}/{recordId}/comments`, 'Add a comment'),
    write('PATCH', `${TABLE}/{recordId}/comments/{commentId}`, 'Update a comment'),
    write('DELETE', `${TABLE}/{recordId}/comments/{commentId}`, 'Delete a comment'),
    write('POST', '/v0/{baseId}/{recordId}/{field}/uploadAttachment', 'Upload an attachment'),
    write('POST', `${TABLE}/sync/{syncId}`, 'Sync data into a table'),
  ],
  reads: 'Read bases, tables, records and comments that your Airtable connection can see.',
  writes: 'Create, change and delete records, comments, tables and fields.',
  instructions: `Airtable's API is at ${BASE}, with JSON bodies. GET meta/bases lists bases, GET meta/bases/{baseId}/tables their tables, GET {baseId}/{tableId} records (?filterByFormula=…, ?view=…); POST {baseId}/{tableId}/listRecords is the same with a body and counts as a read. At most 10 records a write. Upload attachments at content.airtable.com.`,
  examples: {
    read: {
      method: 'POST',
      url: `${BASE}/appAbCdEfGhIjKlMn/tblAbCdEfGhIjKlMn/listRecords`,
      body: { filterByFormula: "{Status} = 'Open'", pageSize: 10 },
    },
    write: {
      method: 'PATCH',
      url: `${BASE}/appAbCdEfGhIjKlMn/tblAbCdEfGhIjKlMn`,
      body: { records: [{ id: 'recAbCdEfGhIjKlMn', fields: { Status: 'Done' } }] },
    },
  },
});
