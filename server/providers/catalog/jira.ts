import type { Call } from '../call.js';
import { defineProvider } from '../define-provider.js';
import { withEffects } from '../read-effects.js';
import { type Rule, read, write } from '../rest.js';

const SITE = '/ex/jira/{siteId}';
const EXAMPLE = 'https://api.atlassian.com/ex/jira/11223344-a1b2-3b33-c444-def123456789/rest/api/3';
const AGILE = `${SITE}/rest/agile/1.0`;
const DESK = `${SITE}/rest/servicedeskapi`;

/** POSTs that only search or compute. Writes stand right beside them (workflows and workflows/create), so each is exact. */
const READ_POSTS: readonly (readonly [path: string, title: string])[] = [
  ['search', 'Search issues'],
  ['search/jql', 'Search issues'],
  ['search/id', 'Search the ids of issues'],
  ['search/approximate-count', 'Count issues'],
  ['issue/bulkfetch', 'Read several issues'],
  ['issue/watching', 'Read which issues are watched'],
  ['issue/{key}/changelog/list', 'Read changes of an issue'],
  ['changelog/bulkfetch', 'Read the changes of several issues'],
  ['comment/list', 'Read several comments'],
  ['worklog/list', 'Read several worklogs'],
  ['jql/autocompletedata', 'Read what JQL may name'],
  ['jql/match', 'Match issues against JQL'],
  ['jql/parse', 'Parse JQL'],
  ['jql/pdcleaner', 'Convert people in JQL to ids'],
  ['jql/sanitize', 'Sanitize JQL'],
  ['jql/function/computation/search', 'Read computed JQL functions'],
  ['expression/analyse', 'Analyse an expression'],
  ['expression/eval', 'Evaluate an expression'],
  ['expression/evaluate', 'Evaluate an expression'],
  ['permissions/check', 'Check permissions'],
  ['permissions/project', 'List the projects that permissions allow'],
  ['app/field/context/configuration/list', 'Read configurations of custom fields'],
  ['field/{id}/context/mapping', 'Read which contexts of a field apply'],
  ['priorityscheme/mappings', 'Read suggested priorities'],
  ['workflow/history', 'Read a version of a workflow'],
  ['workflow/history/list', 'List the versions of a workflow'],
  ['workflows', 'Read several workflows'],
  ['workflows/create/validation', 'Validate new workflows'],
  ['workflows/update/validation', 'Validate changes of workflows'],
  ['workflows/preview', 'Preview a workflow'],
  ['workflowscheme/read', 'Read several workflow schemes'],
  ['workflowscheme/update/mappings', 'Read the status mappings that a change needs'],
];

/** The same operations under both versions, which differ in how texts are written. */
function platform(version: string): readonly Rule[] {
  const api = `${SITE}/rest/api/${version}`;
  return [
    ...READ_POSTS.map(([path, title]) =>
      read('POST', `${api}/${path}`, title, { because: 'it searches or computes and keeps nothing' }),
    ),
    read('GET', `${api}/myself`, 'Read who the connection belongs to'),
    read('GET', `${api}/search/jql`, 'Search issues'),
    read('GET', `${api}/issue/{key}`, 'Read an issue'),
    read('GET', `${api}/issue/{key}/comment`, 'List the comments on an issue'),
    read('GET', `${api}/issue/{key}/transitions`, 'List the transitions of an issue'),
    read('GET', `${api}/project/search`, 'List projects'),
    read('GET', `${api}/project/{key}`, 'Read a project'),
    read('GET', `${api}/users/search`, 'List people'),
    read('GET', `${api}/**`, 'Read data', { because: 'GET only reads in this API' }),
    write('POST', `${api}/issue`, 'Create an issue'),
    write('POST', `${api}/issue/bulk`, 'Create several issues'),
    write('PUT', `${api}/issue/archive`, 'Archive issues'),
    write('PUT', `${api}/issue/{key}`, 'Update an issue'),
    write('DELETE', `${api}/issue/{key}`, 'Delete an issue'),
    write('PUT', `${api}/issue/{key}/assignee`, 'Assign an issue'),
    write('POST', `${api}/issue/{key}/transitions`, 'Change the status of an issue'),
    write('POST', `${api}/issue/{key}/comment`, 'Comment on an issue'),
    write('PUT', `${api}/issue/{key}/comment/{id}`, 'Change a comment'),
    write('DELETE', `${api}/issue/{key}/comment/{id}`, 'Delete a comment'),
    write('POST', `${api}/issue/{key}/worklog`, 'Log work on an issue'),
    write('DELETE', `${api}/issue/{key}/worklog/{id}`, 'Delete a worklog'),
    write('POST', `${api}/issue/{key}/watchers`, 'Add a watcher to an issue'),
    write('DELETE', `${api}/issue/{key}/watchers`, 'Remove a watcher from an issue'),
    write('POST', `${api}/issue/{key}/votes`, 'Vote for an issue'),
    write('DELETE', `${api}/issue/{key}/votes`, 'Remove a vote'),
    write('POST', `${api}/issue/{key}/attachments`, 'Add an attachment to an issue'),
    write('POST', `${api}/issue/{key}/remotelink`, 'Add a link to an issue'),
    write('DELETE', `${api}/issue/{key}/remotelink/{id}`, 'Remove a link from an issue'),
    write('DELETE', `${api}/issue/{key}/properties/{name}`, 'Delete a property of an issue'),
    write('PUT', `${api}/issue/{key}/worklog/{id}`, 'Change a worklog'),
    write('POST', `${api}/issue/{key}/notify`, 'Send mail about an issue'),
    write('POST', `${api}/issue/archive`, 'Archive every issue that a search finds'),
    write('PUT', `${api}/issues/archive/export`, 'Export archived issues', {
      because: 'it mails a link to the export',
    }),
    write('POST', `${api}/bulk/issues/delete`, 'Delete issues in bulk'),
    write('POST', `${api}/bulk/issues/fields`, 'Change issues in bulk'),
    write('POST', `${api}/issueLink`, 'Link two issues'),
    write('DELETE', `${api}/issueLink/{id}`, 'Remove a link between issues'),
    write('DELETE', `${api}/attachment/{id}`, 'Delete an attachment'),
    write('POST', `${api}/filter`, 'Create a filter'),
    write('DELETE', `${api}/filter/{id}`, 'Delete a filter'),
    write('POST', `${api}/component`, 'Create a component'),
    write('DELETE', `${api}/component/{id}`, 'Delete a component'),
    write('POST', `${api}/version`, 'Create a version'),
    write('PUT', `${api}/version/{id}`, 'Update a version'),
    write('DELETE', `${api}/version/{id}`, 'Delete a version'),
    write('POST', `${api}/project`, 'Create a project'),
    write('DELETE', `${api}/project/{key}`, 'Delete a project'),
    write('POST', `${api}/project/{key}/archive`, 'Archive a project'),
    write('POST', `${api}/project/{key}/delete`, 'Delete a project'),
    write('POST', `${api}/workflows/create`, 'Create workflows'),
    write('POST', `${api}/workflows/update`, 'Update workflows'),
    write('POST', `${api}/workflowscheme/update`, 'Update a workflow scheme'),
  ];
}

