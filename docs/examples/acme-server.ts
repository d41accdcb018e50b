import { type CountersignApp, createApp } from '../../server/app.js';
import type { Config } from '../../server/config/config.js';
import { ProvidersModule } from '../../server/providers/providers.module.js';
import { acme } from './acme.js';
import { OpenOrdersModule } from './open-orders.tool.js';

/** Countersign with a provider and a tool of our own. */
export function acmeServer(config: Config): Promise<CountersignApp> {
  return createApp({ config, features: [ProvidersModule.forFeature([acme]), OpenOrdersModule] });
}
