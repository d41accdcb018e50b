import { defineProvider } from '../define-provider.js';
import { read, write } from '../rest.js';

const BASE = 'https://api.attio.com/v2';

/**
 * Paths and the POST reads from a client that is made from Attio's OpenAPI description, and the scopes that it says; the slug from
 * the documentation of WorkOS. GET only reads, that of SCIM included. There are no labels of others for Attio: the corpus
 * is our own.
 */
export const attio = defineProvider({
  id: 'attio',
  name: 'Attio',
  hosts: ['api.attio.com'],
  paths: ['/v2/**', '/scim/v2/**'],
  neverCallable: ['/oauth/**'],
  refused: [
    {
      method: 'POST',
      path: '/v2/webhooks',
      why: 'Its answer has the secret of the webhook. Create webhooks in Attio itself.',
    },
  ],
  rules: [
    read('POST', '/v2/objects/{object}/records/query', 'List records', { because: 'a query changes nothing' }),
    read('POST', '/v2/objects/records/search', 'Search records', { because: 'a search changes nothing' }),
    read('POST', '/v2/lists/{list}/entries/query', 'List the entries of a list', {
      because: 'a query changes nothing',
    }),

    read('GET', '/v2/self', 'Read who the connection belongs to'),
    read('GET', '/v2/objects', 'List objects'),
    read('GET', '/v2/objects/{object}/records/{recordId}', 'Read a record'),
    read('GET', '/v2/lists', 'List lists'),
    read('GET', '/v2/lists/{list}/entries/{entryId}', 'Read an entry of a list'),
    read('GET', '/v2/notes', 'List notes'),
    read('GET', '/v2/notes/{noteId}', 'Read a note'),
    read('GET', '/v2/tasks', 'List tasks'),
    read('GET', '/v2/tasks/{taskId}', 'Read a task'),
    read('GET', '/v2/meetings', 'List meetings'),
    read('GET', '/v2/workspace_members', 'List members of the workspace'),
    read('GET', '/v2/**', 'Read data'),
    read('GET', '/scim/v2/**', 'Read people and teams that are provisioned'),

    write('POST', '/v2/objects/{object}/records', 'Create a record'),
    write('PUT', '/v2/objects/{object}/records', 'Create or update a record', {
      because: 'it creates the record or overwrites the one that matches',
    }),
    write('PATCH', '/v2/objects/{object}/records/{recordId}', 'Update a record'),
    write('PUT', '/v2/objects/{object}/records/{recordId}', 'Update a record'),
    write('DELETE', '/v2/objects/{object}/records/{recordId}', 'Delete a record'),
    write('POST', '/v2/lists/{list}/entries', 'Add a record to a list'),
    write('PUT', '/v2/lists/{list}/entries', 'Add a record to a list or update its entry'),
    write('PATCH', '/v2/lists/{list}/entries/{entryId}', 'Update an entry of a list'),
    write('PUT', '/v2/lists/{list}/entries/{entryId}', 'Update an entry of a list'),
    write('DELETE', '/v2/lists/{list}/entries/{entryId}', 'Remove an entry from a list'),
    write('POST', '/v2/lists', 'Create a list'),
    write('PATCH', '/v2/lists/{list}', 'Update a list'),
    write('POST', '/v2/objects', 'Create an object'),
    write('PATCH', '/v2/objects/{object}', 'Update an object'),
    write('POST', '/v2/{target}/{identifier}/attributes', 'Create an attribute'),
    write('PATCH', '/v2/{target}/{identifier}/attributes/{attribute}', 'Update an attribute'),
    write('POST', '/v2/{target}/{identifier}/attributes/{attribute}/options', 'Create an option'),
    write('PATCH', '/v2/{target}/{identifier}/attributes/{attribute}/options/{option}', 'Update an option'),
    write('POST', '/v2/{target}/{identifier}/attributes/{attribute}/statuses', 'Create a status'),
    write('PATCH', '/v2/{target}/{identifier}/attributes/{attribute}/statuses/{status}', 'Update a status'),
    write('POST', '/v2/notes', 'Create a note'),
    write('DELETE', '/v2/notes/{noteId}', 'Delete a note'),
    write('POST', '/v2/tasks', 'Create a task'),
    write('PATCH', '/v2/tasks/{taskId}', 'Update a task'),
    write('DELETE', '/v2/tasks/{taskId}', 'Delete a task'),
    write('POST', '/v2/comments', 'Add a comment'),
    write('DELETE', '/v2/comments/{commentId}', 'Delete a comment'),
    write('POST', '/v2/meetings', 'Create a meeting'),
    write('POST', '/v2/meetings/{meetingId}/call_recordings', 'Add a recording of a call'),
    write('DELETE', '/v2/meetings/{meetingId}/call_recordings/{recordingId}', 'Delete a recording of a call'),
    write('POST', '/v2/files', 'Create a folder or file'),
    write('POST', '/v2/files/upload', 'Upload a file'),
    write('DELETE', '/v2/files/{fileId}', 'Delete a file'),
    write('PATCH', '/v2/webhooks/{webhookId}', 'Update a webhook'),
    write('DELETE', '/v2/webhooks/{webhookId}', 'Delete a webhook'),
    write('DELETE', '/scim/v2/{kind}/{id}', 'Delete a person or team that is provisioned'),
  ],
  reads: 'Read and search people, companies, deals, lists, notes, tasks and meetings of your Attio workspace.',
  writes: 'Create, change and delete records, list entries, notes, tasks and comments.',
  instructions: `Attio's API is at ${BASE}, with JSON bodies of the form { data: { … } }. Objects are people, companies, deals and custom ones. List records by POST objects/{object}/records/query with { filter, sorts, limit, offset }, search by POST objects/records/search, list entries by POST lists/{list}/entries/query: these count as reads.`,
  examples: {
    read: {
      method: 'POST',
      url: `${BASE}/objects/people/records/query`,
      body: { filter: { email_addresses: '<email>' }, limit: 10 },
    },
    write: {
      method: 'POST',
      url: `${BASE}/notes`,
      body: {
        data: {
          parent_object: 'people',
          parent_record_id: '<record id>',
          title: '<title>',
          format: 'plaintext',
          content: '<text>',
        },
      },
    },
  },
});
