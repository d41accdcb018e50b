import { defineProvider } from '../define-provider.js';
import { type Rule, read, write } from '../rest.js';

const BASE = 'https://{tenant}.zendesk.com/api/v2';

/** Collections that follow one scheme: POST creates, PUT updates, DELETE deletes, and `…_many` does it to several. */
const COLLECTIONS = [
  ['automations', 'automations', 'an automation'],
  ['brands', 'brands', 'a brand'],
  ['channels/voice/phone_numbers', 'phone numbers', 'a phone number'],
  ['custom_roles', 'custom roles', 'a custom role'],
  ['dynamic_content/items', 'items of dynamic content', 'an item of dynamic content'],
  ['group_memberships', 'group memberships', 'a group membership'],
  ['groups', 'groups', 'a group'],
  ['macros', 'macros', 'a macro'],
  ['organization_fields', 'organization fields', 'an organization field'],
  ['organization_memberships', 'organization memberships', 'an organization membership'],
  ['organizations', 'organizations', 'an organization'],
  ['sharing_agreements', 'sharing agreements', 'a sharing agreement'],
  ['suspended_tickets', 'suspended tickets', 'a suspended ticket'],
  ['targets', 'targets', 'a target'],
  ['ticket_fields', 'ticket fields', 'a ticket field'],
  ['ticket_forms', 'ticket forms', 'a ticket form'],
  ['tickets', 'tickets', 'a ticket'],
  ['triggers', 'triggers', 'a trigger'],
  ['user_fields', 'user fields', 'a user field'],
  ['users', 'users', 'a user'],
  ['views', 'views', 'a view'],
  ['webhooks', 'webhooks', 'a webhook'],
] as const;

function rulesOf([path, things, thing]: readonly [path: string, things: string, thing: string]): readonly Rule[] {
  const all = `/api/v2/${path}`;
  return [
    read('GET', all, `List ${things}`),
    write('POST', all, `Create ${thing}`),
    write('PUT', `${all}/update_many`, `Update ${things}`),
    write('DELETE', `${all}/destroy_many`, `Delete ${things}`),
    write('POST', `${all}/create_many`, `Create ${things}`),
    write('PUT', `${all}/{id}`, `Update ${thing}`),
    write('DELETE', `${all}/{id}`, `Delete ${thing}`),
  ];
}

/** Searches whose words go in the body. */
const SEARCHES = [
  ['approval_workflow_instances/{instanceId}/approval_requests/search', 'Search approval requests'],
  ['custom_objects/{objectKey}/records/search', 'Search records of a custom object'],
  ['problems/autocomplete', 'Search problem tickets'],
  ['users/autocomplete', 'Search users'],
] as const;

const HELP_CENTER = ['/api/v2/help_center', '/api/v2/help_center/{locale}'];
const RENEWS = { because: 'the session lives longer afterwards' };
const ENQUEUES = { because: 'a job that makes the file is started' };

/**
 * Paths from client libraries and a table of Zendesk's specification of Support, POST reads from its documentation. GET only reads
 * but for the two GETs that are named here. Every path may end in `.json`, as old clients write it. The slug is a guess.
 */
