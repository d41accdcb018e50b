import { write } from '../rest.js';
import { googleProvider, reads } from './google.js';

const BASE = 'https://tasks.googleapis.com/tasks/v1';
const LISTS = '/tasks/v1/users/@me/lists';
const TASKS = '/tasks/v1/lists/{list}/tasks';

/** Host, paths and methods verified in Google's discovery document of Tasks v1. Slug: a guess. */
export const googleTasks = googleProvider({
  id: 'google-tasks',
  name: 'Google Tasks',
  hosts: ['tasks.googleapis.com'],
  paths: ['/tasks/v1/**'],
  rules: [
    ...reads({
      [LISTS]: 'List task lists',
      [`${LISTS}/{list}`]: 'Read a task list',
      [TASKS]: 'List tasks',
      [`${TASKS}/{task}`]: 'Read a task',
    }),
    write('POST', LISTS, 'Create a task list'),
    write('PATCH', `${LISTS}/{list}`, 'Update a task list'),
    write('PUT', `${LISTS}/{list}`, 'Replace a task list'),
    write('DELETE', `${LISTS}/{list}`, 'Delete a task list and its tasks'),
    write('POST', TASKS, 'Create a task'),
    write('PATCH', `${TASKS}/{task}`, 'Update a task'),
    write('PUT', `${TASKS}/{task}`, 'Replace a task'),
    write('DELETE', `${TASKS}/{task}`, 'Delete a task'),
    write('POST', `${TASKS}/{task}/move`, 'Move a task'),
    write('POST', '/tasks/v1/lists/{list}/clear', 'Clear the completed tasks of a list'),
  ],
  reads: 'Read your task lists and tasks.',
  writes: 'Create, change, move and delete tasks and task lists.',
  instructions: `Tasks is at ${BASE}. Lists: GET users/@me/lists; tasks: GET lists/{list}/tasks. A task is done by PATCH lists/{list}/tasks/{task} with { "status": "completed" }.`,
  examples: {
    read: { method: 'GET', url: `${BASE}/users/@me/lists` },
    write: { method: 'POST', url: `${BASE}/lists/MTIzNDU2/tasks`, body: { title: '<title>' } },
  },
});
