import type { Call } from '../call.js';
import { isRecord, jsonBodyOf } from '../call-body.js';
import { defineProvider } from '../define-provider.js';
import { read, write } from '../rest.js';

const BASE = 'https://api.notion.com/v1';

/** An update is how Notion trashes, restores and empties. */
function updateOf(thing: string) {
  return {
    titleOf: (call: Call) => {
      const body = jsonBodyOf(call);
      if (!isRecord(body)) return null;
      if (body.archived === true || body.in_trash === true) return `Archive a ${thing}`;
      if (body.erase_content === true) return `Erase the content of a ${thing}`;
      return body.archived === false || body.in_trash === false ? `Restore a ${thing}` : null;
    },
  };
}

/**
 * Paths, methods and query operations verified in Notion's JavaScript SDK, 5.26, whose GETs only read; versions from its
 * documentation. Never callable: OAuth, and the vaults that keep the credentials of external agents. The Admin API, with its own
 * version and token, is another API.
 */
export const notion = defineProvider({
  id: 'notion',
  name: 'Notion',
  hosts: ['api.notion.com'],
  paths: ['/v1/**'],
  neverCallable: [
    '/v1/oauth',
    '/v1/oauth/**',
    '/v1/external_agent_stub/{agent}/vaults',
    '/v1/external_agent_stub/{agent}/vaults/**',
  ],
  headers: { 'notion-version': '2026-03-11' },
  callerHeaders: { 'notion-version': ['2026-03-11', '2025-09-03', '2022-06-28'] },
  rules: [
    read('POST', '/v1/search', 'Search pages and data sources', { because: 'a search changes nothing' }),
    read('POST', '/v1/data_sources/{id}/query', 'Query a data source', { because: 'a query changes nothing' }),
    read('POST', '/v1/databases/{id}/query', 'Query a database', { because: 'a query changes nothing' }),
    read('POST', '/v1/blocks/meeting_notes/query', 'Query meeting notes', { because: 'a query changes nothing' }),
    read('POST', '/v1/agents/query', 'Query agents', { because: 'a query changes nothing' }),
    read('POST', '/v1/agents/{id}/threads/query', 'Query the threads of an agent', {
      because: 'a query changes nothing',
    }),
    read('POST', '/v1/sessions/query', 'Query sessions', { because: 'a query changes nothing' }),
    read('POST', '/v1/sessions/{id}/events/query', 'Query the events of a session', {
      because: 'a query changes nothing',
    }),
    read('POST', '/v1/threads/{id}/messages/query', 'Query the messages of a thread', {
      because: 'a query changes nothing',
    }),

    read('GET', '/v1/users/me', 'Read who the connection belongs to'),
    read('GET', '/v1/users/{id}', 'Read a user'),
    read('GET', '/v1/users', 'List users'),
    read('GET', '/v1/pages/{id}', 'Read a page'),
    read('GET', '/v1/pages/{id}/markdown', 'Read a page as Markdown'),
    read('GET', '/v1/pages/**', 'Read a part of a page'),
    read('GET', '/v1/blocks/{id}/children', 'List the blocks in a block'),
    read('GET', '/v1/blocks/**', 'Read a block'),
    read('GET', '/v1/databases/**', 'Read a database'),
    read('GET', '/v1/data_sources/{id}/templates', 'List the templates of a data source'),
    read('GET', '/v1/data_sources/**', 'Read a data source'),
    read('GET', '/v1/comments', 'List comments'),
    read('GET', '/v1/comments/{id}', 'Read a comment'),
    read('GET', '/v1/file_uploads', 'List file uploads'),
    read('GET', '/v1/file_uploads/{id}', 'Read a file upload'),
    read('GET', '/v1/views', 'List views'),
    read('GET', '/v1/views/**', 'Read a view or the results of its query'),
    read('GET', '/v1/agents', 'List agents'),
    read('GET', '/v1/agents/**', 'Read an agent'),
    read('GET', '/v1/sessions/**', 'Read a session'),
    read('GET', '/v1/threads/**', 'Read a thread'),
    read('GET', '/v1/custom_emojis', 'List custom emojis'),
    read('GET', '/v1/async_tasks/{id}', 'Read the state of a task that runs'),
    read('GET', '/v1/external_agent_stub/{agent}/sessions/{session}/events', 'List the events of a session'),
    read('GET', '/v1/**', 'Read from Notion'),

    write('POST', '/v1/pages', 'Create a page'),
    write('PATCH', '/v1/pages/{id}', 'Update a page', updateOf('page')),
    write('PATCH', '/v1/pages/{id}/markdown', 'Change the text of a page'),
    write('POST', '/v1/pages/{id}/move', 'Move a page'),
    write('PATCH', '/v1/blocks/{id}/children', 'Add blocks'),
    write('PATCH', '/v1/blocks/{id}', 'Update a block', updateOf('block')),
    write('DELETE', '/v1/blocks/{id}', 'Delete a block'),
    write('POST', '/v1/blocks/meeting_notes', 'Create a meeting note'),
    write('POST', '/v1/databases', 'Create a database'),
    write('PATCH', '/v1/databases/{id}', 'Update a database', updateOf('database')),
    write('POST', '/v1/data_sources', 'Create a data source'),
    write('PATCH', '/v1/data_sources/{id}', 'Update a data source', updateOf('data source')),
    write('POST', '/v1/comments', 'Add a comment'),
    write('PATCH', '/v1/comments/{id}', 'Update a comment'),
    write('DELETE', '/v1/comments/{id}', 'Delete a comment'),
    write('POST', '/v1/file_uploads', 'Start a file upload'),
    write('POST', '/v1/file_uploads/{id}/send', 'Send the content of a file'),
    write('POST', '/v1/file_uploads/{id}/complete', 'Complete a file upload'),
    write('POST', '/v1/views', 'Create a view'),
    write('PATCH', '/v1/views/{id}', 'Update a view'),
    write('DELETE', '/v1/views/{id}', 'Delete a view'),
    write('POST', '/v1/views/{id}/queries', 'Store a query of a view', { because: 'the query is stored in Notion' }),
    write('DELETE', '/v1/views/{id}/queries/{query}', 'Delete a stored query of a view'),
    write('POST', '/v1/agents/batch', 'Change agents in a batch', {
      because: 'the batch may change and delete agents',
    }),
    write('PATCH', '/v1/agents/{id}/status', 'Switch an agent on or off'),
    write('PATCH', '/v1/agents/{id}/credit_limit', 'Change the credit limit of an agent'),
    write('DELETE', '/v1/agents/{id}', 'Delete an agent'),
    write('POST', '/v1/agents/{id}/chat', 'Start a thread with an agent'),
    write('POST', '/v1/sessions', 'Start a session'),
    write('POST', '/v1/sessions/{id}/cancel', 'Cancel a session'),
    write('POST', '/v1/threads/{id}/continue', 'Continue a thread'),
    write('POST', '/v1/threads/{id}/messages', 'Send a message to an agent'),
  ],
  reads: 'Read and search the pages, databases, comments and people that your connection can see.',
  writes: 'Create, change and archive pages, databases, blocks and comments.',
  instructions: `Notion's API is at ${BASE}, with JSON bodies. Notion-Version is 2026-03-11 unless you pass another: 2025-09-03, or 2022-06-28 for databases/{id}/query. Tables are data sources: query them at data_sources/{id}/query. A page is archived by PATCH pages/{id} with { "in_trash": true }.`,
  examples: {
    read: { method: 'POST', url: `${BASE}/search`, body: { query: '<words>', page_size: 10 } },
    write: {
      method: 'PATCH',
      url: `${BASE}/pages/0f9b1a52-6c1d-4c7e-8a35-2d4e5f607182`,
      body: { properties: { title: { title: [{ text: { content: '<title>' } }] } } },
    },
  },
});
