import { covers } from '../kernel/access-level.js';
import { DomainError } from '../kernel/domain-error.js';
import type { BroadGrant, BroadScope } from './authority-grant.js';

/**
 * I12: the approver may narrow, never widen. The time may be another one, up to the configured maximum.
 * @throws DomainError `wider_than_asked`, `connection_required` or `invalid_arguments`
 */
export function checkNotWider(grant: BroadGrant, scope: BroadScope, maxDurationMs: number): void {
  const wider = (what: string) =>
    new DomainError('wider_than_asked', `${what} You can allow less than was asked, not more.`);
  if (scope.providers.length === 0)
    throw new DomainError('invalid_arguments', 'Choose at least one provider, or deny.');
  if (!covers(grant.requested.level, scope.level)) throw wider('Writing was not asked for.');
  for (const provider of scope.providers) {
    if (!grant.requested.providers.includes(provider)) throw wider(`${provider} was not asked for.`);
    if (grant.connections[provider] === undefined) {
      throw new DomainError('connection_required', `Connect ${provider} first, or leave it out.`, { provider });
    }
  }
  if (new Set(scope.providers).size !== scope.providers.length) {
    throw new DomainError('invalid_arguments', 'Each provider can be chosen once.');
  }
  const asked = grant.requested.maxCalls;
  if (asked !== null && (scope.maxCalls === null || scope.maxCalls > asked)) {
    throw wider(`Only ${asked} calls were asked for.`);
  }
  if (scope.maxCalls !== null && !(Number.isSafeInteger(scope.maxCalls) && scope.maxCalls >= 1)) {
    throw new DomainError('invalid_arguments', 'Allow at least one call, or deny.');
  }
  if (!(scope.durationMs >= 1 && scope.durationMs <= maxDurationMs)) {
    throw new DomainError(
      'wider_than_asked',
      `The longest time that can be allowed is ${maxDurationMs / 60_000} minutes.`,
    );
  }
}

/** Whether an approver allowed less than was asked, in whatever way. */
export function isNarrower(granted: BroadScope, requested: BroadScope): boolean {
  return (
    granted.level !== requested.level ||
    granted.providers.length < requested.providers.length ||
    granted.durationMs < requested.durationMs ||
    (granted.maxCalls ?? Number.POSITIVE_INFINITY) < (requested.maxCalls ?? Number.POSITIVE_INFINITY)
  );
}
