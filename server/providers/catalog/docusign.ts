import { DomainError } from '../../kernel/domain-error.js';
import type { Call } from '../call.js';
import { isRecord, jsonBodyOf } from '../call-body.js';
import { defineProvider } from '../define-provider.js';
import { exactRead } from '../exact-read.js';
import { parameterNames } from '../forbidden-names.js';
import type { ProviderDefinition } from '../provider.js';
import { read, write } from '../rest.js';

const BASE = 'https://demo.docusign.net/restapi/v2.1';
/** The paths of v2, v2.0 and v2.1 are the same. */
const API = '/restapi/{version}';
const ACCOUNT = `${API}/accounts/{accountId}`;
const ENVELOPE = `${ACCOUNT}/envelopes/{envelopeId}`;
const TEMPLATE = `${ACCOUNT}/templates/{templateId}`;

const REGIONS = ['www', 'na1', 'na2', 'na3', 'na4', 'eu', 'au', 'ca', 'jp1', 'demo'];
const STORES_NOTHING = { because: 'the preview is not stored' };
const SESSION = { because: 'who has the link acts as its person' };

const definition = defineProvider({
  id: 'docusign',
  name: 'DocuSign',
  hosts: REGIONS.map((region) => `${region}.docusign.net`),
  paths: [
    '/restapi/service_information',
    ...['v2', 'v2.0', 'v2.1'].flatMap((version) => [`/restapi/${version}`, `/restapi/${version}/**`]),
  ],
  neverCallable: [
    `${API}/oauth2/**`,
    `${API}/login_information/**`,
    `${ACCOUNT}/connect/oauth`,
    `${ACCOUNT}/connect/oauth{ending}`,
    `${ACCOUNT}/connect/oauth/**`,
    `${ACCOUNT}/connect/secret`,
    `${ACCOUNT}/connect/secret{ending}`,
    `${ACCOUNT}/connect/secret/**`,
    `${ENVELOPE}/recipients/{recipientId}/identity_proof_token`,
  ],
  secretReads: [`${ACCOUNT}/connect/oauth`, `${ACCOUNT}/connect/secret`, `${ACCOUNT}/settings/enote_configuration`],
  endpoints: [
    exactRead(
      'PUT',
      `${ACCOUNT}/envelopes/status`,
      'Read the status of several envelopes',
      'the ids are in the body and nothing changes',
    ),
  ],
  rules: [
    read('PUT', `${ACCOUNT}/watermark/preview`, 'Preview a watermark', STORES_NOTHING),
    read('POST', `${ENVELOPE}/responsive_html_preview`, 'Preview an envelope', STORES_NOTHING),
    read('POST', `${ENVELOPE}/documents/{documentId}/responsive_html_preview`, 'Preview a document', STORES_NOTHING),
    read('POST', `${TEMPLATE}/responsive_html_preview`, 'Preview a template', STORES_NOTHING),
    read('POST', `${TEMPLATE}/documents/{documentId}/responsive_html_preview`, 'Preview a document', STORES_NOTHING),

    read('GET', `${API}/login_information`, 'Read who the connection belongs to'),
    read('GET', `${ACCOUNT}/envelopes`, 'List envelopes'),
    read('GET', ENVELOPE, 'Read an envelope'),
    read('GET', `${ENVELOPE}/documents`, 'List the documents of an envelope'),
    read('GET', `${ENVELOPE}/documents/{documentId}`, 'Download a document'),
    read('GET', `${ENVELOPE}/recipients`, 'List the recipients of an envelope'),
    read('GET', `${ENVELOPE}/audit_events`, 'Read the audit trail of an envelope'),
    read('GET', `${ACCOUNT}/templates`, 'List templates'),
    read('GET', TEMPLATE, 'Read a template'),
    read('GET', `${ACCOUNT}/users`, 'List users'),
    read('GET', '/restapi/service_information', 'Read which versions there are'),
    read('GET', API, 'Read which resources there are'),
    read('GET', `${API}/**`, 'Read data'),
    ...['', '{ending}', '/**'].map((end) =>
      write('GET', `${ACCOUNT}/bulk_process_data/actions/{action}/{listId}/send${end}`, 'Send a bulk list', {
        because: 'its path says that it sends and nothing documents it',
      }),
    ),

    write('POST', `${ACCOUNT}/envelopes`, 'Create an envelope, and send it when its status is “sent”'),
    write('PUT', `${ACCOUNT}/envelopes/transfer_rules`, 'Change rules that transfer envelopes'),
    write('PUT', ENVELOPE, 'Send, void or change an envelope', {
      titleOf: (call) =>
        bodySays(call, 'voided') ? 'Void an envelope' : bodySays(call, 'sent') ? 'Send an envelope' : null,
    }),
    write('PUT', `${ENVELOPE}/documents`, 'Change the documents of an envelope'),
    write('PUT', `${ENVELOPE}/documents/{documentId}`, 'Replace a document'),
    write('DELETE', `${ENVELOPE}/documents`, 'Delete documents of an envelope'),
    write('POST', `${ENVELOPE}/recipients`, 'Add recipients to an envelope'),
    write('PUT', `${ENVELOPE}/recipients`, 'Change the recipients of an envelope, or send it to them again'),
    write('DELETE', `${ENVELOPE}/recipients`, 'Delete recipients of an envelope'),
    write('DELETE', `${ENVELOPE}/recipients/{recipientId}`, 'Delete a recipient of an envelope'),
    write('POST', `${ENVELOPE}/recipients/{recipientId}/tabs`, 'Add fields for a recipient'),
    write('PUT', `${ENVELOPE}/recipients/{recipientId}/tabs`, 'Change fields of a recipient'),
    write('DELETE', `${ENVELOPE}/recipients/{recipientId}/tabs`, 'Delete fields of a recipient'),
    write('PUT', `${ENVELOPE}/recipients/{recipientId}/signature_image`, 'Replace the signature of a recipient'),
    write('POST', `${ENVELOPE}/custom_fields`, 'Add custom fields to an envelope'),
    write('PUT', `${ENVELOPE}/custom_fields`, 'Change custom fields of an envelope'),
    write('DELETE', `${ENVELOPE}/custom_fields`, 'Delete custom fields of an envelope'),
    write('PUT', `${ENVELOPE}/notification`, 'Change the reminders of an envelope'),
    write('POST', `${ENVELOPE}/lock`, 'Lock an envelope'),
    write('DELETE', `${ENVELOPE}/lock`, 'Remove the lock of an envelope'),
    write('POST', `${ENVELOPE}/views/{view}`, 'Create a link that opens an envelope', SESSION),
    write('POST', `${ACCOUNT}/views/console`, 'Create a link that opens DocuSign', SESSION),
    write('POST', `${TEMPLATE}/views/{view}`, 'Create a link that opens a template', SESSION),
    write('POST', `${ACCOUNT}/templates`, 'Create a template'),
    write('PUT', `${ACCOUNT}/templates/auto_match`, 'Change which templates match by themselves'),
    write('PUT', TEMPLATE, 'Update a template'),
    write('PUT', `${TEMPLATE}/documents`, 'Change the documents of a template'),
    write('PUT', `${TEMPLATE}/recipients`, 'Change the recipients of a template'),
    write('POST', `${ACCOUNT}/bulk_send_lists`, 'Create a list for sending in bulk'),
    write('DELETE', `${ACCOUNT}/bulk_send_lists/{listId}`, 'Delete a list for sending in bulk'),
    write('POST', `${ACCOUNT}/bulk_send_lists/{listId}/send`, 'Send an envelope in bulk'),
    write('PUT', `${ACCOUNT}/folders/{folderId}`, 'Move envelopes to a folder', {
      titleOf: (call) => (/\/folders\/recyclebin$/i.test(new URL(call.url).pathname) ? 'Delete envelopes' : null),
    }),
    write('POST', `${ACCOUNT}/users`, 'Add users', { because: 'people get access to the account' }),
    write('PUT', `${ACCOUNT}/users/{userId}`, 'Update a user'),
    write('DELETE', `${ACCOUNT}/users`, 'Remove users'),
    write('POST', `${ACCOUNT}/users/{userId}/signatures`, 'Add a signature'),
    write('POST', `${ACCOUNT}/groups`, 'Create groups'),
    write('DELETE', `${ACCOUNT}/groups`, 'Delete groups'),
    write('PUT', `${ACCOUNT}/groups/{groupId}/users`, 'Add users to a group'),
    write('DELETE', `${ACCOUNT}/groups/{groupId}/users`, 'Remove users from a group'),
    write('POST', `${ACCOUNT}/contacts`, 'Add contacts'),
    write('DELETE', `${ACCOUNT}/contacts`, 'Delete contacts'),
    write('POST', `${ACCOUNT}/brands`, 'Create brands'),
    write('DELETE', `${ACCOUNT}/brands`, 'Delete brands'),
    write('DELETE', `${ACCOUNT}/powerforms/{powerFormId}`, 'Delete a PowerForm'),
    write('DELETE', `${ACCOUNT}/permission_profiles/{profileId}`, 'Delete a permission profile'),
    write('PUT', `${ACCOUNT}/settings`, 'Change the settings of the account'),
    write('POST', `${ACCOUNT}/connect`, 'Create a webhook'),
    write('DELETE', `${ACCOUNT}/connect/{connectId}`, 'Delete a webhook'),
    write('POST', `${ACCOUNT}/billing_payments`, 'Pay invoices', { because: 'money moves' }),
    write('PUT', `${ACCOUNT}/billing_plan`, 'Change the billing plan', { because: 'money moves' }),
    write('DELETE', ACCOUNT, 'Delete the account'),
    write('PUT', `${ENVELOPE}/**`, 'Change a part of an envelope'),
    write('DELETE', `${ENVELOPE}/**`, 'Delete a part of an envelope'),
    write('PUT', `${TEMPLATE}/**`, 'Change a part of a template'),
    write('DELETE', `${TEMPLATE}/**`, 'Delete a part of a template'),
    write('PUT', `${ACCOUNT}/users/{userId}/**`, 'Change the profile, settings or signatures of a user'),
    write('DELETE', `${ACCOUNT}/users/{userId}/**`, 'Delete something of a user'),
    write('PUT', `${ACCOUNT}/settings/**`, 'Change the settings of the account'),
    write('PUT', `${ACCOUNT}/signing_groups/**`, 'Change a signing group'),
    write('PUT', `${ACCOUNT}/brands/**`, 'Change a brand'),
    write('DELETE', `${ACCOUNT}/brands/**`, 'Delete a brand or a part of one'),
    write('DELETE', `${ACCOUNT}/workspaces/**`, 'Delete a workspace or files in it'),
  ],
  reads: 'Read envelopes, documents, recipients, templates, users and settings of your DocuSign account.',
  writes: 'Send, void and change envelopes, and create, change and delete templates, users and settings.',
  instructions: `DocuSign's API is at ${BASE} for developer accounts, otherwise at the host of your account's region (such as na3.docusign.net or eu.docusign.net). GET login_information tells account ids and hosts. Paths are accounts/{accountId}/envelopes, …/templates, …/users. An envelope with status "created" is a draft; "sent" sends it.`,
  examples: {
    read: { method: 'GET', url: `${BASE}/accounts/1234567/envelopes?from_date=2026-11-01&status=completed` },
    write: {
      method: 'PUT',
      url: `${BASE}/accounts/1234567/envelopes/93be49ab-0000-0000-0000-f752070d71ec`,
      body: { status: 'voided', voidedReason: '<reason>' },
    },
  },
});

/**
 * Paths, and the reads by PUT and POST, from DocuSign's specifications of v2 and v2.1 and its Node client. GET only reads, with two
 * exceptions that are kept away: the API password, and a `…/send` that nothing documents. The names of the regions rest on general
 * knowledge but www, na3, eu and demo; the slug is a guess.
 */
export const docusign: ProviderDefinition = {
  ...definition,
  classify(call) {
    refuseApiPassword(call);
    return definition.classify(call);
  },
};

/** `login_information` tells a password for the API when it is asked for one. Paths and parameters may be in any case there. */
function refuseApiPassword(call: Call): void {
  const names = parameterNames(new URL(call.url).search.slice(1));
  if (!names.some((name) => name.trim().toLowerCase() === 'api_password')) return;
  throw new DomainError('call_not_allowed', 'api_password asks for a password. Leave the parameter out.');
}

function bodySays(call: Call, status: string): boolean {
  const body = jsonBodyOf(call);
  return isRecord(body) && body.status === status;
}
