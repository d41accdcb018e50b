import { defineProvider } from '../define-provider.js';
import { read, write } from '../rest.js';

const BASE = 'https://us.sentry.io/api/0';
const ORG = '/api/0/organizations/{org}';
const PROJECT = '/api/0/projects/{org}/{project}';
const HOOK = 'Its answer has the secret of the service hook. Ask a person to do that in Sentry.';

/**
 * Hosts and paths verified in Sentry's own OpenAPI description: GET only reads, and nothing else does. Every path there ends in a
 * slash. Its scopes are no evidence (some writes ask for org:read). The slug is a guess. Not verified: the paths below that hand
 * out tokens, which the description leaves out.
 */
export const sentry = defineProvider({
  id: 'sentry',
  name: 'Sentry',
  hosts: ['sentry.io', 'us.sentry.io', 'de.sentry.io'],
  neverCallable: [
    '/api/0/api-tokens',
    '/api/0/api-tokens/**',
    '/api/0/api-authorizations',
    '/api/0/api-applications',
    '/api/0/api-applications/**',
    '/api/0/auth',
    '/api/0/auth/**',
    '/api/0/auth-v2/**',
    `${ORG}/api-keys`,
    `${ORG}/api-keys/**`,
    `${ORG}/org-auth-tokens`,
    `${ORG}/org-auth-tokens/**`,
    '/api/0/sentry-apps/{app}/api-tokens',
    '/api/0/sentry-apps/{app}/api-tokens/**',
    '/api/0/sentry-apps/{app}/rotate-secret',
    '/api/0/sentry-app-installations/{id}/authorizations',
    `${ORG}/prevent/owner/{owner}/repository/{repository}/token/regenerate`,
  ],
  secretReads: [`${PROJECT}/hooks/`, `${PROJECT}/hooks/{hook}/`, `${ORG}/prevent/owner/{owner}/repositories/tokens/`],
  refused: [
    { method: 'POST', path: `${PROJECT}/hooks/`, why: HOOK },
    { method: 'PUT', path: `${PROJECT}/hooks/{hook}/`, why: HOOK },
    {
      method: 'POST',
      path: '/api/0/sentry-apps/',
      why: 'Its answer has the secret of the integration. Ask a person to create it in Sentry.',
    },
  ],
  rules: [
    read('GET', '/api/0/organizations/', 'List organizations'),
    read('GET', `${ORG}/projects/`, 'List the projects of an organization'),
    read('GET', `${ORG}/issues/`, 'Search issues'),
    read('GET', `${ORG}/issues/{id}/`, 'Read an issue'),
    read('GET', `${ORG}/issues/{id}/events/`, 'List the events of an issue'),
    read('GET', `${ORG}/issues/{id}/events/{event}/`, 'Read an event of an issue'),
    read('GET', `${ORG}/events/`, 'Query events'),
    read('GET', `${ORG}/releases/`, 'List releases'),
    read('GET', `${ORG}/releases/{version:encoded}/**`, 'Read a release'),
    read('GET', `${ORG}/members/`, 'List members'),
    read('GET', `${ORG}/teams/`, 'List teams'),
    read('GET', `${ORG}/replays/`, 'List replays'),
    read('GET', `${ORG}/trace/{id}/`, 'Read a trace'),
    read('GET', `${PROJECT}/issues/`, 'List the issues of a project'),
    read('GET', `${PROJECT}/events/`, 'List the events of a project'),
    read('GET', `${PROJECT}/events/{id}/`, 'Read an event'),
    read('GET', `${PROJECT}/releases/{version:encoded}/**`, 'Read a release'),
    read('GET', '/api/0/**', 'Read data', { because: 'GET only reads in this API' }),

    write('PUT', `${ORG}/issues/`, 'Change every issue that matches', { because: 'it changes issues in bulk' }),
    write('DELETE', `${ORG}/issues/`, 'Delete every issue that matches', { because: 'it deletes issues in bulk' }),
    write('PUT', `${ORG}/issues/{id}/`, 'Update an issue'),
    write('DELETE', `${ORG}/issues/{id}/`, 'Delete an issue'),
    write('PUT', '/api/0/issues/{id}/', 'Update an issue'),
    write('DELETE', '/api/0/issues/{id}/', 'Delete an issue'),
    write('POST', '/api/0/issues/{id}/comments/', 'Comment on an issue'),
    write('PUT', `${PROJECT}/issues/`, 'Change every issue that matches', { because: 'it changes issues in bulk' }),
    write('DELETE', `${PROJECT}/issues/`, 'Delete every issue that matches', { because: 'it deletes issues in bulk' }),
    write('POST', `${ORG}/releases/`, 'Create a release'),
    write('PUT', `${ORG}/releases/{version:encoded}/`, 'Update a release'),
    write('DELETE', `${ORG}/releases/{version:encoded}/`, 'Delete a release'),
    write('POST', `${ORG}/releases/{version:encoded}/deploys/`, 'Create a deploy'),
    write('POST', `${ORG}/members/`, 'Invite a member'),
    write('DELETE', `${ORG}/members/{id}/`, 'Remove a member'),
    write('DELETE', `${ORG}/members/{id}/teams/{team}/`, 'Remove a member from a team'),
    write('POST', `${ORG}/monitors/`, 'Create a monitor'),
    write('DELETE', `${ORG}/monitors/{id}/`, 'Delete a monitor'),
    write('POST', '/api/0/teams/{org}/{team}/projects/', 'Create a project'),
    write('PUT', `${PROJECT}/`, 'Update a project'),
    write('DELETE', `${PROJECT}/`, 'Delete a project'),
    write('POST', `${PROJECT}/keys/`, 'Create a client key'),
    write('DELETE', `${PROJECT}/keys/{id}/`, 'Delete a client key'),
    write('DELETE', `${PROJECT}/replays/{id}/`, 'Delete a replay'),
    write('POST', `${PROJECT}/replays/jobs/delete/`, 'Delete replays in bulk'),
  ],
  reads: 'Read issues, events, releases, replays, traces and members of your Sentry organizations.',
  writes: 'Resolve, change and delete issues, releases, monitors, projects and members as you.',
  instructions: `Sentry's API is at ${BASE}; organizations in the EU are at https://de.sentry.io/api/0. Every path ends in a slash. Issues: GET organizations/{slug}/issues/?query=is:unresolved; to resolve one, PUT organizations/{slug}/issues/{id}/ with { "status": "resolved" }. PUT and DELETE on issues/ itself act on every issue that matches: name ids with ?id=.`,
  examples: {
    read: { method: 'GET', url: `${BASE}/organizations/acme/issues/?query=is:unresolved` },
    write: { method: 'PUT', url: `${BASE}/organizations/acme/issues/4211/`, body: { status: 'resolved' } },
  },
});
