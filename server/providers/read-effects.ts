import type { Call } from './call.js';
import type { ProviderDefinition } from './provider.js';

/**
 * For reads that do something beside when a call asks for it: `effectOf` says what, as the clause that follows “because”, or `null`.
 * Such a call is a write.
 */
export function withEffects(
  definition: ProviderDefinition,
  effectOf: (call: Call) => string | null,
): ProviderDefinition {
  return {
    ...definition,
    classify(call) {
      const verdict = definition.classify(call);
      const effect = verdict.level === 'read' ? effectOf(call) : null;
      return effect === null ? verdict : { ...verdict, level: 'write', reason: effect };
    },
  };
}
