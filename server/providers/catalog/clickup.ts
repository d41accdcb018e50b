import { defineProvider } from '../define-provider.js';
import { type Rule, read, write } from '../rest.js';

const BASE = 'https://api.clickup.com/api/v2';

const THINGS: readonly (readonly [path: string, one: string])[] = [
  ['task', 'a task'],
  ['list', 'a list'],
  ['folder', 'a folder'],
  ['space', 'a space'],
  ['view', 'a view'],
  ['goal', 'a goal'],
  ['key_result', 'a target of a goal'],
  ['checklist', 'a checklist'],
  ['comment', 'a comment'],
];

const WEBHOOK = 'Its answer has the secret of the webhook. Ask a person to do that in ClickUp.';

const things: readonly Rule[] = THINGS.flatMap(([path, one]) => [
  write('PUT', `/api/v2/${path}/{id}`, `Update ${one}`),
  write('DELETE', `/api/v2/${path}/{id}`, `Delete ${one}`),
]);

/**
 * Hosts and paths from ClickUp's documentation; its specification was not read. GET only reads there as far as is known. Not verified:
 * the slug, and `Bearer` for OAuth tokens (personal API tokens would go bare). Audit logs are asked for by POST and documented as
 * “create”: they count as a write.
 */
export const clickup = defineProvider({
  id: 'clickup',
  name: 'ClickUp',
  hosts: ['api.clickup.com'],
  neverCallable: ['/api/v2/oauth', '/api/v2/oauth/**', '/api/v3/oauth/**'],
  secretReads: ['/api/v2/team/{id}/webhook'],
  refused: [
    { method: 'POST', path: '/api/v2/team/{id}/webhook', why: WEBHOOK },
    { method: 'PUT', path: '/api/v2/webhook/{id}', why: WEBHOOK },
  ],
  rules: [
    read('GET', '/api/v2/user', 'Read who the connection belongs to'),
    read('GET', '/api/v2/team', 'List workspaces'),
    read('GET', '/api/v2/team/{id}/task', 'Search the tasks of a workspace'),
    read('GET', '/api/v2/team/{id}/space', 'List the spaces of a workspace'),
    read('GET', '/api/v2/space/{id}/folder', 'List the folders of a space'),
    read('GET', '/api/v2/space/{id}/list', 'List the lists of a space'),
    read('GET', '/api/v2/folder/{id}/list', 'List the lists of a folder'),
    read('GET', '/api/v2/list/{id}/task', 'List the tasks of a list'),
    read('GET', '/api/v2/task/{id}', 'Read a task'),
    read('GET', '/api/v2/task/{id}/comment', 'List the comments on a task'),
    read('GET', '/api/v2/view/{id}/task', 'List the tasks of a view'),
    read('GET', '/api/v2/**', 'Read data', { because: 'GET only reads in this API' }),
    read('GET', '/api/v3/workspaces/{id}/docs', 'Search docs'),
    read('GET', '/api/v3/workspaces/{id}/docs/{doc}', 'Read a doc'),
    read('GET', '/api/v3/workspaces/{id}/docs/{doc}/pages/{page}', 'Read a page of a doc'),
    read('GET', '/api/v3/**', 'Read data', { because: 'GET only reads in this API' }),

    ...things,
    write('POST', '/api/v2/list/{id}/task', 'Create a task'),
    write('POST', '/api/v2/task/{id}/comment', 'Comment on a task'),
    write('POST', '/api/v2/task/{id}/tag/{tag}', 'Add a tag to a task'),
    write('DELETE', '/api/v2/task/{id}/tag/{tag}', 'Remove a tag from a task'),
    write('POST', '/api/v2/task/{id}/field/{field}', 'Set a custom field of a task'),
    write('DELETE', '/api/v2/task/{id}/field/{field}', 'Remove the value of a custom field'),
    write('POST', '/api/v2/task/{id}/dependency', 'Add a dependency to a task'),
    write('POST', '/api/v2/list/{id}/task/{task}', 'Add a task to a list'),
    write('DELETE', '/api/v2/list/{id}/task/{task}', 'Remove a task from a list'),
    write('POST', '/api/v2/folder/{id}/list', 'Create a list'),
    write('POST', '/api/v2/space/{id}/list', 'Create a list'),
    write('POST', '/api/v2/space/{id}/folder', 'Create a folder'),
    write('POST', '/api/v2/team/{id}/space', 'Create a space'),
    write('POST', '/api/v2/team/{id}/goal', 'Create a goal'),
    write('POST', '/api/v2/team/{id}/time_entries', 'Create a time entry'),
    write('DELETE', '/api/v2/webhook/{id}', 'Delete a webhook'),
    write('POST', '/api/v3/workspaces/{id}/docs', 'Create a doc'),
    write('POST', '/api/v3/workspaces/{id}/docs/{doc}/pages', 'Create a page of a doc'),
    write('PUT', '/api/v3/workspaces/{id}/docs/{doc}/pages/{page}', 'Update a page of a doc'),
    write('POST', '/api/v3/workspaces/{id}/chat/channels', 'Create a channel'),
    write('DELETE', '/api/v3/workspaces/{id}/chat/channels/{channel}', 'Delete a channel'),
    write('POST', '/api/v3/workspaces/{id}/chat/channels/{channel}/messages', 'Send a message'),
    write('DELETE', '/api/v3/workspaces/{id}/chat/messages/{message}', 'Delete a message'),
  ],
  reads: 'Read tasks, lists, docs, comments, goals and people of your ClickUp workspaces.',
  writes: 'Create, change and delete tasks, lists, docs, comments and messages as you.',
  instructions: `ClickUp's API is at ${BASE}; docs and chat are at https://api.clickup.com/api/v3. A workspace is called team in v2: GET team first. The order is team, space, folder, list, task. Tasks are created at list/{id}/task. Times are Unix milliseconds.`,
  examples: {
    read: { method: 'GET', url: `${BASE}/list/901/task?page=0` },
    write: { method: 'POST', url: `${BASE}/list/901/task`, body: { name: '<name>', description: '<text>' } },
  },
});
