import { ANA } from '../../../web/src/testing/ana.js';
import { broadApproval } from '../../../web/src/testing/approval-fixture.js';
import type { Scene } from '../../support/stage.js';
import { ID, integration, refusal, signedIn, strangers } from './casts.js';

const away = refusal(503, 'store_unavailable', 'The store is out of reach. Nothing was changed.', {
  retryAfterMs: 2000,
});
const APPROVE = `/approve/${ID}`;

/** The pages on which no request is shown. */
export const SHELLS: readonly Scene[] = [
  { name: 'shell-loading', path: APPROVE, script: { ...signedIn, approval: 'never' }, shows: /Loading the request/ },
  {
    name: 'shell-signed-out',
    path: APPROVE,
    script: { ...strangers, approval: refusal(401, 'not_signed_in', 'Sign in first.') },
    shows: /Sign in to read and decide/,
  },
  {
    name: 'shell-not-found',
    path: APPROVE,
    script: { ...signedIn, approval: refusal(404, 'not_found', 'There is no such request.') },
    shows: /no request here for this account/,
  },
  {
    name: 'shell-other-organization',
    path: APPROVE,
    script: {
      ...signedIn,
      approval: refusal(403, 'org_mismatch', 'Another organization.', {
        organization: { id: 'org_beta', name: 'Beta AG' },
      }),
    },
    shows: /another organization/,
  },
  { name: 'shell-unreachable', path: APPROVE, script: { ...signedIn, approval: away }, shows: /./ },
  {
    name: 'shell-sandbox',
    path: APPROVE,
    script: {
      me: { ...ANA, isSandbox: true },
      site: { isSandbox: true, mcpUrl: 'http://localhost:5711/mcp' },
      approval: broadApproval(),
    },
    shows: /\?$/,
  },
  {
    name: 'shell-sign-out',
    path: APPROVE,
    script: { ...signedIn, approval: broadApproval() },
    shows: /\?$/,
    act: async (page) => {
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'home', path: '/', script: signedIn, shows: /./ },
  {
    name: 'home-signed-out',
    path: '/',
    script: { ...strangers, site: { isSandbox: true, mcpUrl: 'http://localhost:5711/mcp' } },
    shows: /./,
  },
  {
    name: 'connect',
    path: '/connect/notion',
    script: { ...signedIn, integrations: { items: [integration('Notion', { state: 'not_connected', scopes: [] })] } },
    shows: /Connect your Notion account/,
  },
  {
    name: 'connect-done',
    path: '/connect/notion',
    script: { ...signedIn, integrations: { items: [integration('Notion')] } },
    shows: /Notion/,
  },
  { name: 'connect-missing', path: '/connect/acme', script: { ...signedIn, integrations: { items: [] } }, shows: /./ },
  {
    name: 'connect-signed-out',
    path: '/connect/notion',
    script: { ...strangers, integrations: refusal(401, 'not_signed_in', 'Sign in first.') },
    shows: /Sign in to connect/,
  },
];
