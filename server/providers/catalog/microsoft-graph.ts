import type { Call } from '../call.js';
import { isRecord, jsonBodyOf } from '../call-body.js';
import { defineProvider } from '../define-provider.js';
import { type Rule, read, write } from '../rest.js';
import { withSecretParameters } from '../secret-parameters.js';
import { bothNames, expandsSecrets, neverCallable, refused, secretReads } from './microsoft-graph-refusals.js';

const BASE = 'https://graph.microsoft.com/v1.0';
const VERSIONS = ['/v1.0', '/beta'] as const;
/** Most of what people have is below `me` and below `users/{user}` alike. */
const PEOPLE = ['/me', '/users/{user}'] as const;
const LOOKUP = { because: 'the action only looks up and changes nothing' } as const;

/** Bound to everything in the directory. Actions go by their plain and by their qualified name. */
const MEMBERSHIP = ['checkMemberGroups', 'checkMemberObjects', 'getMemberGroups', 'getMemberObjects'] as const;
const DIRECTORY = ['getByIds', 'getAvailableExtensionProperties', 'validateProperties'] as const;
const CALENDARS = ['calendar', 'calendars/{calendar}', 'calendarGroups/{group}/calendars/{calendar}'] as const;

function action(path: string, name: string, title: string): readonly Rule[] {
  return bothNames(name).map((named) => read('POST', `${path}/${named}`, title, LOOKUP));
}

/** Functions and GET are safe by OData, actions may write: these are the actions that do not. */
function readActions(version: string): readonly Rule[] {
  return [
    read('POST', `${version}/search/query`, 'Search', LOOKUP),
    read('POST', `${version}/copilot/retrieval`, 'Search for passages', LOOKUP),
    read('POST', `${version}/copilot/search`, 'Search files', LOOKUP),
    read('POST', `${version}/security/runHuntingQuery`, 'Run a hunting query', LOOKUP),
    read('POST', `${version}/communications/getPresencesByUserId`, 'Read who is present', LOOKUP),
    ...MEMBERSHIP.flatMap((name) => [
      ...action(`${version}/{object}`, name, 'Look up memberships'),
      ...action(`${version}/{collection}/{id}`, name, 'Look up memberships'),
      ...action(`${version}/directory/deletedItems/{id}`, name, 'Look up memberships'),
    ]),
    ...DIRECTORY.flatMap((name) => [
      ...action(`${version}/{collection}`, name, 'Look up in the directory'),
      ...action(`${version}/directory/deletedItems`, name, 'Look up in the directory'),
    ]),
    ...action(`${version}/groups/{group}`, 'validateProperties', 'Check the name of a group'),
    ...action(`${version}/groups/{group}/calendar`, 'getSchedule', 'Look up who is free and who is busy'),
    ...PEOPLE.map((person) => `${version}${person}`).flatMap((person) => [
      ...CALENDARS.flatMap((calendar) =>
        action(`${person}/${calendar}`, 'getSchedule', 'Look up who is free and who is busy'),
      ),
      ...action(person, 'findMeetingTimes', 'Find times for a meeting'),
      ...action(person, 'getMailTips', 'Look up mail tips'),
      ...action(person, 'translateExchangeIds', 'Translate ids'),
    ]),
    ...[...PEOPLE, '/groups/{group}', '/sites/{site}'].flatMap((owner) =>
      action(`${version}${owner}/onenote/notebooks`, 'getNotebookFromWebUrl', 'Find a notebook'),
    ),
  ];
}

