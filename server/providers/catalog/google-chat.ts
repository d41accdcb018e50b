import { read, write } from '../rest.js';
import { googleProvider, reads, UPLOAD_TYPES } from './google.js';

const BASE = 'https://chat.googleapis.com/v1';
const SPACE = '/v1/spaces/{space}';
const MESSAGE = `${SPACE}/messages/{message}`;

/** Host, paths and methods verified in Google's discovery document of Chat v1, where GET only reads. Slug: a guess. */
export const googleChat = googleProvider({
  id: 'google-chat',
  name: 'Google Chat',
  hosts: ['chat.googleapis.com'],
  paths: [
    '/v1/**',
    '/upload/v1/spaces/{space}/attachments:upload',
    '/resumable/upload/v1/spaces/{space}/attachments:upload',
  ],
  callerHeaders: { 'content-type': UPLOAD_TYPES },
  rules: [
    read('POST', `${SPACE}/messages:search`, 'Search messages', { because: 'a search changes nothing' }),
    ...reads({
      '/v1/spaces': 'List spaces',
      '/v1/spaces:search': 'Search spaces',
      '/v1/spaces:findDirectMessage': 'Find a direct message',
      '/v1/spaces:findGroupChats': 'Find group chats',
      [SPACE]: 'Read a space',
      [`${SPACE}/messages`]: 'List messages',
      [MESSAGE]: 'Read a message',
      [`${SPACE}/members`]: 'List the members of a space',
      [`${SPACE}/**`]: 'Read a part of a space',
      '/v1/media/**': 'Download an attachment',
      '/v1/customEmojis': 'List custom emojis',
      '/v1/customEmojis/{emoji}': 'Read a custom emoji',
      '/v1/users/{user}/availability': 'Read the availability of a person',
      '/v1/users/{user}/**': 'Read the sections and read states of a person',
    }),

    write('POST', `${SPACE}/messages`, 'Send a message'),
    write('PATCH', MESSAGE, 'Update a message'),
    write('PUT', MESSAGE, 'Replace a message'),
    write('DELETE', MESSAGE, 'Delete a message'),
    write('POST', `${MESSAGE}/reactions`, 'Add a reaction'),
    write('DELETE', `${MESSAGE}/reactions/{reaction}`, 'Remove a reaction'),
    write('POST', `${SPACE}/messagePins`, 'Pin a message'),
    write('DELETE', `${SPACE}/messagePins/{pin}`, 'Remove the pin of a message'),
    write('POST', '/v1/spaces', 'Create a space'),
    write('POST', '/v1/spaces:setup', 'Create a space with members'),
    write('PATCH', SPACE, 'Update a space'),
    write('DELETE', SPACE, 'Delete a space and all its messages'),
    write('POST', `${SPACE}:completeImport`, 'Complete the import of a space'),
    write('POST', `${SPACE}/members`, 'Add a member to a space'),
    write('PATCH', `${SPACE}/members/{member}`, 'Change the role of a member'),
    write('DELETE', `${SPACE}/members/{member}`, 'Remove a member from a space'),
    write('POST', '/v1/customEmojis', 'Create a custom emoji'),
    write('DELETE', '/v1/customEmojis/{emoji}', 'Delete a custom emoji'),
    write('PATCH', '/v1/users/{user}/availability', 'Change your availability'),
    write('POST', '/v1/users/{user}/availability:{state}', 'Change your availability'),
    write('PATCH', '/v1/users/{user}/spaces/{space}/spaceReadState', 'Mark a space as read or unread'),
    write('PATCH', '/v1/users/{user}/spaces/{space}/spaceNotificationSetting', 'Change the notifications of a space'),
    write('POST', '/upload/v1/spaces/{space}/attachments:upload', 'Upload an attachment'),
  ],
  reads: 'Read and search the spaces, messages, members and attachments that you can see.',
  writes: 'Send, change and delete messages, and create, change and delete spaces and memberships as you.',
  instructions: `Chat is at ${BASE}. Spaces: GET spaces, spaces:findDirectMessage?name=users/{id}; messages: GET spaces/{space}/messages, POST spaces/{space}/messages with { text }, search: POST spaces/-/messages:search.`,
  examples: {
    read: { method: 'GET', url: `${BASE}/spaces/AAAAbbbb/messages?pageSize=20` },
    write: { method: 'POST', url: `${BASE}/spaces/AAAAbbbb/messages`, body: { text: '<text>' } },
  },
});
