import type { ProviderDefinition } from './provider.js';

/** The providers that one module adds. The registry collects all of them at the boot. */
export class ProviderFeature {
  constructor(readonly providers: readonly ProviderDefinition[]) {}
}
