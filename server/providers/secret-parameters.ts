import type { Call } from './call.js';
import type { ProviderDefinition } from './provider.js';
import { SecretAnswer } from './secret-answer.js';

/**
 * For reads whose answer holds a secret with certain parameters alone: `problemOf` says what to change, or `null`. Such a call stays
 * what the rules say, and can never be made as it stands.
 */
export function withSecretParameters(
  definition: ProviderDefinition,
  problemOf: (call: Call) => string | null,
): ProviderDefinition {
  return {
    ...definition,
    classify(call) {
      const verdict = definition.classify(call);
      const problem = problemOf(call);
      if (problem !== null) throw new SecretAnswer(problem, verdict);
      return verdict;
    },
  };
}
