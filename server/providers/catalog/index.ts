import type { ProviderDefinition } from '../provider.js';
import { airtable } from './airtable.js';
import { asana } from './asana.js';
import { attio } from './attio.js';
import { bitbucket } from './bitbucket.js';
import { box } from './box.js';
import { clickup } from './clickup.js';
import { cloudflare } from './cloudflare.js';
import { confluence } from './confluence.js';
import { discord } from './discord.js';
import { docusign } from './docusign.js';
import { dropbox } from './dropbox.js';
import { figma } from './figma.js';
import { github } from './github.js';
import { gitlab } from './gitlab.js';
import { gmail } from './gmail.js';
import { googleAnalytics } from './google-analytics.js';
import { googleBigquery } from './google-bigquery.js';
import { googleCalendar } from './google-calendar.js';
import { googleChat } from './google-chat.js';
import { googleClassroom } from './google-classroom.js';
import { googleDocs } from './google-docs.js';
import { googleDrive } from './google-drive.js';
import { googleForms } from './google-forms.js';
import { googleMeet } from './google-meet.js';
import { googlePeople } from './google-people.js';
import { googleSearchConsole } from './google-search-console.js';
import { googleSheets } from './google-sheets.js';
import { googleSlides } from './google-slides.js';
import { googleTasks } from './google-tasks.js';
import { googleWorkspaceAdmin } from './google-workspace-admin.js';
import { hubspot } from './hubspot.js';
import { intercom } from './intercom.js';
import { jira } from './jira.js';
import { klaviyo } from './klaviyo.js';
import { linear } from './linear.js';
import { microsoftGraph } from './microsoft-graph.js';
import { monday } from './monday.js';
import { notion } from './notion.js';
import { pagerduty } from './pagerduty.js';
import { salesforce } from './salesforce.js';
import { sentry } from './sentry.js';
import { slack } from './slack.js';
import { type SnowflakeSettings, snowflake } from './snowflake.js';
import { square } from './square.js';
import { stripe } from './stripe.js';
import { xero } from './xero.js';
import { youtube } from './youtube.js';
import { zendesk } from './zendesk.js';
import { zoom } from './zoom.js';

export interface CatalogSettings {
  readonly snowflake: SnowflakeSettings;
}

/** The providers that come with Countersign: one file and one line each, by the alphabet. */
export function catalog(settings: CatalogSettings): readonly ProviderDefinition[] {
  return [
    airtable,
    asana,
    attio,
    bitbucket,
    box,
    clickup,
    cloudflare,
    confluence,
    discord,
    docusign,
    dropbox,
    figma,
    github,
    gitlab,
    gmail,
    googleAnalytics,
    googleBigquery,
    googleCalendar,
    googleChat,
    googleClassroom,
    googleDocs,
    googleDrive,
    googleForms,
    googleMeet,
    googlePeople,
    googleSearchConsole,
    googleSheets,
    googleSlides,
    googleTasks,
    googleWorkspaceAdmin,
    hubspot,
    intercom,
    jira,
    klaviyo,
    linear,
    microsoftGraph,
    monday,
    notion,
    pagerduty,
    salesforce,
    sentry,
    slack,
    snowflake(settings.snowflake),
    square,
    stripe,
    xero,
    youtube,
    zendesk,
    zoom,
  ];
}
