import type { Call } from '../call.js';
import { isRecord, jsonBodyOf } from '../call-body.js';
import { defineProvider } from '../define-provider.js';
import { graphqlEndpoint } from '../graphql-endpoint.js';
import { read, write } from '../rest.js';
import {
  API,
  GRAPHQL_SECRETS,
  GRAPHQL_TOKENS,
  GROUP,
  neverCallable,
  PROJECT,
  refused,
  secretReads,
} from './gitlab-refusals.js';

const BASE = 'https://gitlab.com/api/v4';
const READS = { because: 'GET only reads in this API' };
/** Members of these go by names, which may have slashes. */
const NAMED =
  'custom_attributes feature_flags labels protected_branches protected_environments protected_tags releases wikis'.split(
    ' ',
  );

/** `state_event` is how GitLab closes and reopens. */
function updateOf(thing: string) {
  return {
    titleOf: (call: Call) => {
      const body = jsonBodyOf(call);
      if (!isRecord(body)) return null;
      if (body.state_event === 'close') return `Close ${thing}`;
      return body.state_event === 'reopen' ? `Reopen ${thing}` : null;
    },
  };
}

/**
 * Paths from a GitLab client library; override names and the reads by POST from documentation. GET only reads there as
 * far as is known, but for a merge into a hidden ref and the connection of agents. Names
 * with slashes (projects, branches, files) are one segment with %2F. Not verified: `sudo`, `private_token` and `job_token`, which
 * are refused everywhere; the list of calls that hand out tokens, which is from documentation.
 */
