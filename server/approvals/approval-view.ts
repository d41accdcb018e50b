import type { Integration } from '../connections/connections.service.js';
import { type AuthorityGrant, type BroadGrant, type RequestGrant, statusOf } from '../grants/authority-grant.js';
import { askAgainAt, type Brake } from '../grants/cool-down.js';
import { callWords } from '../grants/digest.js';
import type { Found } from '../grants/grant-store.port.js';
import { DomainError } from '../kernel/domain-error.js';
import type { Call, Description, Method } from '../providers/call.js';
import { formattedBody } from '../providers/pretty.js';
import type { ProviderRegistry } from '../providers/provider-registry.js';
import type { Approval } from './approvals.contract.js';

const OFFERED_DURATIONS_MS = [300_000, 900_000, 3_600_000];

/** What the page is told of one grant, made of facts alone. */
export interface ApprovalFacts {
  readonly found: Found;
  /** Body of a live request grant. */
  readonly body: Uint8Array | null;
  readonly brake: Brake | null;
  readonly integrations: readonly Integration[];
  readonly registry: ProviderRegistry;
  readonly account: Approval['account'];
  readonly csrfToken: string;
  readonly authorityMaxMs: number;
}

export function approvalView(facts: ApprovalFacts): Approval {
  const { grant } = facts.found;
  return {
    id: grant.id,
    version: grant.version,
    kind: grant.kind,
    status: statusOf(grant, facts.found),
    now: facts.found.now,
    level: grant.kind === 'broad' ? grant.requested.level : grant.call.level,
    client: { id: grant.principal.clientId, name: grant.clientName },
    account: facts.account,
    reason: grant.reason,
    askedAt: grant.requestedAt,
    sessionStartedAt: grant.sessionStartedAt,
    closesAt: grant.closesAt,
    expiresAt: grant.expiresAt,
    endedAt: grant.endedAt,
    withdrawReason: grant.withdrawReason,
    digest: grant.digest,
    csrfToken: facts.csrfToken,
    broad: grant.kind === 'broad' ? broadView(grant, facts) : null,
    call: grant.kind === 'request' ? callView(grant, facts) : null,
    decision: decisionView(grant, facts),
    execution: grant.kind === 'request' ? executionView(grant) : null,
  };
}

function decisionView(grant: AuthorityGrant, { brake, registry }: ApprovalFacts): Approval['decision'] {
  const { decision } = grant;
  if (!decision) return null;
  const { at, note, reasonCode } = decision;
  const outcome = grant.status === 'denied' ? 'denied' : 'approved';
  return {
    outcome,
    at,
    note,
    reasonCode,
    askAgainAt: askAgainAt(grant),
    brake: brake && { until: brake.until, providers: brake.providers.map((id) => registry.byId(id)?.name ?? id) },
  };
}

function executionView({ execution }: RequestGrant): Approval['execution'] {
  if (!execution) return null;
  const { at, finishedAt, status, answerBytes, failure } = execution;
  return { startedAt: at, finishedAt, status, answerBytes, failure };
}

function broadView(grant: BroadGrant, facts: ApprovalFacts): Approval['broad'] {
  const { requested, granted } = grant;
  const durations = [...OFFERED_DURATIONS_MS, requested.durationMs].filter((ms) => ms <= facts.authorityMaxMs);
  return {
    requested: { ...requested, providers: [...requested.providers] },
    granted: granted && { ...granted, providers: [...granted.providers] },
    callsMade: grant.callsMade,
    durationsMs: [...new Set(durations)].sort((a, b) => a - b),
    providers: requested.providers.map((id) => {
      const provider = facts.registry.byId(id);
      const integration = integrationOf(facts, id);
      return {
        id,
        name: provider?.name ?? id,
        slug: provider?.slug ?? id,
        icon: provider?.icon ?? null,
        connection: integration?.state ?? 'not_connected',
        scopes: [...(integration?.scopes ?? [])],
        missingScopes: [...(integration?.missingScopes ?? [])],
        reads: provider?.reads ?? '',
        writes: provider?.writes ?? '',
      };
    }),
  };
}

function callView(grant: RequestGrant, facts: ApprovalFacts): Approval['call'] {
  const { method, url, headers, provider: providerId, callDigest } = grant.call;
  const provider = facts.registry.byId(providerId);
  const call: Call = { method: method as Method, url, headers, body: facts.body };
  const isWhole = facts.body?.byteLength === (grant.call.bodyBytes ?? undefined);
  const description = provider && isWhole ? descriptionOf(call, facts.registry) : null;
  const { host, pathname, search } = new URL(url);
  const integration = integrationOf(facts, providerId);
  return {
    provider: { id: providerId, name: provider?.name ?? providerId },
    method,
    host,
    path: pathname,
    query: search.slice(1),
    headers: headers.map(([name, value]) => ({ name, value })),
    credentialHeader: provider?.credential('')[0] ?? 'authorization',
    body: bodyView(call),
    title: grant.call.title,
    sentence: description?.sentence ?? '',
    isKnown: description?.known ?? false,
    resources: (description?.resources ?? []).map((resource) => ({ ...resource })),
    levelReason: grant.call.levelReason,
    destructive: description?.destructive ?? (grant.call.destructive ? 'it deletes or archives' : null),
    words: [...callWords(callDigest)],
    callDigest,
    connection: integration?.state ?? 'not_connected',
    missingScopes: [...(integration?.missingScopes ?? [])],
    authorityMs: grant.authorityMs,
  };
}

/** None of a call that was closed since it was asked for: the page shows it as it stands, and the gateway refuses it. */
function descriptionOf(call: Call, registry: ProviderRegistry): Description | null {
  try {
    return registry.judgeCall(call).description;
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

function bodyView(call: Call): NonNullable<Approval['call']>['body'] {
  if (call.body === null) return null;
  const raw = Buffer.from(call.body).toString('utf8');
  return {
    bytes: call.body.byteLength,
    lines: raw.split('\n').length,
    raw,
    formatted: formattedBody(call).map((part) => ({ ...part })),
  };
}

function integrationOf(facts: ApprovalFacts, providerId: string): Integration | undefined {
  return facts.integrations.find(({ providers }) => providers.some(({ id }) => id === providerId));
}
