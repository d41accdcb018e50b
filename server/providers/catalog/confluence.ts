import type { Call } from '../call.js';
import { defineProvider } from '../define-provider.js';
import { parameterNames } from '../forbidden-names.js';
import { withEffects } from '../read-effects.js';
import { type Rule, read, write } from '../rest.js';

const SITE = '/ex/confluence/{siteId}';
const V1 = `${SITE}/wiki/rest/api`;
const V2 = `${SITE}/wiki/api/v2`;
const EXAMPLE = 'https://api.atlassian.com/ex/confluence/11223344-a1b2-3b33-c444-def123456789/wiki/api/v2';

const THINGS: readonly (readonly [path: string, one: string, many: string])[] = [
  ['pages', 'a page', 'pages'],
  ['blogposts', 'a blog post', 'blog posts'],
  ['spaces', 'a space', 'spaces'],
  ['footer-comments', 'a comment', 'comments'],
  ['inline-comments', 'an inline comment', 'inline comments'],
  ['whiteboards', 'a whiteboard', 'whiteboards'],
  ['databases', 'a database', 'databases'],
  ['folders', 'a folder', 'folders'],
  ['attachments', 'an attachment', 'attachments'],
  ['tasks', 'a task', 'tasks'],
];

const things: readonly Rule[] = THINGS.flatMap(([path, one, many]) => [
  read('GET', `${V2}/${path}`, `List ${many}`),
  read('GET', `${V2}/${path}/{id}`, `Read ${one}`),
  write('POST', `${V2}/${path}`, `Create ${one}`),
  write('PUT', `${V2}/${path}/{id}`, `Update ${one}`),
  write('DELETE', `${V2}/${path}/{id}`, `Delete ${one}`),
]);

const definition = defineProvider({
  id: 'confluence',
  name: 'Confluence',
  slug: 'atlassian',
  hosts: ['api.atlassian.com'],
  callerHeaders: { 'x-atlassian-token': ['no-check'] },
  rules: [
    ...things,
    read('GET', `${V2}/pages/{id}/children`, 'List the pages below a page'),
    read('GET', `${V2}/**`, 'Read data', { because: 'GET only reads in this API' }),
    read('POST', `${V2}/content/convert-ids-to-types`, 'Read the types of contents', {
      because: 'it only looks ids up',
    }),
    read('POST', `${V2}/users-bulk`, 'Read several people', { because: 'it only looks ids up' }),
    read('POST', `${V2}/user/access/check-access-by-email`, 'Check who has access', {
      because: 'a check changes nothing',
    }),

    read('POST', `${V1}/content/{id}/permission/check`, 'Check a permission', { because: 'a check changes nothing' }),
    read('POST', `${V1}/contentbody/convert/{to}`, 'Convert a text', { because: 'the text is answered and not kept' }),
    read('GET', `${V1}/search`, 'Search contents'),
    read('GET', `${V1}/content/search`, 'Search contents'),
    read('GET', `${V1}/content/{id}`, 'Read a content'),
    read('GET', `${V1}/space`, 'List spaces'),
    read('GET', `${V1}/user/current`, 'Read who the connection belongs to'),
    read('GET', `${V1}/**`, 'Read data', { because: 'GET only reads in this API' }),
    write('POST', `${V1}/content`, 'Create a content'),
    write('PUT', `${V1}/content/{id}`, 'Update a content'),
    write('DELETE', `${V1}/content/{id}`, 'Delete a content'),
    write('POST', `${V1}/content/archive`, 'Archive pages'),
    write('POST', `${V1}/content/{id}/copy`, 'Copy a page'),
    write('PUT', `${V1}/content/{id}/move/{position}/{target}`, 'Move a page'),
    write('DELETE', `${V1}/content/{id}/pageTree`, 'Delete a page and all below it'),
    write('POST', `${V1}/content/{id}/label`, 'Add labels to a content'),
    write('DELETE', `${V1}/content/{id}/label/{label}`, 'Remove a label from a content'),
    write('POST', `${V1}/content/{id}/child/attachment`, 'Add an attachment'),
    write('PUT', `${V1}/content/{id}/restriction`, 'Replace the restrictions of a content'),
    write('DELETE', `${V1}/content/{id}/restriction`, 'Remove the restrictions of a content'),
    write('POST', `${V1}/space`, 'Create a space'),
    write('PUT', `${V1}/space/{key}`, 'Update a space'),
    write('DELETE', `${V1}/space/{key}`, 'Delete a space'),
    write('POST', `${V1}/space/{key}/permission`, 'Grant a permission on a space'),
    write('DELETE', `${V1}/group/by-id`, 'Delete a group'),
  ],
  paths: [`${V1}/**`, `${V2}/**`],
  reads: 'Read and search the pages, blog posts, comments, spaces and people that you can see in Confluence.',
  writes: 'Create, change, move, archive and delete pages, comments, attachments and spaces as you.',
  instructions: `Confluence is at https://api.atlassian.com/ex/confluence/{cloudId}/wiki/api/v2; the cloudId is the id that GET https://api.atlassian.com/oauth/token/accessible-resources tells. Never use *.atlassian.net. Read a page's text with pages/{id}?body-format=storage. To change it, PUT pages/{id} with its next version number. Search: GET /wiki/rest/api/search?cql=… below the same site.`,
  examples: {
    read: { method: 'GET', url: `${EXAMPLE}/pages/98431?body-format=storage` },
    write: {
      method: 'POST',
      url: `${EXAMPLE}/pages`,
      body: {
        spaceId: '65',
        status: 'current',
        title: '<title>',
        body: { representation: 'storage', value: '<p></p>' },
      },
    },
  },
});

/**
 * Version 1 verified in Atlassian's specification by way of the confluence.js client; version 2 from documentation alone. POSTs that
 * convert asynchronously start a job and count as writes; the GETs that convert a macro keep nothing but their answer. A
 * GET of version 1 writes in one case: when `trigger` counts the content as viewed. Slug and host are shared with Jira.
 */
export const confluence = withEffects(definition, (call) =>
  countsAsViewed(call) ? 'trigger counts the content as viewed' : null,
);

function countsAsViewed(call: Call): boolean {
  return parameterNames(new URL(call.url).search.slice(1)).some((name) => name.trim().toLowerCase() === 'trigger');
}
