import type { Call, CallInput, JudgedCall } from './call.js';
import type { ProviderDefinition } from './provider.js';

/** All providers of this server. Two that could claim one URL stop the boot. */
export class ProviderRegistry {
  constructor(readonly providers: readonly ProviderDefinition[]) {}

  byId(id: string): ProviderDefinition | undefined {
    return this.providers.find((provider) => provider.id === id);
  }

  bySlug(slug: string): ProviderDefinition | undefined {
    return this.providers.find((provider) => provider.slug === slug);
  }

  /** Reads a call into its one canonical form, finds its provider and judges it. @throws DomainError */
  judge(_input: CallInput): JudgedCall {
    throw new Error('written by the providers room');
  }

  /** Judges a call that is canonical already, such as a stored one. @throws DomainError */
  judgeCall(_call: Call): JudgedCall {
    throw new Error('written by the providers room');
  }
}
