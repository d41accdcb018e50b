import { DomainError } from '../kernel/domain-error.js';
import type { Verdict } from './call.js';

/**
 * Refuses a call whose answer would hold a token or a secret. What a call is and whether it may be made are two questions: `verdict`
 * answers the first one, and whatever it says, the call is never sent.
 */
export class SecretAnswer extends DomainError {
  constructor(
    message: string,
    readonly verdict: Verdict,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super('call_not_allowed', message, details);
  }
}

/** The clause that follows “because” in the verdict on a secret read. */
export const SECRET_READ = 'it only reads, though its answer holds a token or a secret';

export function secretReadRefusal(providerName: string): string {
  return `The answer to this call holds a token or a secret, so it can never be called. Ask the person to look in ${providerName} itself.`;
}
