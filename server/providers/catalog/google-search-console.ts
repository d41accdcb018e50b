import { read, write } from '../rest.js';
import { googleProvider, reads } from './google.js';

const BASE = 'https://searchconsole.googleapis.com';
const SITE = '/webmasters/v3/sites/{site}';
const SITEMAP = `${SITE}/sitemaps/{feed}`;

/**
 * Both hosts, paths and methods verified in Google's discovery documents of Search Console v1 and Webmasters v3. Slug: seen in
 * third-party code.
 */
export const googleSearchConsole = googleProvider({
  id: 'google-search-console',
  name: 'Google Search Console',
  hosts: ['searchconsole.googleapis.com', 'www.googleapis.com'],
  paths: ['/webmasters/v3/**', '/v1/urlInspection/index:inspect', '/v1/urlTestingTools/mobileFriendlyTest:run'],
  rules: [
    read('POST', `${SITE}/searchAnalytics/query`, 'Query search traffic', { because: 'a query changes nothing' }),
    read('POST', '/v1/urlInspection/index:inspect', 'Look up how a page is indexed', {
      because: 'it only looks at the index',
    }),
    read('POST', '/v1/urlTestingTools/mobileFriendlyTest:run', 'Test a page for phones', {
      because: 'a test changes nothing',
    }),
    ...reads({
      '/webmasters/v3/sites': 'List sites',
      [SITE]: 'Read a site',
      [`${SITE}/sitemaps`]: 'List sitemaps',
      [SITEMAP]: 'Read a sitemap',
    }),
    write('PUT', SITE, 'Add a site'),
    write('DELETE', SITE, 'Remove a site'),
    write('PUT', SITEMAP, 'Submit a sitemap'),
    write('DELETE', SITEMAP, 'Delete a sitemap'),
  ],
  reads: 'See your sites, their search traffic, sitemaps and how pages are indexed.',
  writes: 'Add and remove sites and sitemaps.',
  instructions: `Search Console is at ${BASE}/webmasters/v3: GET sites, POST sites/{site}/searchAnalytics/query with { startDate, endDate, dimensions }. Name a site as sc-domain:example.com; a site that is known by its URL cannot be named here. Index: POST ${BASE}/v1/urlInspection/index:inspect with { inspectionUrl, siteUrl }.`,
  examples: {
    read: {
      method: 'POST',
      url: `${BASE}/webmasters/v3/sites/sc-domain:example.com/searchAnalytics/query`,
      body: { startDate: '2026-01-01', endDate: '2026-01-31', dimensions: ['query'] },
    },
    write: { method: 'PUT', url: `${BASE}/webmasters/v3/sites/sc-domain:example.com` },
  },
});