const definition = defineProvider({
  id: 'jira',
  name: 'Jira',
  slug: 'atlassian',
  hosts: ['api.atlassian.com'],
  neverCallable: ['/oauth/token', '/oauth/token/revoke'],
  callerHeaders: { 'x-atlassian-token': ['no-check'] },
  rules: [
    read('GET', '/oauth/token/accessible-resources', 'List the sites that the connection reaches', {
      because: 'it only lists sites and their ids',
    }),
    ...platform('3'),
    ...platform('2'),
    read('GET', `${AGILE}/board`, 'List boards'),
    read('GET', `${AGILE}/board/{id}/sprint`, 'List the sprints of a board'),
    read('GET', `${AGILE}/sprint/{id}/issue`, 'List the issues of a sprint'),
    read('GET', `${AGILE}/**`, 'Read boards, sprints or epics', { because: 'GET only reads in this API' }),
    write('POST', `${AGILE}/sprint`, 'Create a sprint'),
    write('POST', `${AGILE}/sprint/{id}/issue`, 'Move issues to a sprint'),
    write('DELETE', `${AGILE}/sprint/{id}`, 'Delete a sprint'),
    write('POST', `${AGILE}/backlog/issue`, 'Move issues to the backlog'),
    write('DELETE', `${AGILE}/board/{id}`, 'Delete a board'),
    read('GET', `${DESK}/request/{key}`, 'Read a request'),
    read('GET', `${DESK}/**`, 'Read service desk data', { because: 'GET only reads in this API' }),
    write('POST', `${DESK}/request`, 'Create a request'),
    write('POST', `${DESK}/request/{key}/comment`, 'Comment on a request'),
    write('POST', `${DESK}/request/{key}/transition`, 'Change the status of a request'),
    write('POST', `${DESK}/request/{key}/approval/{id}`, 'Answer an approval'),
    write('DELETE', `${DESK}/organization/{id}`, 'Delete an organization'),
  ],
  paths: [
    '/oauth/token/accessible-resources',
    `${SITE}/rest/api/3/**`,
    `${SITE}/rest/api/2/**`,
    `${AGILE}/**`,
    `${DESK}/**`,
  ],
  reads: 'Read and search issues, comments, projects, boards and requests that you can see in Jira.',
  writes: 'Create, change, move, archive and delete issues, comments, sprints and projects as you.',
  instructions: `Jira is at https://api.atlassian.com/ex/jira/{cloudId}/rest/api/3; the cloudId is the id that GET https://api.atlassian.com/oauth/token/accessible-resources tells. Never use *.atlassian.net. Search: GET search/jql?jql=…&fields=summary,status. Texts are Atlassian Document Format in version 3 and plain in rest/api/2. Boards and sprints: /rest/agile/1.0; service desks: /rest/servicedeskapi.`,
  examples: {
    read: { method: 'GET', url: `${EXAMPLE}/search/jql?jql=assignee%20%3D%20currentUser()&fields=summary` },
    write: {
      method: 'POST',
      url: `${EXAMPLE}/issue`,
      body: { fields: { project: { key: 'OPS' }, issuetype: { name: 'Task' }, summary: '<summary>' } },
    },
  },
});

/**
 * Paths, and which POSTs only read, verified in Atlassian's specification by way of the jira.js client; `/ex/jira/{cloudId}` from
 * Atlassian's documentation of OAuth 2.0 (3LO), whose tokens do not work at *.atlassian.net. One integration, slug `atlassian`,
 * serves Jira and Confluence. GET only reads, unless it asks to be remembered (`updateHistory`). Version 2 is taken to be like
 * version 3, which its documentation says.
 */
export const jira = withEffects(definition, (call) =>
  isRemembered(call) ? 'it puts what it reads among the things viewed last' : null,
);

/** `updateHistory` changes the history of the person, and what JQL knows as `lastViewed`. */
function isRemembered(call: Call): boolean {
  return [...new URL(call.url).searchParams].some(
    ([name, value]) => name.trim().toLowerCase() === 'updatehistory' && value.toLowerCase() !== 'false',
  );
}