export const gitlab = defineProvider({
  id: 'gitlab',
  name: 'GitLab',
  hosts: ['gitlab.com'],
  mayBeSelfHosted: true,
  neverCallable,
  secretReads,
  refused,
  endpoints: [graphqlEndpoint('/api/graphql', { neverCallable: GRAPHQL_TOKENS, secretFields: GRAPHQL_SECRETS })],
  rules: [
    read('POST', `${API}/markdown`, 'Render Markdown', { because: 'the text is answered and not kept' }),
    read('POST', `${PROJECT}/ci/lint`, 'Check a pipeline configuration', { because: 'a check changes nothing' }),
    read('POST', `${API}/ci/lint`, 'Check a pipeline configuration', { because: 'a check changes nothing' }),
    read('POST', `${API}/glql`, 'Run a GLQL query', { because: 'the language only searches and counts' }),
    read('POST', `${PROJECT}/product_analytics/request/load`, 'Query analytics', {
      because: 'a query changes nothing',
    }),
    read('POST', `${PROJECT}/product_analytics/request/dry-run`, 'Read the SQL of a query', {
      because: 'nothing runs',
    }),

    read('GET', `${API}/user`, 'Read who the connection belongs to'),
    read('GET', `${API}/projects`, 'List projects'),
    read('GET', PROJECT, 'Read a project'),
    read('GET', `${PROJECT}/issues`, 'List issues'),
    read('GET', `${PROJECT}/issues/{iid}`, 'Read an issue'),
    read('GET', `${PROJECT}/issues/{iid}/notes`, 'List the comments on an issue'),
    read('GET', `${PROJECT}/merge_requests`, 'List merge requests'),
    read('GET', `${PROJECT}/merge_requests/{iid}`, 'Read a merge request'),
    read('GET', `${PROJECT}/merge_requests/{iid}/diffs`, 'Read the changes of a merge request'),
    read('GET', `${PROJECT}/pipelines`, 'List pipelines'),
    read('GET', `${PROJECT}/jobs/{job}/trace`, 'Read the log of a job'),
    read('GET', `${PROJECT}/repository/tree`, 'List files'),
    read('GET', `${PROJECT}/repository/files/{path:encoded}`, 'Read a file'),
    read('GET', `${PROJECT}/repository/files/{path:encoded}/raw`, 'Read a file'),
    read('GET', `${PROJECT}/repository/{kind}/{name:encoded}`, 'Read a part of a repository', READS),
    read('GET', `${PROJECT}/repository/{kind}/{name:encoded}/**`, 'Read a part of a repository', READS),
    ...NAMED.flatMap((kind) => [
      read('GET', `${PROJECT}/${kind}/{name:encoded}`, 'Read a part of a project', READS),
      read('GET', `${PROJECT}/${kind}/{name:encoded}/**`, 'Read a part of a project', READS),
      read('GET', `${GROUP}/${kind}/{name:encoded}`, 'Read a part of a group', READS),
      read('GET', `${GROUP}/${kind}/{name:encoded}/**`, 'Read a part of a group', READS),
    ]),
    read('GET', `${PROJECT}/**`, 'Read a part of a project', READS),
    read('GET', GROUP, 'Read a group'),
    read('GET', `${GROUP}/**`, 'Read a part of a group', READS),
    read('GET', `${API}/namespaces/{id:encoded}`, 'Read a namespace'),
    read('GET', `${API}/**`, 'Read data', READS),

    write('GET', `${PROJECT}/merge_requests/{iid}/merge_ref`, 'Merge into a ref of the merge request', {
      because: 'it writes the result of the merge to refs/merge-requests/{iid}/merge',
    }),
    write('GET', `${API}/ai/duo_workflows/ws`, 'Run an agent', { because: 'an agent runs over this connection' }),

    write('POST', `${PROJECT}/issues`, 'Create an issue'),
    write('PUT', `${PROJECT}/issues/{iid}`, 'Update an issue', updateOf('an issue')),
    write('DELETE', `${PROJECT}/issues/{iid}`, 'Delete an issue'),
    write('POST', `${PROJECT}/issues/{iid}/notes`, 'Comment on an issue'),
    write('DELETE', `${PROJECT}/issues/{iid}/notes/{note}`, 'Delete a comment'),
    write('POST', `${PROJECT}/merge_requests`, 'Create a merge request'),
    write('PUT', `${PROJECT}/merge_requests/{iid}`, 'Update a merge request', updateOf('a merge request')),
    write('DELETE', `${PROJECT}/merge_requests/{iid}`, 'Delete a merge request'),
    write('PUT', `${PROJECT}/merge_requests/{iid}/merge`, 'Merge a merge request'),
    write('POST', `${PROJECT}/merge_requests/{iid}/approve`, 'Approve a merge request'),
    write('POST', `${PROJECT}/merge_requests/{iid}/notes`, 'Comment on a merge request'),
    write('POST', `${PROJECT}/pipeline`, 'Run a pipeline'),
    write('POST', `${PROJECT}/pipelines/{pipeline}/retry`, 'Run a pipeline again'),
    write('POST', `${PROJECT}/pipelines/{pipeline}/cancel`, 'Cancel a pipeline'),
    write('DELETE', `${PROJECT}/pipelines/{pipeline}`, 'Delete a pipeline'),
    write('POST', `${PROJECT}/jobs/{job}/play`, 'Run a job'),
    write('POST', `${PROJECT}/jobs/{job}/erase`, 'Erase a job'),
    write('POST', `${PROJECT}/repository/commits`, 'Create a commit'),
    write('POST', `${PROJECT}/repository/files/{path:encoded}`, 'Create a file'),
    write('PUT', `${PROJECT}/repository/files/{path:encoded}`, 'Change a file'),
    write('DELETE', `${PROJECT}/repository/files/{path:encoded}`, 'Delete a file'),
    write('POST', `${PROJECT}/repository/branches`, 'Create a branch'),
    write('DELETE', `${PROJECT}/repository/branches/{name:encoded}`, 'Delete a branch'),
    write('DELETE', `${PROJECT}/repository/merged_branches`, 'Delete every merged branch'),
    write('POST', `${PROJECT}/repository/changelog`, 'Commit a changelog'),
    write('POST', `${PROJECT}/repository/tags`, 'Create a tag'),
    write('DELETE', `${PROJECT}/repository/tags/{name:encoded}`, 'Delete a tag'),
    write('POST', `${PROJECT}/releases`, 'Create a release'),
    write('DELETE', `${PROJECT}/releases/{tag:encoded}`, 'Delete a release'),
    write('POST', `${PROJECT}/members`, 'Add a member to a project'),
    write('DELETE', `${PROJECT}/members/{user}`, 'Remove a member from a project'),
    write('POST', `${PROJECT}/protected_branches`, 'Protect a branch'),
    write('DELETE', `${PROJECT}/protected_branches/{name:encoded}`, 'Remove the protection of a branch'),
    write('POST', `${PROJECT}/hooks`, 'Create a webhook'),
    write('DELETE', `${PROJECT}/hooks/{hook}`, 'Delete a webhook'),
    write('POST', `${PROJECT}/deploy_keys`, 'Add a deploy key'),
    write('DELETE', `${PROJECT}/deploy_keys/{key}`, 'Delete a deploy key'),
    write('PUT', `${PROJECT}/integrations/{integration}`, 'Set up an integration'),
    write('DELETE', `${PROJECT}/integrations/{integration}`, 'Remove an integration'),
    write('POST', `${PROJECT}/labels`, 'Create a label'),
    write('DELETE', `${PROJECT}/labels/{name:encoded}`, 'Delete a label'),
    write('POST', `${PROJECT}/milestones`, 'Create a milestone'),
    write('DELETE', `${PROJECT}/milestones/{milestone}`, 'Delete a milestone'),
    write('POST', `${PROJECT}/snippets`, 'Create a snippet'),
    write('DELETE', `${PROJECT}/snippets/{snippet}`, 'Delete a snippet'),
    write('POST', `${PROJECT}/wikis`, 'Create a wiki page'),
    write('PUT', `${PROJECT}/wikis/{slug:encoded}`, 'Change a wiki page'),
    write('DELETE', `${PROJECT}/wikis/{slug:encoded}`, 'Delete a wiki page'),
    write('POST', `${PROJECT}/environments/{environment}/stop`, 'Stop an environment'),
    write('DELETE', `${PROJECT}/environments/{environment}`, 'Delete an environment'),
    write('POST', `${PROJECT}/variables`, 'Create a variable'),
    write('PUT', `${PROJECT}/variables/{key}`, 'Change a variable'),
    write('DELETE', `${PROJECT}/variables/{key}`, 'Delete a variable'),
    write('POST', `${PROJECT}/fork`, 'Fork a project'),
    write('POST', `${PROJECT}/archive`, 'Archive a project'),
    write('PUT', PROJECT, 'Update a project'),
    write('DELETE', PROJECT, 'Delete a project'),
    write('POST', `${API}/projects`, 'Create a project'),
    write('POST', `${API}/groups`, 'Create a group'),
    write('PUT', GROUP, 'Update a group'),
    write('DELETE', GROUP, 'Delete a group'),
    write('POST', `${GROUP}/members`, 'Add a member to a group'),
    write('DELETE', `${GROUP}/members/{user}`, 'Remove a member from a group'),
  ],
  reads: 'Read and search projects, code, issues, merge requests, pipelines and people that you can see in GitLab.',
  writes: 'Create, change, merge and delete issues, merge requests, files, branches and projects as you.',
  instructions: `GitLab's REST API is at ${BASE}, its GraphQL at POST https://gitlab.com/api/graphql. A project is named by its number or its path with %2F: projects/acme%2Fweb. Files and branches with slashes are written with %2F too. Page with per_page and page. An issue is closed by PUT projects/{id}/issues/{iid} with { "state_event": "close" }. GraphQL: one operation a call, queries are reads, mutations are writes.`,
  examples: {
    read: { method: 'GET', url: `${BASE}/projects/acme%2Fweb/merge_requests?state=opened` },
    write: { method: 'POST', url: `${BASE}/projects/acme%2Fweb/issues`, body: { title: '<title>' } },
  },
});
