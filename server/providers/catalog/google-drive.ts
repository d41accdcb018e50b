import type { Call } from '../call.js';
import { isRecord, jsonBodyOf } from '../call-body.js';
import { type Rule, read, write } from '../rest.js';
import { googleProvider, reads, UPLOAD_TYPES, WATCH } from './google.js';

const BASE = 'https://www.googleapis.com/drive/v3';
const FILE = '/drive/v3/files/{id}';
const LABEL_APIS = ['/v2', '/v2beta'];

function labelRules(api: string): readonly Rule[] {
  const label = `${api}/labels/{id}`;
  return [
    ...reads({
      [`${api}/labels`]: 'List labels',
      [label]: 'Read a label',
      [`${label}/**`]: 'Read a part of a label',
      [`${api}/limits/label`]: 'Read the limits of labels',
      [`${api}/users/{id}/capabilities`]: 'Read what a person may do with labels',
    }),
    write('POST', `${api}/labels`, 'Create a label'),
    write('POST', `${label}:delta`, 'Change a label'),
    write('POST', `${label}:publish`, 'Publish a label'),
    write('DELETE', label, 'Delete a label'),
  ];
}

/** An update is also how Drive trashes and restores. */
function updateTitle(call: Call): string | null {
  const body = jsonBodyOf(call);
  if (!isRecord(body)) return null;
  if (body.trashed === true) return 'Move a file to trash';
  return body.trashed === false ? 'Restore a file' : null;
}

/**
 * Hosts, paths and methods verified in Google's discovery documents of Drive v3, Drive Activity v2 and Drive Labels v2 and v2beta.
 * GET only reads there, but for `generateCseToken`, which makes a token and counts as a write. Copying, watching and downloading
 * by POST accept read-only scopes and are no reads. Slug: in WorkOS's documentation.
 */
export const googleDrive = googleProvider({
  id: 'google-drive',
  name: 'Google Drive',
  hosts: ['www.googleapis.com', 'driveactivity.googleapis.com', 'drivelabels.googleapis.com'],
  paths: [
    '/drive/v3/**',
    '/upload/drive/v3/**',
    '/resumable/upload/drive/v3/**',
    '/v2/activity:query',
    ...LABEL_APIS.flatMap((api) => [
      `${api}/labels`,
      `${api}/labels/**`,
      `${api}/limits/label`,
      `${api}/users/{id}/capabilities`,
    ]),
  ],
  neverCallable: ['/drive/v3/files/generateCseToken'],
  callerHeaders: { 'content-type': UPLOAD_TYPES, 'x-goog-drive-resource-keys': 'any' },
  rules: [
    read('POST', '/v2/activity:query', 'Query the activity of files', { because: 'a query changes nothing' }),
    ...reads({
      '/drive/v3/about': 'Read whose Drive this is',
      '/drive/v3/files': 'Search files',
      '/drive/v3/files/generateIds': 'Generate ids for new files',
      [FILE]: 'Read or download a file',
      [`${FILE}/export`]: 'Export a document',
      [`${FILE}/permissions`]: 'List who may see a file',
      [`${FILE}/comments`]: 'List comments on a file',
      [`${FILE}/revisions`]: 'List revisions of a file',
      [`${FILE}/**`]: 'Read a part of a file',
      '/drive/v3/drives': 'List shared drives',
      '/drive/v3/changes': 'List changes',
      '/drive/v3/**': 'Read from Drive',
    }),
    ...LABEL_APIS.flatMap(labelRules),

    write('POST', '/drive/v3/files', 'Create a file or folder'),
    write('PATCH', FILE, 'Update a file', { titleOf: updateTitle }),
    write('DELETE', '/drive/v3/files/trash', 'Empty the trash'),
    write('DELETE', FILE, 'Delete a file for good'),
    write('POST', `${FILE}/copy`, 'Copy a file', {
      because: 'it creates a file, although a read-only token may do so',
    }),
    write('POST', `${FILE}/download`, 'Start a download', { because: 'it starts an operation at Google' }),
    write('POST', `${FILE}/watch`, 'Watch a file', WATCH),
    write('POST', `${FILE}/modifyLabels`, 'Change the labels of a file'),
    write('POST', `${FILE}/permissions`, 'Share a file'),
    write('PATCH', `${FILE}/permissions/{permission}`, 'Change who may see a file'),
    write('DELETE', `${FILE}/permissions/{permission}`, 'Remove someone from a file'),
    write('POST', `${FILE}/comments`, 'Comment on a file'),
    write('PATCH', `${FILE}/comments/{comment}`, 'Update a comment'),
    write('DELETE', `${FILE}/comments/{comment}`, 'Delete a comment'),
    write('POST', `${FILE}/comments/{comment}/replies`, 'Reply to a comment'),
    write('DELETE', `${FILE}/comments/{comment}/replies/{reply}`, 'Delete a reply'),
    write('DELETE', `${FILE}/revisions/{revision}`, 'Delete a revision'),
    write('PATCH', `${FILE}/revisions/{revision}`, 'Update a revision'),
    write('POST', `${FILE}/approvals:start`, 'Ask for the approval of a file'),
    write('POST', `${FILE}/approvals/{approval}:approve`, 'Approve a file'),
    write('POST', `${FILE}/approvals/{approval}:decline`, 'Decline to approve a file'),
    write('POST', `${FILE}/accessproposals/{proposal}:resolve`, 'Answer someone who asks for access'),
    write('POST', '/drive/v3/drives', 'Create a shared drive'),
    write('PATCH', '/drive/v3/drives/{id}', 'Update a shared drive'),
    write('DELETE', '/drive/v3/drives/{id}', 'Delete a shared drive'),
    write('POST', '/drive/v3/changes/watch', 'Watch changes', WATCH),
    write('POST', '/drive/v3/channels/stop', 'Stop watching', { because: 'it ends a channel of notifications' }),
    write('POST', '/upload/drive/v3/files', 'Upload a file'),
    write('PATCH', '/upload/drive/v3/files/{id}', 'Replace the content of a file'),
  ],
  reads: 'Search, read and download the files that you can see, with their comments, revisions and permissions.',
  writes: 'Create, change, share, move and delete files, folders, comments and shared drives as you.',
  instructions: `Drive is at ${BASE}, with JSON bodies; pass fields=… for more than the default. Content: files/{id}?alt=media, or files/{id}/export?mimeType=text/plain for Google documents. Text is uploaded at https://www.googleapis.com/upload/drive/v3/files?uploadType=media with its content-type and the text as body; with metadata: uploadType=multipart and content-type "multipart/related; boundary=part". A file goes to the trash by PATCH files/{id} with { "trashed": true }. Activity: POST https://driveactivity.googleapis.com/v2/activity:query. Labels: https://drivelabels.googleapis.com/v2/labels.`,
  examples: {
    read: { method: 'GET', url: `${BASE}/files?q=name%20contains%20%27plan%27&fields=files(id,name)` },
    write: { method: 'PATCH', url: `${BASE}/files/1aBcD3fGh`, body: { name: '<name>' } },
  },
});
