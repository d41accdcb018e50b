import { DomainError } from '../../kernel/domain-error.js';
import type { CallInput } from '../call.js';
import { ProviderRegistry } from '../provider-registry.js';
import { airtable } from './airtable.js';
import { cloudflare } from './cloudflare.js';
import { confluence } from './confluence.js';
import { docusign } from './docusign.js';
import { github } from './github.js';
import { gitlab } from './gitlab.js';
import { hubspot } from './hubspot.js';
import { jira } from './jira.js';
import { pagerduty } from './pagerduty.js';
import { salesforce } from './salesforce.js';
import { slack } from './slack.js';
import { square } from './square.js';
import { stripe } from './stripe.js';
import { xero } from './xero.js';
import { zendesk } from './zendesk.js';
import { zoom } from './zoom.js';

const hosts = { salesforce: ['acme.my.salesforce.com'], zendesk: ['acme.zendesk.com'] };
const definitions = [
  airtable,
  cloudflare,
  confluence,
  docusign,
  github,
  gitlab,
  hubspot,
  jira,
  pagerduty,
  salesforce,
  slack,
  square,
  stripe,
  xero,
  zendesk,
  zoom,
];
const registry = new ProviderRegistry(definitions, { hosts, slugs: {} });

const DATA = 'https://acme.my.salesforce.com/services/data/v64.0';
const ZENDESK = 'https://acme.zendesk.com/api/v2';
const DOCUSIGN = 'https://eu.docusign.net/restapi/v2.1';
const STRIPE = 'https://api.stripe.com';
const GITHUB = 'https://api.github.com';
const CLOUDFLARE = 'https://api.cloudflare.com/client/v4/accounts/1';
const JIRA = 'https://api.atlassian.com/ex/jira/11223344-a1b2-3b33-c444-def123456789/rest';
const ZOOM = 'https://api.zoom.us/v2';
const AIRTABLE = 'https://api.airtable.com/v0/bases/appA/webhooks';
const MERGE = 'https://gitlab.com/api/v4/projects/acme%2Fweb/merge_requests/7';
const WIKI = 'https://api.atlassian.com/ex/confluence/1/wiki/rest/api/content';

