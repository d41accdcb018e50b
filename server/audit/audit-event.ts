import { newId } from '../kernel/ids.js';
import type { Principal } from '../kernel/principal.js';

/** Past-tense facts. A state change and its event are born together and stored together. */
export const AUDIT_ACTIONS = [
  'access.requested',
  'access.approved',
  'access.denied',
  'access.withdrawn',
  'access.revoked',
  'approval.viewed',
  'approval.wrong_user',
  'approval.csrf_refused',
  'call.refused',
  'call.started',
  'call.finished',
  'call.failed',
  'call.unknown',
  'auth.failed',
  'session.started',
  'session.ended',
  'connection.started',
  'connection.ended',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Who did it: the assistant's client, the person in a browser, or nobody (time, failure). */
export type AuditActor =
  | { readonly type: 'client'; readonly clientId: string }
  | { readonly type: 'user'; readonly userId: string; readonly browserSession: string }
  | { readonly type: 'system' };

/** Never holds a token, a body, a reason or a note: those are data of the grant, not of the record. */
export interface AuditEvent {
  readonly id: string;
  /** Epoch milliseconds by the store's clock. */
  readonly at: number;
  readonly action: AuditAction;
  readonly actor: AuditActor;
  readonly subject: string | null;
  readonly organization: string | null;
  readonly grantId: string | null;
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
}

export function auditEvent(
  action: AuditAction,
  at: number,
  actor: AuditActor,
  about: { principal?: Principal; grantId?: string },
  details: AuditEvent['details'] = {},
): AuditEvent {
  return {
    id: newId('evt'),
    at,
    action,
    actor,
    subject: about.principal?.subject ?? null,
    organization: about.principal?.organization ?? null,
    grantId: about.grantId ?? null,
    details,
  };
}
