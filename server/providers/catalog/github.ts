import type { Call } from '../call.js';
import { isRecord, jsonBodyOf } from '../call-body.js';
import { defineProvider } from '../define-provider.js';
import { foldedPaths } from '../folded-path.js';
import { graphqlEndpoint } from '../graphql-endpoint.js';
import { read, write } from '../rest.js';
import { withSecretParameters } from '../secret-parameters.js';

const BASE = 'https://api.github.com';
const REPO = '/repos/{owner}/{repo}';
/** GitHub's own links name repositories and organizations by their numbers too, and take whatever may follow their names. */
const REPOS = [REPO, '/repositories/{id}'];
const ORGS = ['/orgs/{org}', '/organizations/{id}'];
const READS = { because: 'GET only reads in this API' };
/** First segments of all other paths of GitHub's REST API. */
const ROOTS =
  'advisories agents app apps assignments classrooms codes_of_conduct emojis enterprise-installation enterprises events feeds gists \
gitignore installation issues licenses marketplace_listing meta networks octocat organizations orgs rate_limit repos repositories \
scim search teams users versions zen'.split(' ');
const FOUND_SECRET = 'Its answer has the secret that was found. Ask a person to do that in GitHub.';
const ALERTS = /\/secret-scanning\/alerts(?:\/[^/]+)?$/;
/** In GraphQL: a token for cloning, and codes that sign in to an enterprise. */
const SECRET_FIELDS = ['tempCloneToken', 'recoveryCodes'];
const HOOK_SECRET = 'This call changes the secret of a webhook. Ask a person to do that in GitHub.';

/** An update is how GitHub closes, reopens and archives. */
function updateOf(thing: string) {
  return {
    titleOf: (call: Call) => {
      const body = jsonBodyOf(call);
      if (!isRecord(body)) return null;
      if (body.archived === true) return `Archive ${thing}`;
      if (body.state === 'closed') return `Close ${thing}`;
      return body.state === 'open' ? `Reopen ${thing}` : null;
    },
  };
}