function outcome(input: CallInput): string {
  try {
    return registry.judge(input).verdict.level;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

describe('I23: what a GET does decides, not that it is one', () => {
  it.each([
    [`${DATA}/tooling/query?q=SELECT+Id+FROM+ApexClass`, 'read'],
    [`${DATA}/tooling/executeAnonymous?anonymousBody=x`, 'write'],
    [`${DATA}/tooling/executeAnonymous/?anonymousBody=x`, 'write'],
    [`${DATA}/tooling/ExecuteAnonymous?anonymousBody=x`, 'write'],
    ['https://acme.my.salesforce.com/services/apexrest/things', 'write'],
    [`${ZENDESK}/users/me/session`, 'read'],
    [`${ZENDESK}/users/me/session/renew`, 'write'],
    [`${ZENDESK}/users/me/session/renew.json`, 'write'],
    [`${ZENDESK}/users/me/session/Renew/`, 'write'],
    [`${ZENDESK}/users/me/session/renew/x`, 'write'],
    [`${DATA}/query?q=SELECT+Id+FROM+Contact+LIMIT+1`, 'read'],
    [`${DATA}/query?q=SELECT+Id+FROM+Contact+LIMIT+1+FOR+VIEW`, 'write'],
    [`${DATA}/queryAll/?q=select+Id+from+Contact+for%0A+reference`, 'write'],
    [`${DATA}/query?q=SELECT+Title+FROM+FAQ__kav+UPDATE+VIEWSTAT`, 'write'],
    [`${DATA}/search?q=FIND+%7Bx%7D+RETURNING+FAQ__kav(Id)+update%09tracking`, 'write'],
    [`${DATA}/parameterizedSearch?q=x&updateTracking=true`, 'write'],
    [`${DATA}/parameterizedSearch?q=x&UPDATEVIEWSTAT=1`, 'write'],
    [`${DATA}/ui-api/records/001?fields=Account.Name&updateMru=true`, 'write'],
    [`${DATA}/ui-api/records/001?fields=Account.Name&updateMru=false`, 'read'],
    [`${DATA}/support/knowledgeArticles`, 'read'],
    [`${DATA}/support/knowledgeArticles/kA0`, 'write'],
    [`${DATA}/support/KNOWLEDGEARTICLES/kA0/`, 'write'],
    [`${DATA}/support/knowledge%2541rticles/kA0`, 'write'],
    [`${DATA}/support/knowledgeArticles/kA0?updateViewStat=false`, 'read'],
    [`${DATA}/support/knowledgeArticles/kA0?updateViewStat=false&updateViewStat=true`, 'write'],
    [`${JIRA}/api/3/issue/TEA-1`, 'read'],
    [`${JIRA}/api/3/issue/TEA-1?updateHistory=false`, 'read'],
    [`${JIRA}/api/3/issue/TEA-1?updateHistory=true`, 'write'],
    [`${JIRA}/api/3/issue/TEA-1?updateHistory%20=true`, 'write'],
    [`${DATA}/support/knowledgeArticles/kA0?updateViewStat=false&updateViewStat+=true`, 'write'],
    [`${JIRA}/api/2/issue/TEA-1?fields=summary&UpdateHistory=1`, 'write'],
    [`${JIRA}/agile/1.0/issue/TEA-1?updateHistory=false&updateHistory=true`, 'write'],
    [`${GITHUB}/repositories/1/dependency-graph/sbom`, 'read'],
    [`${GITHUB}/repositories/1/dependency-graph/sbom/generate-report`, 'write'],
    [AIRTABLE, 'read'],
    [`${AIRTABLE}/achA/payloads?cursor=4`, 'write'],
    [MERGE, 'read'],
    [`${MERGE}/merge_ref`, 'write'],
    [`${MERGE}/Merge_Ref.json`, 'write'],
    ['https://gitlab.com/api/v4/ai/duo_workflows/ws', 'write'],
    [`${WIKI}/98431?expand=body.storage`, 'read'],
    [`${WIKI}/98431?expand=body.storage&trigger=viewed`, 'write'],
    [`${WIKI}?spaceKey=A&%74rigger=viewed`, 'write'],
    [`${CLOUDFLARE}/alerting/v3/destinations/pagerduty`, 'read'],
    [`${CLOUDFLARE}/alerting/v3/destinations/pagerduty/connect/1`, 'write'],
    [`${CLOUDFLARE}/browser-rendering/devtools/session/1`, 'read'],
    [`${CLOUDFLARE}/browser-rendering/devtools/browser/1/json/list`, 'read'],
    [`${CLOUDFLARE}/browser-rendering/devtools/browser/1/json/close/2`, 'write'],
    [`${CLOUDFLARE}/browser-rendering/devtools/browser/1/json/List`, 'write'],
    [`${CLOUDFLARE}/browser-rendering/devtools/browser`, 'write'],
  ])('GET %s: %s', (url, expected) => {
    expect(outcome({ method: 'GET', url })).toBe(expected);
    expect(outcome({ method: 'HEAD', url })).toBe(expected);
  });
});

describe('what hands out a secret is never callable, in any spelling', () => {
  it.each([
    ['GET', `${DOCUSIGN}/login_information?api_password=true`],
    ['GET', `${DOCUSIGN}/Login_Information?API_Password=true`],
    ['GET', `${DOCUSIGN}/accounts/1/connect/secret`],
    ['GET', `${DOCUSIGN}/accounts/1/Connect/Secret/`],
    ['GET', `${ZENDESK}/webhooks/1/signing_secret.json`],
    ['DELETE', `${DATA}/sobjects/User/1/password`],
    ['DELETE', `${DATA}/sobjects/user/1/Password/`],
    ['GET', `${DATA}/connect/Named-Credentials/credential`],
    ['POST', 'https://connect.squareup.com/v2/webhooks/subscriptions'],
    ['GET', 'https://connect.squareup.com/v2/webhooks/subscriptions/1'],
    ['POST', `${STRIPE}/v1/webhook_endpoints`],
    ['GET', `${STRIPE}/v1/apps/secrets/find?expand[]=payload`],
    ['POST', 'https://api.hubapi.com/marketing/v3/transactional/smtp-tokens'],
    ['POST', `${GITHUB}/repos/a/b/actions/runners/registration-token`],
    ['POST', `${GITHUB}/repositories/1/actions/runners/registration-token`],
    ['POST', `${GITHUB}/organizations/1/actions/runners/remove-token`],
    ['POST', `${GITHUB}/repos/a/b/actions/runners/registration-token/.json`],
    ['PATCH', `${GITHUB}/repositories/1/hooks/1/config`],
    ['PATCH', `${GITHUB}/organizations/1/hooks/1/config`],
    ['POST', 'https://gitlab.com/api/v4/ai/third_party_agents/direct_access'],
    ['POST', 'https://gitlab.com/api/v4/runners/reset_authentication_token'],
    ['POST', 'https://api.pagerduty.com/webhook_subscriptions'],
    ['POST', 'https://slack.com/api/apps.manifest.create'],
    ['GET', 'https://slack.com/api/apps.auth.external.get?external_token_id=Et1'],
    ['POST', 'https://slack.com/api/Apps.Auth.External.GET'],
    ['GET', `${GITHUB}/repos/a/b/Secret-Scanning/Alerts`],
    ['PATCH', `${GITHUB}/repositories/1/secret-scanning/alerts/1`],
    ['GET', 'https://gitlab.com/api/v4/projects/1/Variables.json'],
    ['GET', 'https://gitlab.com/api/v4/projects/a%2Fb/triggers/'],
    ['GET', 'https://gitlab.com/api/v4/projects/a%2Fb/pipeline_schedules/1/variables/KEY'],
    ['GET', 'https://gitlab.com/api/v4/projects/1/pipeline_schedules/1/variables.json'],
    ['GET', `${CLOUDFLARE}/devices/1/override_codes`],
    ['GET', `${CLOUDFLARE}/devices/registrations/1/override_codes`],
    ['GET', `${ZOOM}/meetings/1/recordings?include_fields=download_access_token&ttl=1`],
    ['GET', `${ZOOM}/meetings/1/recordings?include_fields=x%2CDownload_Access_Token`],
    ['GET', `${ZOOM}/users/me/recordings?download_access_token=true`],
  ])('%s %s', (method, url) => {
    expect(outcome({ method, url })).toBe('call_not_allowed');
  });

  it('a slash that is encoded twice has no place in a path, as it can hide one of these', () => {
    const url = 'https://gitlab.com/api/v4/projects%252Fa%25252Fb%252Ftriggers';
    expect(outcome({ method: 'GET', url })).toBe('url_not_canonical');
  });

  it('what lies beside them is', () => {
    expect(outcome({ method: 'GET', url: `${DOCUSIGN}/login_information` })).toBe('read');
    expect(outcome({ method: 'GET', url: 'https://connect.squareup.com/v2/webhooks/subscriptions' })).toBe('read');
    expect(outcome({ method: 'DELETE', url: `${STRIPE}/v1/webhook_endpoints/we_1` })).toBe('write');
    expect(outcome({ method: 'GET', url: `${ZOOM}/meetings/1/recordings?ttl=1` })).toBe('read');
    expect(outcome({ method: 'GET', url: `${CLOUDFLARE}/devices/1` })).toBe('read');
    expect(outcome({ method: 'GET', url: `${DATA}/sobjects/User/1/password` })).toBe('read');
    expect(outcome({ method: 'GET', url: `${GITHUB}/repos/a/b/secret-scanning/alerts?hide_secret=true` })).toBe('read');
  });
});

describe('I23: a search by POST that counts what it finds as seen', () => {
  it.each([
    [{ q: 'x' }, 'read'],
    [{ q: 'x', updateTracking: false }, 'read'],
    [{ q: 'x', updateTracking: true }, 'write'],
    [{ q: 'x', updateViewStat: 'TRUE' }, 'write'],
  ])('%j: %s', (body, expected) => {
    expect(outcome({ method: 'POST', url: `${DATA}/parameterizedSearch`, body })).toBe(expected);
  });
});

describe('calls that carry others cannot carry what is never callable', () => {
  const part = { method: 'POST', url: '/services/data/v64.0/sobjects/User/1/password', referenceId: 'a', body: {} };
  it.each([
    [`${DATA}/composite`, { compositeRequest: [part] }],
    [`${DATA}/composite/`, { compositeRequest: [part] }],
    [`${DATA}/composite/batch`, { batchRequests: [part] }],
    [`${DATA}/composite/graph`, { graphs: [{ graphId: '1', compositeRequest: [part] }] }],
    [`${DATA}/tooling/composite`, { compositeRequest: [part] }],
  ])('%s is refused', (url, body) => {
    expect(outcome({ method: 'POST', url, body })).toBe('call_not_allowed');
  });
});

describe('a read that stands among ids', () => {
  it.each([
    ['PUT', `${DOCUSIGN}/accounts/1/envelopes/status`, 'read'],
    ['PUT', `${DOCUSIGN}/accounts/1/envelopes/93be`, 'write'],
    ['PUT', `${DOCUSIGN}/accounts/1/envelopes/Status`, 'write'],
    ['POST', `${DOCUSIGN}/accounts/1/envelopes/status`, 'write'],
    ['POST', `${STRIPE}/v1/invoices/create_preview`, 'read'],
    ['POST', `${STRIPE}/v1/invoices/in_1`, 'write'],
    ['DELETE', `${STRIPE}/v1/invoices/create_preview`, 'write'],
    ['POST', 'https://api.hubapi.com/cms/v3/source-code/draft/content/batch/read', 'write'],
    ['POST', 'https://api.hubapi.com/cms/v3/source-code/extract/theme/search', 'write'],
    ['POST', 'https://api.hubapi.com/cms/source-code/2026-03/extract/search', 'write'],
    ['POST', 'https://api.hubapi.com/communication-preferences/v4/statuses/search', 'write'],
    ['POST', 'https://api.hubapi.com/communication-preferences/v4/statuses/batch/read', 'read'],
    ['POST', 'https://api.airtable.com/v0/appA/In%2FOut/listRecords', 'read'],
    ['POST', 'https://api.airtable.com/v0/appA/In%2FlistRecords', 'write'],
    ['POST', 'https://api.airtable.com/v0/meta/bases/listRecords', 'write'],
  ])('%s %s: %s', (method, url, expected) => {
    expect(outcome({ method, url })).toBe(expected);
  });

  it('is described by what it does', () => {
    const { description } = registry.judge({ method: 'PUT', url: `${DOCUSIGN}/accounts/1/envelopes/status` });
    expect(description).toMatchObject({ title: 'Read the status of several envelopes in DocuSign', destructive: null });
    const voided = { method: 'PUT', url: `${DOCUSIGN}/accounts/1/envelopes/93be`, body: { status: 'voided' } };
    expect(registry.judge(voided).description.title).toBe('Void an envelope in DocuSign');
  });
});

describe('what callers may say', () => {
  it('bodies of Stripe v1 are forms, those of v2 JSON', () => {
    const form = { method: 'POST', url: `${STRIPE}/v1/customers`, body: 'name=Eva' };
    expect(registry.judge(form).call.headers).toContainEqual(['content-type', 'application/x-www-form-urlencoded']);
    expect(outcome({ ...form, body: { name: 'Eva' } })).toBe('body_not_faithful');
    const headers = { 'content-type': 'application/json' };
    expect(outcome({ method: 'POST', url: `${STRIPE}/v2/core/accounts`, headers, body: {} })).toBe('write');
    expect(outcome({ ...form, headers: { 'stripe-account': 'acct_1' } })).toBe('header_not_allowed');
  });

  it('Xero takes the tenant from the caller', () => {
    const call = {
      method: 'GET',
      url: 'https://api.xero.com/api.xro/2.0/Contacts',
      headers: { 'xero-tenant-id': 't' },
    };
    expect(registry.judge(call).call.headers).toContainEqual(['xero-tenant-id', 't']);
  });
});
