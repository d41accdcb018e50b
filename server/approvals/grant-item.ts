import { type AuthorityGrant, type Moment, statusOf } from '../grants/authority-grant.js';
import { callWords } from '../grants/digest.js';
import { isNarrower } from '../grants/narrowing.js';
import type { ProviderRegistry } from '../providers/provider-registry.js';
import type { GrantItem } from './access.contract.js';

/** One line of “My access”. Never a body. */
export function grantItem(grant: AuthorityGrant, moment: Moment, registry: ProviderRegistry): GrantItem {
  const scope = grant.kind === 'broad' ? (grant.granted ?? grant.requested) : null;
  const providers = grant.kind === 'broad' ? (scope?.providers ?? []) : [grant.call.provider];
  const calls = grant.kind === 'broad' ? grant.lastCalls : grant.execution ? [grant.execution] : [];
  return {
    id: grant.id,
    kind: grant.kind,
    status: statusOf(grant, moment),
    client: { id: grant.principal.clientId, name: grant.clientName },
    organization: grant.principal.organization,
    level: grant.kind === 'broad' ? (scope?.level ?? 'read') : grant.call.level,
    isDestructive: grant.kind === 'request' && grant.call.destructive,
    providers: providers.map((id) => ({ id, name: registry.byId(id)?.name ?? id })),
    title: grant.kind === 'request' ? grant.call.title : null,
    words: grant.kind === 'request' ? [...callWords(grant.call.callDigest)] : [],
    askedAt: grant.requestedAt,
    sessionStartedAt: grant.sessionStartedAt,
    closesAt: grant.closesAt,
    decidedAt: grant.decision?.at ?? null,
    expiresAt: grant.expiresAt,
    endedAt: grant.endedAt,
    durationMs: grant.kind === 'broad' ? (scope?.durationMs ?? 0) : grant.authorityMs,
    isNarrowed: grant.kind === 'broad' && grant.granted !== null && isNarrower(grant.granted, grant.requested),
    reasonCode: grant.decision?.reasonCode ?? null,
    withdrawReason: grant.withdrawReason,
    callsMade: grant.kind === 'broad' ? grant.callsMade : grant.execution ? 1 : 0,
    maxCalls: grant.kind === 'broad' ? (scope?.maxCalls ?? null) : 1,
    lastCalls: calls.map(({ at, method, url, result, status }) => ({ at, method, url, result, status })),
  };
}
