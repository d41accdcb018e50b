import { defineProvider } from '../define-provider.js';
import { read, write } from '../rest.js';

const BASE = 'https://api.figma.com/v1';

/**
 * Paths verified in Figma's own OpenAPI description, where GET only reads. `POST /v1/developer_logs` only lists too; it needs a
 * token of the whole plan. Webhooks are answered without their passcode; the requests that were sent for them are taken to hold it.
 * The slug is a guess.
 */
export const figma = defineProvider({
  id: 'figma',
  name: 'Figma',
  hosts: ['api.figma.com'],
  neverCallable: ['/v1/oauth', '/v1/oauth/**'],
  secretReads: ['/v2/webhooks/{id}/requests'],
  rules: [
    read('POST', '/v1/developer_logs', 'List requests of developers', { because: 'the filters are in the body' }),
    read('GET', '/v1/me', 'Read who the connection belongs to'),
    read('GET', '/v1/files/{key}', 'Read a file'),
    read('GET', '/v1/files/{key}/nodes', 'Read parts of a file'),
    read('GET', '/v1/files/{key}/meta', 'Read the details of a file'),
    read('GET', '/v1/files/{key}/images', 'List the images in a file'),
    read('GET', '/v1/files/{key}/versions', 'List the versions of a file'),
    read('GET', '/v1/files/{key}/comments', 'List the comments on a file'),
    read('GET', '/v1/files/{key}/components', 'List the components of a file'),
    read('GET', '/v1/files/{key}/styles', 'List the styles of a file'),
    read('GET', '/v1/files/{key}/dev_resources', 'List the dev resources of a file'),
    read('GET', '/v1/files/{key}/variables/local', 'List the variables of a file'),
    read('GET', '/v1/images/{key}', 'Render parts of a file', { because: 'a picture is made and nothing is kept' }),
    read('GET', '/v1/teams/{id}/projects', 'List the projects of a team'),
    read('GET', '/v1/projects/{id}/files', 'List the files of a project'),
    read('GET', '/v2/webhooks', 'List webhooks'),
    read('GET', '/v2/webhooks/{id}', 'Read a webhook'),
    read('GET', '/v1/**', 'Read data', { because: 'GET only reads in this API' }),
    read('GET', '/v2/**', 'Read data', { because: 'GET only reads in this API' }),

    write('POST', '/v1/files/{key}/comments', 'Comment on a file'),
    write('DELETE', '/v1/files/{key}/comments/{id}', 'Delete a comment'),
    write('POST', '/v1/files/{key}/comments/{id}/reactions', 'Add a reaction to a comment'),
    write('DELETE', '/v1/files/{key}/comments/{id}/reactions', 'Remove a reaction from a comment'),
    write('POST', '/v1/files/{key}/variables', 'Create, change and delete variables'),
    write('POST', '/v1/dev_resources', 'Create dev resources'),
    write('PUT', '/v1/dev_resources', 'Update dev resources'),
    write('DELETE', '/v1/files/{key}/dev_resources/{id}', 'Delete a dev resource'),
    write('POST', '/v2/webhooks', 'Create a webhook'),
    write('PUT', '/v2/webhooks/{id}', 'Update a webhook'),
    write('DELETE', '/v2/webhooks/{id}', 'Delete a webhook'),
  ],
  reads: 'Read the files, comments, components, styles and variables that you can see in Figma.',
  writes: 'Comment, and create, change and delete variables, dev resources and webhooks as you.',
  instructions: `Figma's API is at ${BASE}; webhooks are at https://api.figma.com/v2. The key of a file is in its address: figma.com/design/{key}/…. Files are large: ask for files/{key}?depth=1 first, then for files/{key}/nodes?ids=…. Pictures: images/{key}?ids=…&format=png answers with addresses. The design itself cannot be changed here.`,
  examples: {
    read: { method: 'GET', url: `${BASE}/files/aZ3kQ9/comments` },
    write: { method: 'POST', url: `${BASE}/files/aZ3kQ9/comments`, body: { message: '<text>' } },
  },
});
