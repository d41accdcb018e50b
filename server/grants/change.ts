import { type AuditAction, type AuditActor, auditEvent } from '../audit/audit-event.js';
import type { AuthorityGrant, BroadGrant, Moment, RequestGrant } from './authority-grant.js';
import type { Transition } from './grant-store.port.js';

/** The next version of a grant and its audit fact, born together. */
export function change(
  grant: AuthorityGrant,
  moment: Moment,
  action: AuditAction,
  actor: AuditActor,
  patch: Partial<BroadGrant> | Partial<RequestGrant>,
  details: Readonly<Record<string, string | number | boolean | null>> = {},
  notAfter: number | null = null,
): Transition {
  const changed = { ...grant, ...patch, version: grant.version + 1 } as AuthorityGrant;
  const event = auditEvent(action, moment.now, actor, { principal: grant.principal, grantId: grant.id }, details);
  return { grant: changed, event, notAfter };
}
