import type { AuthorityGrant } from '../grants/authority-grant.js';
import type { Holder, Transition } from '../grants/grant-store.port.js';
import { DomainError } from '../kernel/domain-error.js';
import { sessionKey } from '../kernel/principal.js';

/** The field of a stored grant that must equal the holder's value: I5, compared inside the atomic step. */
export function holderField(holder: Holder): [field: 'key' | 'user', value: string] {
  return holder.by === 'user' ? ['user', holder.userId] : ['key', sessionKey(holder.principal)];
}

/** One answer for no grant and for another's. */
export function grantNotFound(): DomainError {
  return new DomainError('not_found', 'There is no such request.');
}

/** Two principals with one tag: 80 keyed bits make this impossible, and were it possible, the second gets nothing. */
export function sessionTaken(): DomainError {
  return new DomainError('internal', 'This session cannot be opened.');
}

/**
 * I11: a change is written only while the store's clock is before its `notAfter`, whatever the rule that made it says.
 * @throws DomainError `request_expired`
 */
export function checkInTime(transition: Transition, now: number): void {
  if (transition.notAfter === null || now < transition.notAfter) return;
  throw new DomainError('request_expired', 'The time of this request is over. Ask again.', {
    requestId: transition.grant.id,
  });
}

export function oldestFirst(a: AuthorityGrant, b: AuthorityGrant): number {
  return a.requestedAt - b.requestedAt || (a.id < b.id ? -1 : 1);
}
