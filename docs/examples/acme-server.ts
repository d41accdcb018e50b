import { type AppOptions, type CountersignApp, createApp } from '../../server/app.js';
import { ProvidersModule } from '../../server/providers/providers.module.js';
import { acme } from './acme.js';
import { OpenOrdersModule } from './open-orders.tool.js';

/** Countersign with a provider and a tool of our own. */
export function acmeServer(config: AppOptions['config']): Promise<CountersignApp> {
  return createApp({ config, features: [ProvidersModule.forFeature([acme]), OpenOrdersModule] });
}