const definition = defineProvider({
  id: 'github',
  name: 'GitHub',
  hosts: ['api.github.com'],
  tenantHosts: ['api.{tenant}.ghe.com'],
  neverCallable: [
    '/app-manifests/{code}/conversions',
    '/app/installations/{id}/access_tokens',
    '/applications/{client}/**',
    '/authorizations',
    '/authorizations/**',
    '/credentials/**',
    '/installation/token',
    '/login/**',
    ...[...ORGS, '/enterprises/{enterprise}', ...REPOS].flatMap((owner) => [
      `${owner}/actions/runners/registration-token`,
      `${owner}/actions/runners/remove-token`,
      `${owner}/actions/runners/generate-jitconfig`,
    ]),
  ],
  refused: [
    { method: 'PATCH', path: '/app/hook/config', why: HOOK_SECRET },
    ...[...ORGS, ...REPOS].flatMap((owner) => [
      { method: 'PATCH' as const, path: `${owner}/hooks/{hook}/config`, why: HOOK_SECRET },
      { method: 'PATCH' as const, path: `${owner}/secret-scanning/alerts/{alert}`, why: FOUND_SECRET },
    ]),
  ],
  headers: { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' },
  callerHeaders: {
    accept: [
      'application/vnd.github+json',
      'application/vnd.github.raw+json',
      'application/vnd.github.text+json',
      'application/vnd.github.html+json',
      'application/vnd.github.full+json',
      'application/vnd.github.object+json',
      'application/vnd.github.text-match+json',
      'application/vnd.github.sha',
      'application/vnd.github.diff',
      'application/vnd.github.patch',
    ],
    'x-github-api-version': ['2022-11-28', '2026-03-10'],
    'content-type': ['application/json', 'text/plain', 'text/x-markdown'],
  },
  endpoints: [graphqlEndpoint('/graphql', { neverCallable: /^regenerate\w+$/, secretFields: SECRET_FIELDS })],
  rules: [
    read('POST', '/markdown', 'Render Markdown', { because: 'the text is answered and not kept' }),
    read('POST', '/markdown/raw', 'Render Markdown', { because: 'the text is answered and not kept' }),
    read('POST', `${REPO}/releases/generate-notes`, 'Draft release notes', {
      because: 'the notes are answered and not kept',
    }),
    read('POST', '/orgs/{org}/attestations/bulk-list', 'List attestations', { because: 'it only looks digests up' }),
    read('POST', '/users/{user}/attestations/bulk-list', 'List attestations', { because: 'it only looks digests up' }),

    read('GET', '/user', 'Read who the connection belongs to'),
    read('GET', '/user/repos', 'List repositories'),
    read('GET', '/search/issues', 'Search issues and pull requests'),
    read('GET', '/search/code', 'Search code'),
    read('GET', '/search/repositories', 'Search repositories'),
    read('GET', '/notifications', 'List notifications'),
    read('GET', REPO, 'Read a repository'),
    read('GET', `${REPO}/issues`, 'List issues'),
    read('GET', `${REPO}/issues/{id}`, 'Read an issue'),
    read('GET', `${REPO}/issues/{id}/comments`, 'List the comments on an issue'),
    read('GET', `${REPO}/pulls`, 'List pull requests'),
    read('GET', `${REPO}/pulls/{id}`, 'Read a pull request'),
    read('GET', `${REPO}/pulls/{id}/files`, 'List the files of a pull request'),
    read('GET', `${REPO}/commits`, 'List commits'),
    read('GET', `${REPO}/commits/{ref:encoded}`, 'Read a commit'),
    read('GET', `${REPO}/commits/{ref:encoded}/{part}`, 'Read a part of a commit', READS),
    read('GET', `${REPO}/git/{kind}/{ref:encoded}`, 'Read a Git object', READS),
    read('GET', `${REPO}/branches/{branch:encoded}`, 'Read a branch'),
    read('GET', `${REPO}/branches/{branch:encoded}/**`, 'Read the protection of a branch', READS),
    read('GET', `${REPO}/rules/branches/{branch:encoded}`, 'Read the rules of a branch'),
    read('GET', `${REPO}/contents/{path:encoded}`, 'Read a file or folder'),
    read('GET', `${REPO}/contents/**`, 'Read a file or folder', READS),
    read('GET', `${REPO}/readme/{folder:encoded}`, 'Read a README'),
    read('GET', `${REPO}/compare/{range:encoded}`, 'Compare two commits'),
    read('GET', `${REPO}/tarball/{ref:encoded}`, 'Download a repository'),
    read('GET', `${REPO}/zipball/{ref:encoded}`, 'Download a repository'),
    read('GET', `${REPO}/labels/{name:encoded}`, 'Read a label'),
    read('GET', `${REPO}/releases/tags/{tag:encoded}`, 'Read a release'),
    read('GET', `${REPO}/environments/{name:encoded}`, 'Read an environment'),
    read('GET', `${REPO}/environments/{name:encoded}/**`, 'Read a part of an environment', READS),
    read('GET', `${REPO}/actions/runs`, 'List workflow runs'),
    read('GET', '/orgs/{owner}/packages/{type}/{name:encoded}', 'Read a package'),
    read('GET', '/orgs/{owner}/packages/{type}/{name:encoded}/**', 'Read the versions of a package', READS),
    read('GET', '/users/{owner}/packages/{type}/{name:encoded}', 'Read a package'),
    read('GET', '/users/{owner}/packages/{type}/{name:encoded}/**', 'Read the versions of a package', READS),
    read('GET', '/user/packages/{type}/{name:encoded}', 'Read a package'),
    read('GET', '/user/packages/{type}/{name:encoded}/**', 'Read the versions of a package', READS),
    read('GET', '/', 'Read the list of addresses'),
    read('GET', '/user/**', 'Read data', READS),
    read('GET', '/notifications/**', 'Read data', READS),
    ...ROOTS.flatMap((root) => [
      read('GET', `/${root}`, 'Read data', READS),
      read('GET', `/${root}/**`, 'Read data', READS),
    ]),
    ...REPOS.flatMap((repo) =>
      ['{job}', 'generate-report/**'].map((path) =>
        write('GET', `${repo}/dependency-graph/sbom/${path}`, 'Request a report of what a repository needs', {
          because: 'it starts a report; only sbom itself and fetch-report/{id} read',
        }),
      ),
    ),

    write('POST', `${REPO}/issues`, 'Create an issue'),
    write('PATCH', `${REPO}/issues/{id}`, 'Update an issue', updateOf('an issue')),
    write('POST', `${REPO}/issues/{id}/comments`, 'Comment on an issue'),
    write('PATCH', `${REPO}/issues/comments/{id}`, 'Change a comment'),
    write('DELETE', `${REPO}/issues/comments/{id}`, 'Delete a comment'),
    write('POST', `${REPO}/issues/{id}/labels`, 'Add labels to an issue'),
    write('DELETE', `${REPO}/issues/{id}/labels/{name:encoded}`, 'Remove a label from an issue'),
    write('POST', `${REPO}/issues/{id}/assignees`, 'Assign an issue'),
    write('PUT', `${REPO}/issues/{id}/lock`, 'Lock an issue'),
    write('POST', `${REPO}/issues/{id}/reactions`, 'Add a reaction to an issue'),
    write('DELETE', `${REPO}/issues/{id}/reactions/{reaction}`, 'Remove a reaction from an issue'),
    write('DELETE', `${REPO}/issues/{id}/labels`, 'Remove every label from an issue'),
    write('DELETE', `${REPO}/issues/{id}/assignees`, 'Remove assignees from an issue'),
    write('POST', `${REPO}/issues/{id}/sub_issues`, 'Add a sub-issue'),
    write('POST', `${REPO}/labels`, 'Create a label'),
    write('DELETE', `${REPO}/labels/{name:encoded}`, 'Delete a label'),
    write('POST', `${REPO}/milestones`, 'Create a milestone'),
    write('DELETE', `${REPO}/milestones/{id}`, 'Delete a milestone'),
    write('POST', `${REPO}/pulls`, 'Create a pull request'),
    write('PATCH', `${REPO}/pulls/{id}`, 'Update a pull request', updateOf('a pull request')),
    write('PUT', `${REPO}/pulls/{id}/merge`, 'Merge a pull request'),
    write('POST', `${REPO}/pulls/{id}/reviews`, 'Review a pull request'),
    write('POST', `${REPO}/pulls/{id}/requested_reviewers`, 'Request reviews'),
    write('DELETE', `${REPO}/pulls/{id}/requested_reviewers`, 'Remove requested reviewers'),
    write('POST', `${REPO}/pulls/{id}/comments`, 'Comment on the changes of a pull request'),
    write('PUT', `${REPO}/pulls/{id}/update-branch`, 'Update the branch of a pull request'),
    write('PUT', `${REPO}/contents/{path:encoded}`, 'Create or change a file'),
    write('PUT', `${REPO}/contents/**`, 'Create or change a file'),
    write('DELETE', `${REPO}/contents/{path:encoded}`, 'Delete a file'),
    write('DELETE', `${REPO}/contents/**`, 'Delete a file'),
    write('POST', `${REPO}/git/refs`, 'Create a branch or tag'),
    write('PATCH', `${REPO}/git/refs/**`, 'Move a branch or tag'),
    write('PATCH', `${REPO}/git/refs/{ref:encoded}`, 'Move a branch or tag'),
    write('DELETE', `${REPO}/git/refs/**`, 'Delete a branch or tag'),
    write('DELETE', `${REPO}/git/refs/{ref:encoded}`, 'Delete a branch or tag'),
    write('POST', `${REPO}/merges`, 'Merge a branch'),
    write('PUT', `${REPO}/branches/{branch:encoded}/protection`, 'Change the protection of a branch'),
    write('DELETE', `${REPO}/branches/{branch:encoded}/protection`, 'Remove the protection of a branch'),
    write('POST', `${REPO}/branches/{branch:encoded}/protection/**`, 'Change the protection of a branch'),
    write('PUT', `${REPO}/branches/{branch:encoded}/protection/**`, 'Change the protection of a branch'),
    write('PATCH', `${REPO}/branches/{branch:encoded}/protection/**`, 'Change the protection of a branch'),
    write('DELETE', `${REPO}/branches/{branch:encoded}/protection/**`, 'Remove a part of the protection of a branch'),
    write('POST', `${REPO}/branches/{branch:encoded}/rename`, 'Rename a branch'),
    write('POST', `${REPO}/rulesets`, 'Create rules for branches'),
    write('PUT', `${REPO}/rulesets/{id}`, 'Change rules for branches'),
    write('DELETE', `${REPO}/rulesets/{id}`, 'Delete rules for branches'),
    write('PUT', `${REPO}/{kind}/secrets/{name}`, 'Set a secret'),
    write('DELETE', `${REPO}/{kind}/secrets/{name}`, 'Delete a secret'),
    write('PUT', '/orgs/{org}/{kind}/secrets/{name}', 'Set a secret of an organization'),
    write('DELETE', '/orgs/{org}/{kind}/secrets/{name}', 'Delete a secret of an organization'),
    write('POST', `${REPO}/{kind}/variables`, 'Create a variable'),
    write('PATCH', `${REPO}/{kind}/variables/{name}`, 'Change a variable'),
    write('DELETE', `${REPO}/{kind}/variables/{name}`, 'Delete a variable'),
    write('POST', `${REPO}/keys`, 'Add a deploy key'),
    write('DELETE', `${REPO}/keys/{id}`, 'Delete a deploy key'),
    write('POST', `${REPO}/statuses/{sha}`, 'Set the status of a commit'),
    write('POST', `${REPO}/deployments`, 'Create a deployment'),
    write('DELETE', `${REPO}/deployments/{id}`, 'Delete a deployment'),
    write('DELETE', `${REPO}/environments/{name:encoded}`, 'Delete an environment'),
    write('POST', `${REPO}/releases`, 'Create a release'),
    write('DELETE', `${REPO}/releases/{id}`, 'Delete a release'),
    write('POST', `${REPO}/actions/workflows/{id}/dispatches`, 'Run a workflow'),
    write('POST', `${REPO}/actions/runs/{id}/rerun`, 'Run a workflow again'),
    write('POST', `${REPO}/actions/runs/{id}/cancel`, 'Cancel a workflow run'),
    write('DELETE', `${REPO}/actions/runs/{id}`, 'Delete a workflow run'),
    write('POST', `${REPO}/dispatches`, 'Send an event to a repository'),
    write('PUT', `${REPO}/collaborators/{user}`, 'Add a collaborator'),
    write('DELETE', `${REPO}/collaborators/{user}`, 'Remove a collaborator'),
    write('POST', `${REPO}/hooks`, 'Create a webhook'),
    write('DELETE', `${REPO}/hooks/{id}`, 'Delete a webhook'),
    write('POST', `${REPO}/forks`, 'Fork a repository'),
    write('POST', `${REPO}/transfer`, 'Transfer a repository'),
    write('PATCH', REPO, 'Update a repository', updateOf('a repository')),
    write('DELETE', REPO, 'Delete a repository'),
    write('POST', '/user/repos', 'Create a repository'),
    write('POST', '/orgs/{org}/repos', 'Create a repository'),
    write('PUT', '/orgs/{org}/memberships/{user}', 'Add a member to an organization'),
    write('DELETE', '/orgs/{org}/members/{user}', 'Remove a member from an organization'),
    write('PUT', '/orgs/{org}/teams/{team}/memberships/{user}', 'Add a member to a team'),
    write('DELETE', '/orgs/{org}/teams/{team}/memberships/{user}', 'Remove a member from a team'),
    write('DELETE', '/orgs/{org}/teams/{team}', 'Delete a team'),
    write('DELETE', '/orgs/{org}', 'Delete an organization'),
    write('POST', '/gists', 'Create a gist'),
    write('DELETE', '/gists/{id}', 'Delete a gist'),
    write('PUT', '/notifications', 'Mark notifications as read'),
  ],
  reads: 'Read and search repositories, code, issues, pull requests and people that you can see in GitHub.',
  writes: 'Create, change, merge and delete issues, pull requests, files, branches and repositories as you.',
  instructions: `GitHub's REST API is at ${BASE}, its GraphQL at POST ${BASE}/graphql. X-GitHub-Api-Version is 2022-11-28 unless you pass another; pass Accept: application/vnd.github.raw+json to get a file as it is, application/vnd.github.diff for a diff. Page with per_page and page. Archives and logs answer 302 to another host, which is not followed. GraphQL: one operation a call, queries are reads, mutations are writes.`,
  examples: {
    read: { method: 'GET', url: `${BASE}/repos/acme/web/issues?state=open` },
    write: { method: 'POST', url: `${BASE}/repos/acme/web/issues`, body: { title: '<title>', body: '<text>' } },
  },
});

/**
 * Paths verified in GitHub's own OpenAPI description: GET only reads there but for one report that is requested by GET. Branches,
 * tags and files may be written with %2F. Versions from documentation. Not verified: hosts of GHE.com. Uploads to
 * uploads.github.com are left out (their bodies are binary), and so is GitHub Enterprise Server, whose paths differ.
 */
export const github = withSecretParameters(definition, (call) => {
  const { pathname, searchParams } = new URL(call.url);
  if (!foldedPaths(pathname).some((path) => ALERTS.test(path)) || searchParams.getAll('hide_secret').join() === 'true')
    return null;
  return 'The answer would have the secrets that were found. Add hide_secret=true to the query.';
});
