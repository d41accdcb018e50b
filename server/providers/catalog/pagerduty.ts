import { defineProvider } from '../define-provider.js';
import { read, write } from '../rest.js';

const BASE = 'https://api.pagerduty.com';

const QUERY = { because: 'it asks for figures and keeps nothing' };

/**
 * Paths, headers and POSTs that only read verified in PagerDuty's own OpenAPI description, where GET only reads. Not verified: the
 * slug, and that OAuth tokens (Bearer; API keys would go as `Token token=`) reach every path.
 */
export const pagerduty = defineProvider({
  id: 'pagerduty',
  name: 'PagerDuty',
  hosts: ['api.pagerduty.com', 'api.eu.pagerduty.com'],
  neverCallable: [
    '/oauth',
    '/oauth/**',
    '/users/{id}/regenerate_private_url_key',
    '/enrichment/integrations/{name}/credentials',
    '/enrichment/integrations/{name}/credentials/**',
  ],
  secretReads: ['/enrichment/integrations/{name}/credentials', '/enrichment/integrations/{name}/credentials/{id}'],
  refused: [
    {
      method: 'POST',
      path: '/webhook_subscriptions',
      why: 'Its answer has the secret of the webhook. Create webhooks outside of this server.',
    },
  ],
  headers: { accept: 'application/vnd.pagerduty+json;version=2' },
  callerHeaders: { from: 'any', 'x-early-access': 'any' },
  rules: [
    read('POST', '/analytics/metrics/**', 'Query figures', QUERY),
    read('POST', '/analytics/raw/**', 'Query analytics of incidents and responders', QUERY),
    read('POST', '/enrichment/query', 'Query enrichment data', QUERY),
    read('POST', '/schedules/preview', 'Preview a schedule', { because: 'a preview is not kept' }),
    read('POST', '/templates/{id}/render', 'Render a template', { because: 'the text is answered and not kept' }),

    read('GET', '/incidents', 'List incidents'),
    read('GET', '/incidents/{id}', 'Read an incident'),
    read('GET', '/incidents/{id}/notes', 'List the notes of an incident'),
    read('GET', '/incidents/{id}/alerts', 'List the alerts of an incident'),
    read('GET', '/incidents/{id}/log_entries', 'List what happened to an incident'),
    read('GET', '/services', 'List services'),
    read('GET', '/services/{id}', 'Read a service'),
    read('GET', '/oncalls', 'List who is on call'),
    read('GET', '/schedules', 'List schedules'),
    read('GET', '/schedules/{id}', 'Read a schedule'),
    read('GET', '/escalation_policies', 'List escalation policies'),
    read('GET', '/teams', 'List teams'),
    read('GET', '/users', 'List people'),
    read('GET', '/users/me', 'Read who the connection belongs to'),
    read('GET', '/**', 'Read data', { because: 'GET only reads in this API' }),

    write('POST', '/incidents', 'Create an incident'),
    write('PUT', '/incidents', 'Change incidents in bulk'),
    write('PUT', '/incidents/{id}', 'Change an incident'),
    write('PUT', '/incidents/{id}/merge', 'Merge incidents'),
    write('POST', '/incidents/{id}/notes', 'Add a note to an incident'),
    write('DELETE', '/incidents/{id}/notes/{note}', 'Delete a note of an incident'),
    write('POST', '/incidents/{id}/snooze', 'Snooze an incident'),
    write('POST', '/incidents/{id}/status_updates', 'Send a status update'),
    write('POST', '/incidents/{id}/responder_requests', 'Ask for responders'),
    write('POST', '/services', 'Create a service'),
    write('PUT', '/services/{id}', 'Update a service'),
    write('DELETE', '/services/{id}', 'Delete a service'),
    write('POST', '/schedules', 'Create a schedule'),
    write('PUT', '/schedules/{id}', 'Update a schedule'),
    write('DELETE', '/schedules/{id}', 'Delete a schedule'),
    write('POST', '/schedules/{id}/overrides', 'Override a schedule'),
    write('DELETE', '/schedules/{id}/overrides/{override}', 'Delete an override of a schedule'),
    write('POST', '/maintenance_windows', 'Create a maintenance window'),
    write('DELETE', '/maintenance_windows/{id}', 'Delete a maintenance window'),
    write('DELETE', '/escalation_policies/{id}', 'Delete an escalation policy'),
    write('POST', '/users', 'Create a person'),
    write('DELETE', '/users/{id}', 'Delete a person'),
    write('DELETE', '/users/{id}/sessions', 'Revoke every session of a person'),
    write('DELETE', '/teams/{id}', 'Delete a team'),
    write('DELETE', '/webhook_subscriptions/{id}', 'Delete a webhook'),
  ],
  reads: 'Read incidents, services, schedules, people on call and analytics of your PagerDuty account.',
  writes: 'Create, acknowledge, resolve and change incidents, and change services, schedules and people as you.',
  instructions: `PagerDuty's API is at ${BASE}; accounts in the EU are at https://api.eu.pagerduty.com. Bodies are wrapped: { "incident": { "type": "incident_reference", … } }. Some writes need the header From with the email of a person of the account. Acknowledge or resolve with PUT incidents/{id} and { "incident": { "type": "incident_reference", "status": "resolved" } }. Page with limit and offset.`,
  examples: {
    read: { method: 'GET', url: `${BASE}/incidents?statuses[]=triggered` },
    write: {
      method: 'PUT',
      url: `${BASE}/incidents/Q2ABCDEF`,
      body: { incident: { type: 'incident_reference', status: 'acknowledged' } },
    },
  },
});
