import { defineProvider } from '../define-provider.js';
import { type Rule, read, write } from '../rest.js';

const BASE = 'https://api.box.com/2.0';
const FILE = '/2.0/files/{file}';
const FOLDER = '/2.0/folders/{folder}';
const UPLOAD = '/api/2.0/files';

/** Things with a collection and a path of their own. */
function kept(name: string, title: string): readonly Rule[] {
  return [
    write('POST', `/2.0/${name}`, `Create ${title}`),
    write('PUT', `/2.0/${name}/{id}`, `Update ${title}`),
    write('DELETE', `/2.0/${name}/{id}`, `Delete ${title}`),
  ];
}

/**
 * Hosts, paths, versions and methods verified in Box's generated SDK. GET only reads; AI questions and zip downloads by POST are
 * left as writes, because they start or keep something. Acting for someone else (`As-User`) is no allowed header. Downloads
 * redirect to another host, to which no token goes. Slug: a guess.
 */
export const box = defineProvider({
  id: 'box',
  name: 'Box',
  hosts: ['api.box.com', 'upload.box.com'],
  paths: ['/2.0/**', `${UPLOAD}/**`],
  neverCallable: ['/oauth2', '/oauth2/**'],
  callerHeaders: {
    'box-version': ['2024.0', '2025.0', '2026.0'],
    boxapi: 'any',
    'if-match': 'any',
    'if-none-match': 'any',
    'content-type': ['application/json', 'application/json-patch+json', 'multipart/form-data; boundary=part'],
  },
  rules: [
    read('POST', '/2.0/metadata_queries/execute_read', 'Query files by metadata', {
      because: 'a query changes nothing',
    }),
    read('GET', '/2.0/search', 'Search files and folders'),
    read('GET', '/2.0/users/me', 'Read who the connection belongs to'),
    read('GET', FILE, 'Read about a file'),
    read('GET', `${FILE}/content`, 'Download a file'),
    read('GET', `${FILE}/comments`, 'List comments on a file'),
    read('GET', `${FILE}/collaborations`, 'List who may see a file'),
    read('GET', `${FILE}/versions`, 'List versions of a file'),
    read('GET', FOLDER, 'Read a folder'),
    read('GET', `${FOLDER}/items`, 'List a folder'),
    read('GET', `${FOLDER}/collaborations`, 'List who may see a folder'),
    read('GET', '/2.0/shared_items', 'Read what a shared link leads to'),
    read('GET', '/2.0/events', 'List events'),
    read('GET', '/2.0/**', 'Read from Box'),
    read('GET', `${UPLOAD}/upload_sessions/{session}`, 'Read an upload'),
    read('GET', `${UPLOAD}/upload_sessions/{session}/parts`, 'List the parts of an upload'),

    write('POST', `${UPLOAD}/content`, 'Upload a file'),
    write('POST', `${UPLOAD}/{file}/content`, 'Upload a new version of a file'),
    write('POST', FILE, 'Restore a file'),
    write('PUT', FILE, 'Update, move or share a file'),
    write('DELETE', FILE, 'Delete a file'),
    write('POST', `${FILE}/copy`, 'Copy a file'),
    write('DELETE', `${FILE}/trash`, 'Delete a file for good'),
    write('POST', `${FILE}/versions/current`, 'Make an older version the current one'),
    write('DELETE', `${FILE}/versions/{version}`, 'Delete a version of a file'),
    write('POST', `${FILE}/metadata/{scope}/{template}`, 'Add metadata to a file'),
    write('PUT', `${FILE}/metadata/{scope}/{template}`, 'Update metadata of a file'),
    write('DELETE', `${FILE}/metadata/{scope}/{template}`, 'Delete metadata of a file'),
    write('POST', '/2.0/folders', 'Create a folder'),
    write('POST', FOLDER, 'Restore a folder'),
    write('PUT', FOLDER, 'Update, move or share a folder'),
    write('DELETE', FOLDER, 'Delete a folder'),
    write('POST', `${FOLDER}/copy`, 'Copy a folder'),
    write('DELETE', `${FOLDER}/trash`, 'Delete a folder for good'),
    ...kept('collaborations', 'a collaboration, by which someone sees a file or folder'),
    ...kept('comments', 'a comment'),
    ...kept('tasks', 'a task'),
    ...kept('web_links', 'a web link'),
    ...kept('users', 'a person'),
    ...kept('groups', 'a group'),
    ...kept('group_memberships', 'a membership'),
    ...kept('webhooks', 'a webhook'),
    ...kept('retention_policies', 'a retention policy'),
    ...kept('legal_hold_policies', 'a legal hold'),
    ...kept('hubs', 'a hub'),
    write('POST', '/2.0/sign_requests', 'Ask for a signature'),
    write('POST', '/2.0/sign_requests/{request}/cancel', 'Cancel a request for a signature'),
    write('POST', '/2.0/users/terminate_sessions', 'Revoke sessions of people'),
    write('POST', '/2.0/groups/terminate_sessions', 'Revoke sessions of groups'),
    write('POST', '/2.0/zip_downloads', 'Make a zip file to download', { because: 'Box makes and keeps the zip file' }),
    write('POST', '/2.0/ai/ask', 'Ask Box AI', { because: 'it runs and bills Box AI' }),
    write('POST', '/2.0/ai/text_gen', 'Let Box AI write', { because: 'it runs and bills Box AI' }),
    write('POST', '/2.0/ai/extract', 'Let Box AI extract', { because: 'it runs and bills Box AI' }),
    write('POST', '/2.0/ai/extract_structured', 'Let Box AI extract', { because: 'it runs and bills Box AI' }),
  ],
  reads: 'Search, read and download the files and folders that you can see, with comments, tasks and who may see them.',
  writes: 'Upload, change, move, share and delete files and folders, and manage people, groups and policies as you.',
  instructions: `Box is at ${BASE}, with JSON bodies; the root folder is 0: folders/0/items, files/{id}, search?query=…. Content: files/{id}/content answers with a redirect, which is not followed. Upload text to https://upload.box.com/api/2.0/files/content with content-type "multipart/form-data; boundary=part" and the multipart body as text. Hubs and other new parts need box-version: 2025.0. Shared links: shared_items with boxapi: shared_link=….`,
  examples: {
    read: { method: 'GET', url: `${BASE}/folders/0/items?limit=50` },
    write: { method: 'POST', url: `${BASE}/folders`, body: { name: '<name>', parent: { id: '0' } } },
  },
});
