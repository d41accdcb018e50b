import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';
import { ICON_FOLDER, type IconName } from './src/ui/provider-icons.ts';

/** From which set an icon comes. The sets of `simple-icons` have one colour, which is given here. */
const SOURCES: Readonly<Record<IconName, readonly [set: 'logos' | 'simple-icons', icon: string, colour?: string]>> = {
  airtable: ['logos', 'airtable'],
  asana: ['logos', 'asana-icon'],
  atlassian: ['logos', 'atlassian'],
  bitbucket: ['logos', 'bitbucket'],
  box: ['simple-icons', 'box', '#0061d5'],
  calendly: ['simple-icons', 'calendly', '#006bff'],
  clickup: ['logos', 'clickup-icon'],
  cloudflare: ['logos', 'cloudflare-icon'],
  confluence: ['logos', 'confluence'],
  discord: ['logos', 'discord-icon'],
  docusign: ['simple-icons', 'docusign', '#4c00ff'],
  dropbox: ['logos', 'dropbox'],
  figma: ['logos', 'figma'],
  github: ['logos', 'github-icon'],
  gitlab: ['logos', 'gitlab-icon'],
  gmail: ['logos', 'google-gmail'],
  google: ['logos', 'google-icon'],
  'google-analytics': ['logos', 'google-analytics'],
  'google-bigquery': ['simple-icons', 'googlebigquery', '#669df6'],
  'google-calendar': ['logos', 'google-calendar'],
  'google-chat': ['simple-icons', 'googlechat', '#34a853'],
  'google-classroom': ['simple-icons', 'googleclassroom', '#0f9d58'],
  'google-docs': ['simple-icons', 'googledocs', '#4285f4'],
  'google-drive': ['logos', 'google-drive'],
  'google-forms': ['simple-icons', 'googleforms', '#7248b9'],
  'google-meet': ['logos', 'google-meet'],
  'google-people': ['logos', 'google-icon'],
  'google-search-console': ['logos', 'google-search-console'],
  'google-sheets': ['simple-icons', 'googlesheets', '#34a853'],
  'google-slides': ['simple-icons', 'googleslides', '#f4b400'],
  'google-tasks': ['simple-icons', 'googletasks', '#2684fc'],
  'google-workspace-admin': ['logos', 'google-icon'],
  hubspot: ['simple-icons', 'hubspot', '#ff7a59'],
  intercom: ['logos', 'intercom-icon'],
  jira: ['logos', 'jira'],
  linear: ['logos', 'linear-icon'],
  mailchimp: ['simple-icons', 'mailchimp', '#000000'],
  'microsoft-graph': ['logos', 'microsoft-icon'],
  monday: ['logos', 'monday-icon'],
  notion: ['logos', 'notion-icon'],
  pagerduty: ['logos', 'pagerduty-icon'],
  resend: ['logos', 'resend-icon'],
  salesforce: ['simple-icons', 'salesforce', '#00a1e0'],
  sendgrid: ['logos', 'sendgrid-icon'],
  sentry: ['logos', 'sentry-icon'],
  slack: ['logos', 'slack-icon'],
  snowflake: ['logos', 'snowflake-icon'],
  square: ['simple-icons', 'square', '#3e4348'],
  stripe: ['simple-icons', 'stripe', '#635bff'],
  webflow: ['simple-icons', 'webflow', '#146ef5'],
  xero: ['logos', 'xero'],
  youtube: ['logos', 'youtube-icon'],
  zendesk: ['logos', 'zendesk-icon'],
  zoom: ['logos', 'zoom-icon'],
};

interface IconSet {
  readonly icons: Readonly<
    Record<string, { readonly body: string; readonly width?: number; readonly height?: number }>
  >;
  readonly width?: number;
  readonly height?: number;
}

const { resolve } = createRequire(import.meta.url);
const sets = new Map<string, IconSet>();

function iconSet(name: string): IconSet {
  const known = sets.get(name) ?? JSON.parse(readFileSync(resolve(`@iconify-json/${name}/icons.json`), 'utf8'));
  sets.set(name, known);
  return known;
}

/** An SVG file of one icon. It is shown as an image, so nothing in it runs and nothing of the page reaches it. */
export function svgOf(name: IconName): string {
  const [from, id, colour] = SOURCES[name];
  const set = iconSet(from);
  const icon = set.icons[id];
  if (icon === undefined) throw new Error(`The set “${from}” has no icon “${id}”.`);
  const { width = set.width ?? 16, height = set.height ?? 16, body } = icon;
  const fill = colour === undefined ? '' : ` color="${colour}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"${fill}>${body}</svg>`;
}

const names = Object.keys(SOURCES) as IconName[];

/** Puts the icons beside the page's other files, so that no request leaves the origin. */
export function providerIcons(): Plugin {
  return {
    name: 'provider-icons',
    generateBundle() {
      for (const name of names)
        this.emitFile({ type: 'asset', fileName: `assets/${ICON_FOLDER}/${name}.svg`, source: svgOf(name) });
    },
    configureServer({ middlewares }) {
      middlewares.use(`/assets/${ICON_FOLDER}`, (request, response, next) => {
        const name = names.find((one) => request.url === `/${one}.svg`);
        if (name === undefined) return next();
        response.setHeader('content-type', 'image/svg+xml').end(svgOf(name));
      });
    },
  };
}
