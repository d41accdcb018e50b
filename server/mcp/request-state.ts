import { createHash, createHmac } from 'node:crypto';
import { isSameSecret } from '../auth/constant-time.js';
import { type Principal, sessionKey } from '../kernel/principal.js';

/** What a state is good for: this caller, this tool, these arguments. */
export interface StateBinding {
  readonly principal: Principal;
  readonly tool: string;
  readonly args: unknown;
}

const STATE = /^(v1\.([a-z2-7]{48})\.(\d{1,15}))\.([A-Za-z0-9_-]{43})$/;

/**
 * The `requestState` of a call that a client repeats once the page was opened. It names the access request and nothing else; what
 * may be done is read from the store each time. MCP 2026-07-28, multi round-trip requests: a server whose state influences authorization
 * “MUST” protect its integrity and “MUST” reject what fails verification.
 */
export function sealState(key: Uint8Array, grantId: string, expiresAt: number, binding: StateBinding): string {
  const body = `v1.${grantId}.${expiresAt}`;
  return `${body}.${mac(key, body, binding)}`;
}

/** The id of the access request, or `null` for a state that is not ours, not for this call, or too old. */
export function openState(
  keys: readonly Uint8Array[],
  state: unknown,
  binding: StateBinding,
  now: number,
): string | null {
  const [, body = '', grantId = '', expiresAt, given = ''] = (typeof state === 'string' && STATE.exec(state)) || [];
  const isOurs = keys.some((key) => isSameSecret(mac(key, body, binding), given));
  return isOurs && now < Number(expiresAt) ? grantId : null;
}

function mac(key: Uint8Array, body: string, { principal, tool, args }: StateBinding): string {
  const digest = createHash('sha256').update(inOneOrder(args)).digest('hex');
  // A JSON array keeps the parts apart, whatever characters they contain.
  const bound = JSON.stringify([body, 'tools/call', sessionKey(principal), tool, digest]);
  return createHmac('sha256', key).update(bound).digest('base64url');
}

/** One text for one JSON value: a client may send the members of an object in another order when it repeats a call. */
function inOneOrder(args: unknown): string {
  return JSON.stringify(args ?? null, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