function reads(version: string): readonly Rule[] {
  const titles: Readonly<Record<string, string>> = {
    '/me': 'Read who the connection belongs to',
    '/users': 'List people',
    '/users/{user}': 'Read a person',
    '/groups': 'List groups',
    '/groups/{group}': 'Read a group',
    '/teams/{team}/channels/{channel}/messages': 'List messages of a channel',
    '/chats/{chat}/messages': 'List messages of a chat',
    '/drives/{drive}/items/{item}': 'Read a file or folder',
    '/drives/{drive}/items/{item}/children': 'List a folder',
    '/drives/{drive}/items/{item}/content': 'Download a file',
    '/sites/{site}/lists/{list}/items': 'List the items of a list',
    '/planner/tasks/{task}': 'Read a task',
  };
  const ofPeople: Readonly<Record<string, string>> = {
    '/messages': 'List messages',
    '/messages/{message}': 'Read a message',
    '/mailFolders': 'List mail folders',
    '/events': 'List events',
    '/events/{event}': 'Read an event',
    '/calendarView': 'List events',
    '/contacts': 'List contacts',
    '/drive/root/children': 'List files',
    '/todo/lists': 'List task lists',
  };
  return [
    ...Object.entries(titles).map(([path, title]) => read('GET', version + path, title)),
    ...PEOPLE.flatMap((person) =>
      Object.entries(ofPeople).map(([path, title]) => read('GET', version + person + path, title)),
    ),
    read('GET', `${version}/**`, 'Read from Microsoft 365'),
  ];
}

function moveTitle(call: Call): string | null {
  const body = jsonBodyOf(call);
  const into = isRecord(body) ? body.destinationId : undefined;
  return typeof into === 'string' && into.toLowerCase() === 'deleteditems' ? 'Move a message to trash' : null;
}

function writesOfPeople(person: string): readonly Rule[] {
  const message = `${person}/messages/{message}`;
  const event = `${person}/events/{event}`;
  return [
    write('POST', `${person}/sendMail`, 'Send a message'),
    write('POST', `${person}/messages`, 'Create a draft'),
    write('PATCH', message, 'Update a message'),
    write('DELETE', message, 'Delete a message'),
    write('POST', `${message}/send`, 'Send a draft'),
    write('POST', `${message}/reply`, 'Reply to a message'),
    write('POST', `${message}/replyAll`, 'Reply to all of a message'),
    write('POST', `${message}/forward`, 'Forward a message'),
    write('POST', `${message}/move`, 'Move a message', { titleOf: moveTitle }),
    write('POST', `${message}/copy`, 'Copy a message'),
    write('POST', `${message}/permanentDelete`, 'Delete a message for good'),
    write('POST', `${person}/mailFolders`, 'Create a mail folder'),
    write('DELETE', `${person}/mailFolders/{folder}`, 'Delete a mail folder'),
    write('PATCH', `${person}/mailboxSettings`, 'Change mailbox settings'),
    write('POST', `${person}/events`, 'Create an event'),
    write('PATCH', event, 'Update an event'),
    write('DELETE', event, 'Delete an event'),
    write('POST', `${event}/accept`, 'Accept an invitation'),
    write('POST', `${event}/tentativelyAccept`, 'Accept an invitation for now'),
    write('POST', `${event}/decline`, 'Decline an invitation'),
    write('POST', `${event}/cancel`, 'Cancel an event'),
    write('POST', `${event}/forward`, 'Forward an event'),
    write('POST', `${person}/contacts`, 'Create a contact'),
    write('PATCH', `${person}/contacts/{contact}`, 'Update a contact'),
    write('DELETE', `${person}/contacts/{contact}`, 'Delete a contact'),
    write('POST', `${person}/onlineMeetings`, 'Create an online meeting'),
    write('POST', `${person}/todo/lists/{list}/tasks`, 'Create a task'),
    write('PATCH', `${person}/todo/lists/{list}/tasks/{task}`, 'Update a task'),
    write('DELETE', `${person}/todo/lists/{list}/tasks/{task}`, 'Delete a task'),
    write('POST', `${person}/revokeSignInSessions`, 'Revoke all sessions of a person'),
    write('POST', `${person}/assignLicense`, 'Change the licences of a person'),
  ];
}

