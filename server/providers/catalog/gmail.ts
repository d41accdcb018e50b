import type { Call } from '../call.js';
import { isRecord, jsonBodyOf } from '../call-body.js';
import { write } from '../rest.js';
import { googleProvider, reads, UPLOAD_TYPES, WATCH } from './google.js';

const BASE = 'https://gmail.googleapis.com/gmail/v1/users/me';
const USER = '/gmail/v1/users/{user}';
const SETTINGS = `${USER}/settings`;

/** The trash is a label too. */
function labelsOf(things: string) {
  return {
    titleOf: (call: Call) => {
      const body = jsonBodyOf(call);
      const added = isRecord(body) && Array.isArray(body.addLabelIds) ? (body.addLabelIds as readonly unknown[]) : [];
      return added.includes('TRASH') ? `Move ${things} to trash` : null;
    },
  };
}

/**
 * Host, paths and methods verified in Google's discovery document of Gmail v1. GET only reads: reading a message does not mark it
 * as read. Slug: a guess.
 */
export const gmail = googleProvider({
  id: 'gmail',
  name: 'Gmail',
  hosts: ['gmail.googleapis.com'],
  paths: ['/gmail/v1/**', '/upload/gmail/v1/**', '/resumable/upload/gmail/v1/**'],
  callerHeaders: { 'content-type': UPLOAD_TYPES },
  rules: [
    ...reads({
      [`${USER}/profile`]: 'Read whose mailbox this is',
      [`${USER}/messages`]: 'Search messages',
      [`${USER}/messages/{id}`]: 'Read a message',
      [`${USER}/messages/{id}/attachments/{attachment}`]: 'Read an attachment',
      [`${USER}/threads`]: 'Search threads',
      [`${USER}/threads/{id}`]: 'Read a thread',
      [`${USER}/drafts`]: 'List drafts',
      [`${USER}/drafts/{id}`]: 'Read a draft',
      [`${USER}/labels`]: 'List labels',
      [`${USER}/labels/{id}`]: 'Read a label',
      [`${USER}/history`]: 'List what changed in the mailbox',
      [`${SETTINGS}/**`]: 'Read a setting of the mailbox',
      [`${USER}/**`]: 'Read from the mailbox',
    }),

    write('POST', `${USER}/messages/send`, 'Send a message'),
    write('POST', `${USER}/drafts/send`, 'Send a draft'),
    write('POST', `${USER}/drafts`, 'Create a draft'),
    write('PUT', `${USER}/drafts/{id}`, 'Replace a draft'),
    write('DELETE', `${USER}/drafts/{id}`, 'Delete a draft'),
    write('POST', `${USER}/messages`, 'Put a message into the mailbox'),
    write('POST', `${USER}/messages/import`, 'Import a message'),
    write('POST', `${USER}/messages/batchModify`, 'Change the labels of many messages', labelsOf('many messages')),
    write('POST', `${USER}/messages/batchDelete`, 'Delete many messages for good'),
    write('POST', `${USER}/messages/{id}/modify`, 'Change the labels of a message', labelsOf('a message')),
    write('POST', `${USER}/messages/{id}/trash`, 'Move a message to trash'),
    write('POST', `${USER}/messages/{id}/untrash`, 'Restore a message'),
    write('DELETE', `${USER}/messages/{id}`, 'Delete a message for good'),
    write('POST', `${USER}/threads/{id}/modify`, 'Change the labels of a thread', labelsOf('a thread')),
    write('POST', `${USER}/threads/{id}/trash`, 'Move a thread to trash'),
    write('POST', `${USER}/threads/{id}/untrash`, 'Restore a thread'),
    write('DELETE', `${USER}/threads/{id}`, 'Delete a thread for good'),
    write('POST', `${USER}/labels`, 'Create a label'),
    write('PUT', `${USER}/labels/{id}`, 'Replace a label'),
    write('PATCH', `${USER}/labels/{id}`, 'Update a label'),
    write('DELETE', `${USER}/labels/{id}`, 'Delete a label'),
    write('POST', `${USER}/watch`, 'Watch the mailbox', WATCH),
    write('POST', `${USER}/stop`, 'Stop watching the mailbox', { because: 'it ends the notifications' }),
    write('PUT', `${SETTINGS}/autoForwarding`, 'Change the forwarding of all mail'),
    write('PUT', `${SETTINGS}/imap`, 'Change the IMAP settings'),
    write('PUT', `${SETTINGS}/language`, 'Change the language'),
    write('PUT', `${SETTINGS}/pop`, 'Change the POP settings'),
    write('PUT', `${SETTINGS}/vacation`, 'Change the vacation responder'),
    write('POST', `${SETTINGS}/filters`, 'Create a filter'),
    write('DELETE', `${SETTINGS}/filters/{id}`, 'Delete a filter'),
    write('POST', `${SETTINGS}/forwardingAddresses`, 'Add a forwarding address'),
    write('DELETE', `${SETTINGS}/forwardingAddresses/{address}`, 'Delete a forwarding address'),
    write('POST', `${SETTINGS}/delegates`, 'Let someone else into the mailbox'),
    write('DELETE', `${SETTINGS}/delegates/{address}`, 'Remove a delegate'),
    write('POST', `${SETTINGS}/sendAs`, 'Add an address to send from'),
    write('PATCH', `${SETTINGS}/sendAs/{address}`, 'Update an address to send from'),
    write('DELETE', `${SETTINGS}/sendAs/{address}`, 'Delete an address to send from'),
    write('POST', `${SETTINGS}/cse/keypairs/{id}:obliterate`, 'Delete an encryption key pair for good'),
    write('POST', '/upload/gmail/v1/users/{user}/messages/send', 'Send a message'),
    write('POST', '/upload/gmail/v1/users/{user}/drafts', 'Create a draft'),
    write('POST', '/upload/gmail/v1/users/{user}/drafts/send', 'Send a draft'),
  ],
  reads: 'Search and read your mail, threads, drafts, labels and mailbox settings.',
  writes: 'Send, draft, label, trash and delete mail, and change mailbox settings, filters and forwarding.',
  instructions: `Gmail is at ${BASE}. Search: GET messages?q=…, then messages/{id}?format=full. Sending: POST messages/send with { raw }, a whole message in base64url; or POST https://gmail.googleapis.com/upload/gmail/v1/users/me/messages/send?uploadType=media with content-type "message/rfc822" and the message as text. Prefer messages/{id}/trash to DELETE.`,
  examples: {
    read: { method: 'GET', url: `${BASE}/messages?q=from%3Aalice%40example.com%20newer_than%3A7d&maxResults=10` },
    write: { method: 'POST', url: `${BASE}/drafts`, body: { message: { raw: '<message in base64url>' } } },
  },
});
