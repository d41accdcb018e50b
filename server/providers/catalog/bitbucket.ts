import { defineProvider } from '../define-provider.js';
import { read, write } from '../rest.js';

const BASE = 'https://api.bitbucket.org/2.0';
const REPO = '/2.0/repositories/{workspace}/{repo}';
const READS = { because: 'GET only reads in this API' };
const COMMITS = { because: 'POST only lets the filters be longer; it creates no commit' };

/**
 * Host and paths from Atlassian's documentation, where GET only reads and the two POSTs of `commits` read too; its specification was
 * not read. Names with slashes are one segment with %2F. The slug is a guess.
 */
export const bitbucket = defineProvider({
  id: 'bitbucket',
  name: 'Bitbucket',
  hosts: ['api.bitbucket.org'],
  neverCallable: ['/site/oauth2/**', '/2.0/addon'],
  refused: [REPO, '/2.0/workspaces/{workspace}'].map((owner) => ({
    method: 'POST' as const,
    path: `${owner}/pipelines-config/runners`,
    why: 'Its answer has the secret of the runner. Ask a person to create runners in Bitbucket.',
  })),
  rules: [
    read('POST', `${REPO}/commits`, 'List commits', COMMITS),
    read('POST', `${REPO}/commits/{revision:encoded}`, 'List commits', COMMITS),

    read('GET', '/2.0/user', 'Read who the connection belongs to'),
    read('GET', '/2.0/workspaces', 'List workspaces'),
    read('GET', '/2.0/repositories/{workspace}', 'List repositories'),
    read('GET', REPO, 'Read a repository'),
    read('GET', `${REPO}/pullrequests`, 'List pull requests'),
    read('GET', `${REPO}/pullrequests/{id}`, 'Read a pull request'),
    read('GET', `${REPO}/pullrequests/{id}/comments`, 'List the comments on a pull request'),
    read('GET', `${REPO}/pullrequests/{id}/diff`, 'Read the changes of a pull request'),
    read('GET', `${REPO}/issues`, 'List issues'),
    read('GET', `${REPO}/issues/{id}`, 'Read an issue'),
    read('GET', `${REPO}/pipelines`, 'List pipelines'),
    read('GET', `${REPO}/commits/{revision:encoded}`, 'List commits'),
    read('GET', `${REPO}/commit/{revision:encoded}`, 'Read a commit'),
    read('GET', `${REPO}/src/{revision:encoded}/**`, 'Read a file or folder', READS),
    read('GET', `${REPO}/commit/{revision:encoded}/**`, 'Read a part of a commit', READS),
    read('GET', `${REPO}/filehistory/{revision:encoded}/**`, 'Read the history of a file', READS),
    read('GET', `${REPO}/merge-base/{range:encoded}`, 'Read where two commits part'),
    read('GET', `${REPO}/diff/{range:encoded}`, 'Read the changes between commits'),
    read('GET', `${REPO}/patch/{range:encoded}`, 'Read the changes between commits'),
    read('GET', `${REPO}/diffstat/{range:encoded}`, 'Read which files changed'),
    read('GET', `${REPO}/refs/{kind}/{name:encoded}`, 'Read a branch or tag'),
    read('GET', '/2.0/**', 'Read data', READS),

    write('POST', REPO, 'Create a repository'),
    write('PUT', REPO, 'Update a repository'),
    write('DELETE', REPO, 'Delete a repository'),
    write('POST', `${REPO}/forks`, 'Fork a repository'),
    write('POST', `${REPO}/src`, 'Commit files'),
    write('POST', `${REPO}/pullrequests`, 'Create a pull request'),
    write('PUT', `${REPO}/pullrequests/{id}`, 'Update a pull request'),
    write('POST', `${REPO}/pullrequests/{id}/merge`, 'Merge a pull request'),
    write('POST', `${REPO}/pullrequests/{id}/decline`, 'Decline a pull request'),
    write('POST', `${REPO}/pullrequests/{id}/approve`, 'Approve a pull request'),
    write('DELETE', `${REPO}/pullrequests/{id}/approve`, 'Remove an approval'),
    write('POST', `${REPO}/pullrequests/{id}/comments`, 'Comment on a pull request'),
    write('DELETE', `${REPO}/pullrequests/{id}/comments/{comment}`, 'Delete a comment'),
    write('POST', `${REPO}/issues`, 'Create an issue'),
    write('PUT', `${REPO}/issues/{id}`, 'Update an issue'),
    write('DELETE', `${REPO}/issues/{id}`, 'Delete an issue'),
    write('POST', `${REPO}/issues/{id}/comments`, 'Comment on an issue'),
    write('POST', `${REPO}/pipelines`, 'Run a pipeline'),
    write('POST', `${REPO}/pipelines/{id}/stopPipeline`, 'Stop a pipeline'),
    write('POST', `${REPO}/refs/branches`, 'Create a branch'),
    write('DELETE', `${REPO}/refs/branches/{name:encoded}`, 'Delete a branch'),
    write('POST', `${REPO}/refs/tags`, 'Create a tag'),
    write('DELETE', `${REPO}/refs/tags/{name:encoded}`, 'Delete a tag'),
    write('POST', `${REPO}/hooks`, 'Create a webhook'),
    write('DELETE', `${REPO}/hooks/{id}`, 'Delete a webhook'),
    write('DELETE', `${REPO}/downloads/{name}`, 'Delete a download'),
  ],
  reads: 'Read repositories, code, pull requests, issues and pipelines that you can see in Bitbucket.',
  writes: 'Create, change, merge and delete pull requests, issues, branches, files and repositories as you.',
  instructions: `Bitbucket's API is at ${BASE}. Repositories are repositories/{workspace}/{repo}; identifiers in braces are percent-encoded (%7B…%7D). Filter lists with q=… and sort=…, page with the next link of an answer. A branch with slashes is one segment with %2F. Files: src/{commit}/{path}.`,
  examples: {
    read: { method: 'GET', url: `${BASE}/repositories/acme/web/pullrequests?state=OPEN` },
    write: {
      method: 'POST',
      url: `${BASE}/repositories/acme/web/pullrequests/7/comments`,
      body: { content: { raw: '<text>' } },
    },
  },
});