function writes(version: string): readonly Rule[] {
  const item = `${version}/drives/{drive}/items/{item}`;
  const post = `${version}/teams/{team}/channels/{channel}/messages`;
  return [
    ...PEOPLE.flatMap((person) => writesOfPeople(version + person)),
    write('PUT', `${item}/content`, 'Replace the content of a file'),
    write('PATCH', item, 'Update a file or folder'),
    write('DELETE', item, 'Delete a file or folder'),
    write('POST', `${item}/children`, 'Create a folder'),
    write('POST', `${item}/copy`, 'Copy a file or folder'),
    write('POST', `${item}/invite`, 'Share a file or folder'),
    write('POST', `${item}/createLink`, 'Create a sharing link'),
    write('POST', post, 'Send a message to a channel'),
    write('POST', `${post}/{message}/replies`, 'Reply in a channel'),
    write('POST', `${version}/chats/{chat}/messages`, 'Send a message to a chat'),
    write('POST', `${version}/users`, 'Create a person'),
    write('PATCH', `${version}/users/{user}`, 'Update a person'),
    write('DELETE', `${version}/users/{user}`, 'Delete a person'),
    write('POST', `${version}/groups`, 'Create a group'),
    write('PATCH', `${version}/groups/{group}`, 'Update a group'),
    write('DELETE', `${version}/groups/{group}`, 'Delete a group'),
    write('POST', `${version}/groups/{group}/members/$ref`, 'Add a member to a group'),
    write('DELETE', `${version}/groups/{group}/members/{member}/$ref`, 'Remove a member from a group'),
    write('DELETE', `${version}/teams/{team}/members/{member}`, 'Remove a member from a team'),
    write('POST', `${version}/sites/{site}/lists/{list}/items`, 'Create an item of a list'),
    write('PATCH', `${version}/sites/{site}/lists/{list}/items/{item}`, 'Update an item of a list'),
    write('DELETE', `${version}/sites/{site}/lists/{list}/items/{item}`, 'Delete an item of a list'),
    write('POST', `${version}/planner/tasks`, 'Create a task'),
    write('PATCH', `${version}/planner/tasks/{task}`, 'Update a task'),
    write('DELETE', `${version}/planner/tasks/{task}`, 'Delete a task'),
    write('POST', `${version}/subscriptions`, 'Subscribe to changes'),
    write('DELETE', `${version}/subscriptions/{subscription}`, 'Delete a subscription to changes'),
  ];
}

const definition = defineProvider({
  id: 'microsoft-graph',
  name: 'Microsoft 365',
  hosts: ['graph.microsoft.com'],
  paths: VERSIONS.map((version) => `${version}/**`),
  neverCallable: VERSIONS.flatMap(neverCallable),
  secretReads: VERSIONS.flatMap(secretReads),
  refused: VERSIONS.flatMap(refused),
  callerHeaders: {
    consistencylevel: ['eventual'],
    prefer: 'any',
    'if-match': 'any',
    'if-none-match': 'any',
    'workbook-session-id': 'any',
    'content-type': ['application/json', 'text/plain', 'text/csv', 'text/html', 'application/xhtml+xml'],
  },
  rules: VERSIONS.flatMap((version) => [...readActions(version), ...reads(version), ...writes(version)]),
  reads: 'Read your mail, calendar, files, chats, tasks, sites, and the people and groups of your organization.',
  writes: 'Send and change mail, events, files, chats, tasks and lists, and change people and groups, as you.',
  instructions: `Microsoft Graph is at ${BASE} (beta at /beta), with JSON bodies: me/messages, me/calendarView?startDateTime=…&endDateTime=…, me/drive/root/children, teams/{id}/channels, search/query. Use $select and $top; $search and $count on people and groups need consistencylevel: eventual. Files by path: me/drive/root:/folder/name.txt:/content; changes since then: me/drive/root/delta(token='…'). Batches ($batch) are refused: send the parts one by one.`,
  examples: {
    read: { method: 'GET', url: `${BASE}/me/messages?$select=subject,from&$top=10` },
    write: {
      method: 'POST',
      url: `${BASE}/me/events`,
      body: {
        subject: '<title>',
        start: { dateTime: '<time>', timeZone: 'UTC' },
        end: { dateTime: '<time>', timeZone: 'UTC' },
      },
    },
  },
});

/**
 * Host and actions of people, sites, teams, chats and the directory verified in Microsoft's generated SDK for TypeScript; the
 * rest of the table, Copilot’s searches and the secrets from its documentation. Not verified: everything else in beta. WorkOS
 * has several slugs for Microsoft 365 (Outlook, OneDrive, Teams), none of them verified: map the one in use. Files are
 * downloaded from other hosts, to which no token goes.
 */
export const microsoftGraph = withSecretParameters(definition, expandsSecrets);