export const zendesk = defineProvider({
  id: 'zendesk',
  name: 'Zendesk',
  hosts: [],
  tenantHosts: ['{tenant}.zendesk.com'],
  paths: ['/api/v2/**', '/api/sunshine/**', '/api/lotus/assignables/**'],
  neverCallable: [
    '/oauth/**',
    '/api/v2/oauth/**',
    '/api/v2/api_tokens',
    '/api/v2/api_tokens/**',
    ...withWhatFollows('/api/v2/webhooks/{webhookId}/signing_secret'),
    ...withJson('/api/v2/users/{userId}/password'),
  ],
  secretReads: [
    '/api/v2/webhooks/{webhookId}/signing_secret',
    '/api/v2/api_tokens',
    '/api/v2/oauth/tokens',
    '/api/v2/oauth/tokens/{tokenId}',
    '/api/v2/oauth/clients',
    '/api/v2/oauth/clients/{clientId}',
    '/api/v2/oauth/global_clients',
    '/api/v2/users/{userId}/oauth/clients',
  ].flatMap(withJson),
  callerHeaders: { 'idempotency-key': 'any' },
  rules: [
    ...withJson('/api/v2/views/preview').map((path) =>
      read('POST', path, 'Preview a view', { because: 'it is not stored' }),
    ),
    ...withJson('/api/v2/views/preview/count').map((path) =>
      read('POST', path, 'Count the tickets of a preview', { because: 'it only counts' }),
    ),
    ...SEARCHES.flatMap(([path, title]) =>
      withJson(`/api/v2/${path}`).map((form) => read('POST', form, title, { because: 'a search changes nothing' })),
    ),

    ...withWhatFollows('/api/v2/users/me/session/renew').map((path) => write('GET', path, 'Renew the session', RENEWS)),
    ...withWhatFollows('/api/v2/views/{viewId}/export').map((path) => write('GET', path, 'Export a view', ENQUEUES)),

    read('GET', '/api/v2/search', 'Search'),
    read('GET', '/api/v2/tickets/{ticketId}', 'Read a ticket'),
    read('GET', '/api/v2/tickets/{ticketId}/comments', 'List the comments of a ticket'),
    read('GET', '/api/v2/users/me', 'Read who the connection belongs to'),
    read('GET', '/api/v2/macros/{macroId}/apply', 'Show what a macro would change', { because: 'it changes nothing' }),
    read('GET', '/api/v2/tickets/{ticketId}/macros/{macroId}/apply', 'Show what a macro would change', {
      because: 'it changes nothing',
    }),
    write('PUT', '/api/v2/suspended_tickets/recover_many', 'Recover suspended tickets'),
    ...COLLECTIONS.flatMap(rulesOf),
    ...HELP_CENTER.map((base) => read('GET', `${base}/articles`, 'List articles')),
    read('GET', '/api/v2/**', 'Read data'),
    read('GET', '/api/sunshine/**', 'Read data'),
    read('POST', '/api/sunshine/objects/query', 'Query objects', { because: 'a query changes nothing' }),
    read('GET', '/api/lotus/assignables/**', 'List who may be assigned'),

    write('PUT', '/api/v2/tickets/{ticketId}/tags', 'Add tags to a ticket'),
    write('POST', '/api/v2/tickets/{ticketId}/tags', 'Replace the tags of a ticket'),
    write('DELETE', '/api/v2/tickets/{ticketId}/tags', 'Remove tags from a ticket'),
    write('POST', '/api/v2/tickets/{ticketId}/merge', 'Merge tickets'),
    write('PUT', '/api/v2/tickets/{ticketId}/mark_as_spam', 'Mark a ticket as spam and suspend its requester'),
    write('PUT', '/api/v2/tickets/{ticketId}/comments/{commentId}/redact', 'Erase words of a comment'),
    write('PUT', '/api/v2/comment_redactions/{commentId}', 'Erase words of a comment'),
    write('PUT', '/api/v2/tickets/{ticketId}/comments/{commentId}/make_private', 'Make a comment private'),
    write('POST', '/api/v2/tickets/{ticketId}/satisfaction_rating', 'Rate a ticket'),
    write('POST', '/api/v2/tickets/{ticketId}/side_conversations', 'Start a side conversation'),
    write('PUT', '/api/v2/deleted_tickets/{ticketId}/restore', 'Restore a ticket'),
    write('DELETE', '/api/v2/deleted_tickets/{ticketId}', 'Delete a ticket for good'),
    write('DELETE', '/api/v2/deleted_users/{userId}', 'Delete a user for good'),
    write('POST', '/api/v2/users/create_or_update', 'Create or update a user'),
    write('PUT', '/api/v2/users/{userId}/merge', 'Merge two users'),
    write('DELETE', '/api/v2/users/me/logout', 'Sign out'),
    write('POST', '/api/v2/users/{userId}/tags', 'Replace the tags of a user'),
    write('PUT', '/api/v2/users/{userId}/tags', 'Add tags to a user'),
    write('DELETE', '/api/v2/users/{userId}/tags', 'Remove tags from a user'),
    write('POST', '/api/v2/requests', 'Create a request'),
    write('PUT', '/api/v2/requests/{requestId}', 'Update a request'),
    write('POST', '/api/v2/uploads', 'Upload a file'),
    write('POST', '/api/v2/imports/tickets', 'Import a ticket'),
    write('POST', '/api/v2/imports/tickets/create_many', 'Import tickets'),
    write('PUT', '/api/v2/suspended_tickets/{id}/recover', 'Recover a suspended ticket'),
    write('POST', '/api/v2/apps/installations', 'Install an app'),
    write('DELETE', '/api/v2/apps/installations/{installationId}', 'Uninstall an app'),
    write('POST', '/api/v2/custom_objects/{objectKey}/records', 'Create a record of a custom object'),
    write('PATCH', '/api/v2/custom_objects/{objectKey}/records/{recordId}', 'Update a record of a custom object'),
    write('DELETE', '/api/v2/custom_objects/{objectKey}/records/{recordId}', 'Delete a record of a custom object'),
    ...HELP_CENTER.flatMap((base) => [
      write('POST', `${base}/sections/{sectionId}/articles`, 'Create an article'),
      write('PUT', `${base}/articles/{articleId}`, 'Update an article'),
      write('DELETE', `${base}/articles/{articleId}`, 'Archive an article'),
      write('POST', `${base}/articles/{articleId}/comments`, 'Add a comment to an article'),
      write('POST', `${base}/categories`, 'Create a category'),
      write('PUT', `${base}/categories/{categoryId}`, 'Update a category'),
      write('POST', `${base}/categories/{categoryId}/sections`, 'Create a section'),
      write('PUT', `${base}/sections/{sectionId}`, 'Update a section'),
      write('DELETE', `${base}/sections/{sectionId}`, 'Delete a section'),
      write('DELETE', `${base}/categories/{categoryId}`, 'Delete a category'),
    ]),
    write('DELETE', '/api/v2/help_center/articles/{articleId}/comments/{commentId}', 'Delete a comment of an article'),
    write('DELETE', '/api/v2/help_center/translations/{translationId}', 'Delete a translation'),
  ],
  reads: 'Read and search tickets, users, organizations, views, help center articles and settings of your Zendesk.',
  writes: 'Create, answer, change, merge and delete tickets, users, organizations, articles and rules.',
  instructions: `Zendesk's API is at ${BASE}, with JSON bodies such as { ticket: { … } }. Search: GET search?query=type:ticket status:open. A ticket is answered by PUT tickets/{id} with { ticket: { comment: { body, public } } }. The …_many operations take ids in the query and act on up to 100 things.`,
  examples: {
    read: { method: 'GET', url: `${BASE}/search?query=type:ticket%20status:open` },
    write: {
      method: 'PUT',
      url: `${BASE}/tickets/35436`,
      body: { ticket: { status: 'solved', comment: { body: '<text>', public: true } } },
    },
  },
});

/** Rails takes any ending, and what is forbidden stays so whatever follows. */
function withWhatFollows(path: string): readonly string[] {
  return [path, `${path}{ending}`].flatMap((start) => [start, `${start}/**`]);
}

function withJson(path: string): readonly string[] {
  return [path, `${path}.json`];
}
