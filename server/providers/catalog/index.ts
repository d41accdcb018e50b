import type { ProviderDefinition } from '../provider.js';
import { airtable } from './airtable.js';
import { attio } from './attio.js';
import { docusign } from './docusign.js';
import { hubspot } from './hubspot.js';
import { intercom } from './intercom.js';
import { klaviyo } from './klaviyo.js';
import { linear } from './linear.js';
import { notion } from './notion.js';
import { salesforce } from './salesforce.js';
import { type SnowflakeSettings, snowflake } from './snowflake.js';
import { square } from './square.js';
import { stripe } from './stripe.js';
import { xero } from './xero.js';
import { zendesk } from './zendesk.js';

export interface CatalogSettings {
  readonly snowflake: SnowflakeSettings;
}

/** The providers that come with Countersign: one file and one line each, by the alphabet. */
export function catalog(settings: CatalogSettings): readonly ProviderDefinition[] {
  // biome-ignore format: one a line
  return [
    airtable,
    attio,
    docusign,
    hubspot,
    intercom,
    klaviyo,
    linear,
    notion,
    salesforce,
    snowflake(settings.snowflake),
    square,
    stripe,
    xero,
    zendesk,
  ];
}
