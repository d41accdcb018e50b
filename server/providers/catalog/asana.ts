import { defineProvider } from '../define-provider.js';
import { type Rule, read, write } from '../rest.js';

const BASE = 'https://app.asana.com/api/1.0';

/** Collections that have list, read, create, update and delete, as Asana's specification lays them out. */
const THINGS: readonly (readonly [path: string, one: string, many: string])[] = [
  ['tasks', 'a task', 'tasks'],
  ['projects', 'a project', 'projects'],
  ['sections', 'a section', 'sections'],
  ['stories', 'a comment', 'comments'],
  ['tags', 'a tag', 'tags'],
  ['portfolios', 'a portfolio', 'portfolios'],
  ['goals', 'a goal', 'goals'],
  ['status_updates', 'a status update', 'status updates'],
  ['custom_fields', 'a custom field', 'custom fields'],
  ['project_briefs', 'a project brief', 'project briefs'],
  ['memberships', 'a membership', 'memberships'],
  ['allocations', 'an allocation', 'allocations'],
  ['time_tracking_entries', 'a time entry', 'time entries'],
];

const collections: readonly Rule[] = THINGS.flatMap(([path, one, many]) => [
  read('GET', `/api/1.0/${path}`, `List ${many}`),
  read('GET', `/api/1.0/${path}/{id}`, `Read ${one}`),
  write('POST', `/api/1.0/${path}`, `Create ${one}`),
  write('PUT', `/api/1.0/${path}/{id}`, `Update ${one}`),
  write('DELETE', `/api/1.0/${path}/{id}`, `Delete ${one}`),
]);

/**
 * Paths, verbs and the batch endpoint verified in Asana's OpenAPI description: GET only reads there, and no other verb does. Not
 * verified: the slug's scopes, and `opt_method`, which older documentation had.
 */
export const asana = defineProvider({
  id: 'asana',
  name: 'Asana',
  hosts: ['app.asana.com'],
  neverCallable: ['/-/**'],
  refused: [
    {
      method: 'POST',
      path: '/api/1.0/webhooks',
      why: 'Its answer has the secret of the webhook. Create webhooks outside of this server.',
    },
    {
      path: '/api/1.0/batch',
      why: 'A batch carries calls that are not judged one by one. Send each of its actions as a call of its own.',
    },
  ],
  rules: [
    ...collections,
    read('GET', '/api/1.0/webhooks', 'List webhooks'),
    read('GET', '/api/1.0/webhooks/{id}', 'Read a webhook'),
    write('PUT', '/api/1.0/webhooks/{id}', 'Update a webhook'),
    write('DELETE', '/api/1.0/webhooks/{id}', 'Delete a webhook'),
    read('GET', '/api/1.0/tasks/{id}/subtasks', 'List the subtasks of a task'),
    read('GET', '/api/1.0/tasks/{id}/stories', 'List the comments and history of a task'),
    read('GET', '/api/1.0/projects/{id}/tasks', 'List the tasks of a project'),
    read('GET', '/api/1.0/projects/{id}/sections', 'List the sections of a project'),
    read('GET', '/api/1.0/sections/{id}/tasks', 'List the tasks of a section'),
    read('GET', '/api/1.0/workspaces/{id}/tasks/search', 'Search tasks'),
    read('GET', '/api/1.0/workspaces/{id}/typeahead', 'Search by name'),
    read('GET', '/api/1.0/workspaces', 'List workspaces'),
    read('GET', '/api/1.0/users/me', 'Read who the connection belongs to'),
    read('GET', '/api/1.0/users', 'List people'),
    read('GET', '/api/1.0/users/{id}', 'Read a person'),
    read('GET', '/api/1.0/**', 'Read data', { because: 'GET only reads in this API' }),

    write('POST', '/api/1.0/tasks/{id}/stories', 'Comment on a task'),
    write('POST', '/api/1.0/tasks/{id}/subtasks', 'Create a subtask'),
    write('POST', '/api/1.0/tasks/{id}/setParent', 'Change the parent of a task'),
    write('POST', '/api/1.0/tasks/{id}/addProject', 'Add a task to a project'),
    write('POST', '/api/1.0/tasks/{id}/duplicate', 'Duplicate a task'),
    write('POST', '/api/1.0/tasks/{id}/removeProject', 'Remove a task from a project'),
    write('POST', '/api/1.0/tasks/{id}/removeTag', 'Remove a tag from a task'),
    write('POST', '/api/1.0/tasks/{id}/removeFollowers', 'Remove followers from a task'),
    write('POST', '/api/1.0/sections/{id}/addTask', 'Move a task into a section'),
    write('POST', '/api/1.0/projects/{id}/sections', 'Create a section'),
    write('POST', '/api/1.0/projects/{id}/duplicate', 'Duplicate a project'),
    write('POST', '/api/1.0/projects/{id}/removeMembers', 'Remove members from a project'),
    write('POST', '/api/1.0/workspaces/{id}/addUser', 'Add a person to a workspace'),
    write('POST', '/api/1.0/workspaces/{id}/removeUser', 'Remove a person from a workspace'),
    write('POST', '/api/1.0/access_requests/{id}/approve', 'Approve an access request'),
    write('POST', '/api/1.0/rule_triggers/{id}/run', 'Run a rule'),
  ],
  reads: 'Read and search tasks, projects, goals, comments and people of your Asana workspaces.',
  writes: 'Create, change and delete tasks, projects, goals, comments and memberships as you.',
  instructions: `Asana's API is at ${BASE}. Bodies are JSON and wrapped: { "data": { … } }. Answers are short unless you name fields with opt_fields; page with limit and offset. Tasks are found by workspaces/{gid}/tasks/search?text=…. Adding and removing is POST …/addProject, …/removeTag and the like. The batch endpoint is refused.`,
  examples: {
    read: { method: 'GET', url: `${BASE}/tasks?assignee=me&workspace=1201&opt_fields=name,due_on` },
    write: { method: 'POST', url: `${BASE}/tasks`, body: { data: { name: '<name>', workspace: '<workspace gid>' } } },
  },
});
