import type { ProviderDefinition } from '../provider.js';
import { linear } from './linear.js';
import { notion } from './notion.js';
import { type SnowflakeSettings, snowflake } from './snowflake.js';

export interface CatalogSettings {
  readonly snowflake: SnowflakeSettings;
}

/** The providers that come with Countersign: one file and one line each, by the alphabet. */
export function catalog(settings: CatalogSettings): readonly ProviderDefinition[] {
  // biome-ignore format: one a line
  return [
    linear,
    notion,
    snowflake(settings.snowflake),
  ];
}
