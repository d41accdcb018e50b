import { type DynamicModule, Module } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService } from '@nestjs/core';
import { type CatalogSettings, catalog } from './catalog/index.js';
import type { ProviderDefinition } from './provider.js';
import { ProviderFeature } from './provider-feature.js';
import { ProviderRegistry } from './provider-registry.js';
import type { ProviderSettings } from './provider-settings.js';

/**
 * `forRoot` once, with the catalogue and the registry; every module that needs the registry imports that same value. `forFeature` in any
 * module of the application adds a team's providers. What cannot be used together stops the boot.
 */
@Module({})
export class ProvidersModule {
  static forRoot(settings: CatalogSettings & Partial<ProviderSettings>): DynamicModule {
    return {
      module: ProvidersModule,
      imports: [DiscoveryModule],
      providers: [
        featureOf(catalog(settings)),
        { provide: ProviderRegistry, inject: [DiscoveryService], useFactory: registryOf(settings) },
      ],
      exports: [ProviderRegistry],
    };
  }

  static forFeature(providers: readonly ProviderDefinition[]): DynamicModule {
    return { module: ProvidersModule, providers: [featureOf(providers)] };
  }
}

function featureOf(providers: readonly ProviderDefinition[]) {
  return { provide: Symbol('providers'), useValue: new ProviderFeature(providers) };
}

/** Values are in place before anything is constructed, so the registry sees every module's providers. */
function registryOf({ hosts = {}, slugs = {} }: Partial<ProviderSettings>) {
  return (discovery: DiscoveryService): ProviderRegistry => {
    const features = discovery.getProviders().map(({ instance }): unknown => instance);
    const providers = features.filter((found) => found instanceof ProviderFeature).flatMap((found) => found.providers);
    return new ProviderRegistry(providers, { hosts, slugs });
  };
}
