import { DomainError } from '../../kernel/domain-error.js';
import type { Call } from '../call.js';
import { defineProvider } from '../define-provider.js';
import type { ProviderDefinition } from '../provider.js';
import { type Rule, read, write } from '../rest.js';

const BASE = 'https://api.zoom.us/v2';
const MEETING = '/v2/meetings/{meeting}';
const WEBINAR = '/v2/webinars/{webinar}';
const USER = '/v2/users/{user}';

/** Meetings and webinars are managed alike. */
function occasion(path: string, name: string): readonly Rule[] {
  return [
    write('PATCH', path, `Update a ${name}`),
    write('DELETE', path, `Delete a ${name}`),
    write('PUT', `${path}/status`, `End a ${name}`),
    write('POST', `${path}/registrants`, `Register someone for a ${name}`),
    write('PUT', `${path}/registrants/status`, `Approve or deny registrants of a ${name}`),
    write('DELETE', `${path}/registrants/{registrant}`, `Remove a registrant of a ${name}`),
    write('POST', `${path}/polls`, `Create a poll of a ${name}`),
    write('PUT', `${path}/polls/{poll}`, `Replace a poll of a ${name}`),
    write('DELETE', `${path}/polls/{poll}`, `Delete a poll of a ${name}`),
  ];
}

/** Tokens that start or join a meeting as someone, asked for by GET. */
const TOKENS = [
  `${USER}/token`,
  `${USER}/zak`,
  ...[MEETING, WEBINAR].flatMap((path) => [`${path}/token`, `${path}/jointoken/{kind}`]),
];

/** Stream keys, the passwords of webhooks of the old kind, and those of telephones. */
const SECRETS = [
  ...[MEETING, WEBINAR].map((path) => `${path}/livestream`),
  '/v2/webhooks',
  '/v2/webhooks/{webhook}',
  '/v2/sip_phones',
  '/v2/sip_phones/phones',
];

const definition = defineProvider({
  id: 'zoom',
  name: 'Zoom',
  hosts: ['api.zoom.us'],
  paths: ['/v2/**'],
  neverCallable: [...TOKENS, '/v2/marketplace/apps/{app}/rotate_client_secret'],
  secretReads: [...TOKENS, ...SECRETS],
  refused: [
    {
      method: 'POST',
      path: '/v2/marketplace/apps',
      why: 'Its answer has the secret of the app. Ask a person to create apps in Zoom.',
    },
  ],
  rules: [
    read('POST', '/v2/chat/channels/search', 'Search channels', { because: 'a search changes nothing' }),
    read('POST', '/v2/commerce/order/preview', 'Preview an order', { because: 'a preview is not kept' }),
    read('POST', '/v2/marketplace/apps/manifest/validate', 'Check a manifest', { because: 'a check changes nothing' }),
    read('GET', '/v2/users', 'List people'),
    read('GET', USER, 'Read a person'),
    read('GET', `${USER}/meetings`, 'List meetings'),
    read('GET', `${USER}/webinars`, 'List webinars'),
    read('GET', `${USER}/recordings`, 'List recordings'),
    read('GET', MEETING, 'Read a meeting'),
    read('GET', `${MEETING}/invitation`, 'Read the invitation to a meeting'),
    read('GET', `${MEETING}/registrants`, 'List registrants'),
    read('GET', `${MEETING}/recordings`, 'List the recordings of a meeting'),
    read('GET', '/v2/past_meetings/{meeting}', 'Read a past meeting'),
    read('GET', '/v2/past_meetings/{meeting}/participants', 'List who was in a meeting'),
    read('GET', WEBINAR, 'Read a webinar'),
    read('GET', '/v2/report/**', 'Read a report'),
    read('GET', '/v2/metrics/**', 'Read metrics'),
    read('GET', '/v2/chat/**', 'Read from team chat'),
    read('GET', '/v2/phone/**', 'Read from Zoom Phone'),
    read('GET', '/v2/**', 'Read from Zoom'),

    write('POST', `${USER}/meetings`, 'Create a meeting'),
    ...occasion(MEETING, 'meeting'),
    write('PATCH', '/v2/live_meetings/{meeting}/events', 'Control a running meeting'),
    write('DELETE', `${MEETING}/recordings`, 'Delete the recordings of a meeting'),
    write('DELETE', `${MEETING}/recordings/{recording}`, 'Delete a recording'),
    write('PUT', `${MEETING}/recordings/status`, 'Restore recordings'),
    write('PATCH', `${MEETING}/recordings/settings`, 'Change who may see recordings'),
    write('POST', `${USER}/webinars`, 'Create a webinar'),
    ...occasion(WEBINAR, 'webinar'),
    write('POST', `${WEBINAR}/panelists`, 'Add panelists'),
    write('DELETE', `${WEBINAR}/panelists`, 'Remove all panelists'),
    write('DELETE', `${WEBINAR}/panelists/{panelist}`, 'Remove a panelist'),
    write('POST', '/v2/users', 'Create a person'),
    write('PATCH', USER, 'Update a person'),
    write('DELETE', USER, 'Delete a person'),
    write('PATCH', `${USER}/settings`, 'Change the settings of a person'),
    write('PUT', `${USER}/status`, 'Activate or deactivate a person'),
    write('PUT', `${USER}/password`, 'Change the password of a person'),
    write('POST', '/v2/groups', 'Create a group'),
    write('DELETE', '/v2/groups/{group}', 'Delete a group'),
    write('POST', '/v2/groups/{group}/members', 'Add members to a group'),
    write('POST', '/v2/chat/users/{user}/messages', 'Send a chat message'),
    write('PUT', '/v2/chat/users/{user}/messages/{message}', 'Update a chat message'),
    write('DELETE', '/v2/chat/users/{user}/messages/{message}', 'Delete a chat message'),
    write('POST', '/v2/chat/users/{user}/channels', 'Create a channel'),
    write('DELETE', '/v2/chat/channels/{channel}', 'Delete a channel'),
    write('DELETE', '/v2/accounts/{account}', 'Delete an account'),
  ],
  reads:
    'See meetings with their links to start and join, webinars, recordings, chats, reports, people and settings of your Zoom account.',
  writes: 'Create, change and delete meetings, webinars, recordings, chats and people.',
  instructions: `Zoom is at ${BASE}, with JSON bodies: users/me/meetings, meetings/{id}, past_meetings/{uuid}/participants, users/me/recordings?from=…&to=…. A meeting UUID with a slash in it cannot be named here: use the meeting's number. Tokens to join or start meetings can never be read.`,
  examples: {
    read: { method: 'GET', url: `${BASE}/users/me/meetings?type=upcoming` },
    write: {
      method: 'POST',
      url: `${BASE}/users/me/meetings`,
      body: { topic: '<title>', type: 2, start_time: '<time>', duration: 30 },
    },
  },
});

/**
 * Host, paths and methods verified in Zoom's SDK (Rivet) and its older OpenAPI description. GET only reads there; those that hand
 * out tokens are never callable. A search by POST that is not listed here counts as a write. Slug: a guess.
 */
export const zoom: ProviderDefinition = {
  ...definition,
  classify(call) {
    refuseDownloadToken(call);
    return definition.classify(call);
  },
};

/** The answer about recordings holds a token when `include_fields` asks for one. */
function refuseDownloadToken(call: Call): void {
  const said = [...new URL(call.url).searchParams].flat();
  if (!said.some((text) => text.toLowerCase().includes('download_access_token'))) return;
  throw new DomainError('call_not_allowed', 'download_access_token asks for a token. Leave it out.');
}
