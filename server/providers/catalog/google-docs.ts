import { write } from '../rest.js';
import { changesOf, googleProvider, reads } from './google.js';

const BASE = 'https://docs.googleapis.com/v1/documents';

/** Host, paths and methods verified in Google's discovery document of Docs v1, which has these three. Slug: a guess. */
export const googleDocs = googleProvider({
  id: 'google-docs',
  name: 'Google Docs',
  hosts: ['docs.googleapis.com'],
  rules: [
    ...reads({ '/v1/documents/{id}': 'Read a document' }),
    write('POST', '/v1/documents', 'Create a document'),
    write('POST', '/v1/documents/{id}:batchUpdate', 'Change a document', changesOf('document')),
  ],
  reads: 'Read the documents that you can see.',
  writes: 'Create documents and change their text.',
  instructions: `Docs is at ${BASE}. Read: GET documents/{id}; changes: POST documents/{id}:batchUpdate with { requests }. To find, share or delete a document use Google Drive.`,
  examples: {
    read: { method: 'GET', url: `${BASE}/1aBcD3fGh` },
    write: {
      method: 'POST',
      url: `${BASE}/1aBcD3fGh:batchUpdate`,
      body: { requests: [{ insertText: { location: { index: 1 }, text: '<text>' } }] },
    },
  },
});
