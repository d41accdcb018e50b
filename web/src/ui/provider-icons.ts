/** Named after the packages that the icons come from, so that a file under one address never changes. */
export const ICON_FOLDER = 'provider-icons-1.2.19-1.2.102';

/** The providers that have a bundled icon, as the server names them. The build takes each from its package. */
export const ICON_NAMES = [
  'airtable',
  'asana',
  'atlassian',
  'bitbucket',
  'box',
  'calendly',
  'clickup',
  'cloudflare',
  'confluence',
  'discord',
  'docusign',
  'dropbox',
  'figma',
  'github',
  'gitlab',
  'gmail',
  'google',
  'google-analytics',
  'google-bigquery',
  'google-calendar',
  'google-chat',
  'google-classroom',
  'google-docs',
  'google-drive',
  'google-forms',
  'google-meet',
  'google-people',
  'google-search-console',
  'google-sheets',
  'google-slides',
  'google-tasks',
  'google-workspace-admin',
  'hubspot',
  'intercom',
  'jira',
  'linear',
  'mailchimp',
  'microsoft-graph',
  'monday',
  'notion',
  'pagerduty',
  'resend',
  'salesforce',
  'sendgrid',
  'sentry',
  'slack',
  'snowflake',
  'square',
  'stripe',
  'webflow',
  'xero',
  'youtube',
  'zendesk',
  'zoom',
] as const;
export type IconName = (typeof ICON_NAMES)[number];

/** Where the icon lies on this server; `null`: there is none. */
export function iconAddress(name: string | null): string | null {
  const known = ICON_NAMES.find((one) => one === name);
  return known ? `/assets/${ICON_FOLDER}/${known}.svg` : null;
}
