import type { Call } from '../call.js';
import { isRecord, jsonBodyOf } from '../call-body.js';
import { type Rule, write } from '../rest.js';
import { googleProvider, reads, WATCH } from './google.js';

const BASE = 'https://admin.googleapis.com/admin';
const DIRECTORY = '/admin/directory/v1';
const USER = `${DIRECTORY}/users/{user}`;
const GROUP = `${DIRECTORY}/groups/{group}`;
const CUSTOMER = `${DIRECTORY}/customer/{customer}`;
const CHROME = `${DIRECTORY}/customers/{customer}/chrome`;

/** Things that are created, updated, replaced and deleted in one way. */
function kept(path: string, title: string): readonly Rule[] {
  return [
    write('POST', path, `Create ${title}`),
    write('PATCH', `${path}/{id}`, `Update ${title}`),
    write('PUT', `${path}/{id}`, `Replace ${title}`),
    write('DELETE', `${path}/{id}`, `Delete ${title}`),
  ];
}

function wipes(key: 'action' | 'commandType') {
  return {
    titleOf: (call: Call) => {
      const body = jsonBodyOf(call);
      const action = isRecord(body) ? body[key] : undefined;
      return typeof action === 'string' && /wipe|wash/i.test(action) ? 'Erase a device' : null;
    },
  };
}

/**
 * Host, paths and methods verified in Google's discovery documents of Directory v1, Reports v1 and Data Transfer v1, where GET only
 * reads. Never callable: the codes that sign a person in without their second factor. `tokens` and `asps` show who holds
 * credentials, not the credentials. Slug: a guess.
 */
export const googleWorkspaceAdmin = googleProvider({
  id: 'google-workspace-admin',
  name: 'Google Workspace Admin',
  hosts: ['admin.googleapis.com'],
  paths: [
    '/admin/directory/v1/**',
    '/admin/directory_v1/**',
    '/admin/reports/v1/**',
    '/admin/reports_v1/**',
    '/admin/datatransfer/v1/**',
  ],
  neverCallable: [`${USER}/verificationCodes`, `${USER}/verificationCodes/**`],
  secretReads: [`${USER}/verificationCodes`],
  rules: [
    ...reads({
      [`${DIRECTORY}/users`]: 'List people',
      [USER]: 'Read a person',
      [`${USER}/tokens`]: 'List the apps that a person gave access',
      [`${USER}/**`]: 'Read a part of a person',
      [`${DIRECTORY}/groups`]: 'List groups',
      [GROUP]: 'Read a group',
      [`${GROUP}/members`]: 'List the members of a group',
      [`${GROUP}/**`]: 'Read a part of a group',
      [`${CUSTOMER}/devices/**`]: 'Read devices',
      [`${CUSTOMER}/**`]: 'Read from the organization',
      [`${DIRECTORY}/customers/**`]: 'Read the customer',
      '/admin/reports/v1/activity/**': 'Read the activity log',
      '/admin/reports/v1/usage/**': 'Read usage reports',
      '/admin/datatransfer/v1/**': 'Read data transfers',
    }),

    write('POST', `${DIRECTORY}/users`, 'Create a person'),
    write('POST', `${DIRECTORY}/users:createGuest`, 'Create a guest'),
    write('PATCH', USER, 'Update a person'),
    write('PUT', USER, 'Replace a person'),
    write('DELETE', USER, 'Delete a person'),
    write('POST', `${USER}/undelete`, 'Restore a person'),
    write('POST', `${USER}/makeAdmin`, 'Make a person an administrator, or end that'),
    write('POST', `${USER}/signOut`, 'Sign a person out everywhere'),
    write('POST', `${USER}/twoStepVerification/turnOff`, 'Remove the second factor of a person'),
    write('POST', `${USER}/aliases`, 'Add an alias to a person'),
    write('DELETE', `${USER}/aliases/{alias}`, 'Delete an alias of a person'),
    write('DELETE', `${USER}/asps/{code}`, 'Delete an app password of a person'),
    write('DELETE', `${USER}/tokens/{client}`, 'Revoke the access of an app'),
    write('DELETE', `${USER}/photos/thumbnail`, 'Delete the photo of a person'),
    write('POST', `${DIRECTORY}/users/watch`, 'Watch people', WATCH),
    ...kept(`${DIRECTORY}/groups`, 'a group'),
    write('POST', `${GROUP}/members`, 'Add a member to a group'),
    write('PATCH', `${GROUP}/members/{member}`, 'Change a member of a group'),
    write('PUT', `${GROUP}/members/{member}`, 'Change a member of a group'),
    write('DELETE', `${GROUP}/members/{member}`, 'Remove a member from a group'),
    write('POST', `${GROUP}/aliases`, 'Add an alias to a group'),
    write('DELETE', `${GROUP}/aliases/{alias}`, 'Delete an alias of a group'),
    ...kept(`${CUSTOMER}/orgunits`, 'an organizational unit'),
    ...kept(`${CUSTOMER}/schemas`, 'a schema'),
    ...kept(`${CUSTOMER}/roles`, 'a role'),
    ...kept(`${CUSTOMER}/resources/buildings`, 'a building'),
    ...kept(`${CUSTOMER}/resources/calendars`, 'a room or other resource'),
    ...kept(`${CUSTOMER}/resources/features`, 'a feature of rooms'),
    write('POST', `${CUSTOMER}/roleassignments`, 'Give someone a role'),
    write('DELETE', `${CUSTOMER}/roleassignments/{id}`, 'Remove someone’s role'),
    write('POST', `${CUSTOMER}/domains`, 'Add a domain'),
    write('DELETE', `${CUSTOMER}/domains/{domain}`, 'Delete a domain'),
    write('POST', `${CUSTOMER}/domainaliases`, 'Add a domain alias'),
    write('DELETE', `${CUSTOMER}/domainaliases/{alias}`, 'Delete a domain alias'),
    write('POST', `${CUSTOMER}/devices/mobile/{device}/action`, 'Act on a mobile device', wipes('action')),
    write('DELETE', `${CUSTOMER}/devices/mobile/{device}`, 'Delete a mobile device'),
    write(
      'POST',
      `${CUSTOMER}/devices/chromeos/{device}:issueCommand`,
      'Command a ChromeOS device',
      wipes('commandType'),
    ),
    write('POST', `${CUSTOMER}/devices/chromeos/moveDevicesToOu`, 'Move ChromeOS devices'),
    write('POST', `${CHROME}/printers:batchDeletePrinters`, 'Delete printers'),
    write('POST', `${CHROME}/printServers:batchDeletePrintServers`, 'Delete print servers'),
    write('POST', '/admin/datatransfer/v1/transfers', 'Transfer the data of a person to someone else'),
  ],
  reads: 'See people, groups, devices, roles, activity and usage of your organization.',
  writes: 'Create, change and delete people, groups, roles, devices and domains of your organization.',
  instructions: `Directory: ${BASE}/directory/v1, with users?customer=my_customer, groups?customer=my_customer, customer/my_customer/…. Reports: ${BASE}/reports/v1. Backup verification codes can never be called.`,
  examples: {
    read: { method: 'GET', url: `${BASE}/directory/v1/users?customer=my_customer&maxResults=20` },
    write: {
      method: 'POST',
      url: `${BASE}/directory/v1/groups/team%40example.com/members`,
      body: { email: '<address>', role: 'MEMBER' },
    },
  },
});
