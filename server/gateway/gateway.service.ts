import { Injectable, Logger } from '@nestjs/common';
import { auditEvent } from '../audit/audit-event.js';
import { AuditSink } from '../audit/audit-sink.port.js';
import { TokenVault } from '../connections/token-vault.port.js';
import { type AuthorityGrant, statusOf } from '../grants/authority-grant.js';
import type { Found, SessionView } from '../grants/grant-store.port.js';
import { GrantsService } from '../grants/grants.service.js';
import type { GrantCommand } from '../grants/lifecycle.js';
import { notNow } from '../grants/not-now.js';
import { Clock } from '../kernel/clock.port.js';
import { DomainError } from '../kernel/domain-error.js';
import { isGrantId, newId } from '../kernel/ids.js';
import type { Principal } from '../kernel/principal.js';
import type { Secret } from '../kernel/secret.js';
import type { Call, CallInput, Method } from '../providers/call.js';
import type { ProviderDefinition } from '../providers/provider.js';
import { ProviderRegistry } from '../providers/provider-registry.js';
import { type ProviderAnswer, providerAnswer } from './answer.js';
import { isTheApprovedCall, isWhatWasApproved } from './approved-call.js';
import { ClientConsent } from './client-consent.port.js';
import { outboundRequest } from './outbound-request.js';
import { approvedFor, type PlannedCall, plannedUnder } from './planned-call.js';
import { RunningCalls } from './running-calls.js';
import { Transport, TransportFailure } from './transport.port.js';

/** What an assistant passes: a call, or the id of an approved one, or both. */
export type GatewayRequest = Partial<CallInput> & { readonly requestId?: string | undefined };

/** What became of a call. Only `answered` is certain to have reached the provider, only `not_sent` is certain not to. */
export type CallOutcome =
  | { readonly kind: 'answered'; readonly answer: ProviderAnswer }
  | { readonly kind: 'not_sent' | 'outcome_unknown'; readonly code: TransportFailure['code'] };

export interface GatewayAnswer {
  readonly grant: AuthorityGrant;
  readonly provider: ProviderDefinition;
  readonly call: Call;
  readonly outcome: CallOutcome;
}

/** Runs calls: check → token → begin → send → finish. Nothing is ever sent twice. */
@Injectable()
export class GatewayService {
  readonly #log = new Logger(GatewayService.name);
  readonly #running = new RunningCalls();

  constructor(
    private readonly grants: GrantsService,
    private readonly registry: ProviderRegistry,
    private readonly vault: TokenVault,
    private readonly consent: ClientConsent,
    private readonly transport: Transport,
    private readonly audit: AuditSink,
    private readonly clock: Clock,
  ) {
    grants.onEnd((id) => this.#running.revoke(id));
  }

  /**
   * @throws DomainError for every refusal of ours: nothing was sent and no approval is spent. What a provider answers, and
   * that it did not answer, are outcomes.
   */
  async call(principal: Principal, request: GatewayRequest, signal: AbortSignal): Promise<GatewayAnswer> {
    try {
      const view = await this.grants.open(principal);
      const planned = await this.#plan(view, request);
      return await this.#run(view, planned, signal);
    } catch (error) {
      if (error instanceof DomainError && isRecordable(error)) await this.#recordRefusal(principal, error);
      throw error;
    }
  }

  async #plan(view: SessionView, request: GatewayRequest): Promise<PlannedCall> {
    if (request.requestId !== undefined) return this.#planNamed(view, request, request.requestId);
    const input = completeInput(request);
    const judged = this.registry.judge(input);
    const exact = approvedFor(view, judged);
    if (exact) return { grant: exact, providerId: judged.providerId, level: exact.call.level, call: judged.call };
    return plannedUnder(view, judged, input);
  }

  /** A request id means that grant or a refusal, whatever else the session may do (security.md 5, mistake 5). */
  async #planNamed(view: SessionView, request: GatewayRequest, id: string): Promise<PlannedCall> {
    const holder = { by: 'principal', principal: view.session.principal } as const;
    const live = view.grants.find((grant) => grant.id === id);
    const found = live ? { ...view, grant: live } : isGrantId(id) ? await this.grants.find(id, holder) : null;
    if (!found) throw new DomainError('not_found', 'There is no such request in this session. Ask again.');
    const { grant } = found;
    if (statusOf(grant, found) !== 'approved') throw notNow(grant, found);
    if (grant.kind === 'broad') {
      const input = completeInput(request);
      return plannedUnder({ ...view, grants: [grant] }, this.registry.judge(input), input);
    }
    const body = await this.grants.body(id, holder);
    if (body === null && grant.call.bodyBytes !== null) {
      throw new DomainError('already_used', 'The body of this call is no longer kept. Ask again.');
    }
    if (request.method !== undefined || request.url !== undefined) {
      isTheApprovedCall(grant, body, this.registry.judge(completeInput(request)).call);
    } else if (request.headers !== undefined || request.body !== undefined) {
      throw new DomainError('invalid_arguments', 'Pass the request id alone, or the whole call with it.');
    }
    const { method, url, headers, provider, level } = grant.call;
    const call: Call = { method: method as Method, url, headers, body };
    // What may be called is decided anew: an update may have closed it since the approval.
    this.registry.judgeCall(call);
    return { grant, providerId: provider, level, call };
  }

  async #run(view: SessionView, planned: PlannedCall, signal: AbortSignal): Promise<GatewayAnswer> {
    const { grant, call, level } = planned;
    isWhatWasApproved(grant, call);
    const provider = this.registry.byId(planned.providerId);
    if (!provider) throw new DomainError('unknown_provider', 'This server no longer knows this provider.');
    const token = await this.#token(grant, provider, level);
    const outbound = outboundRequest(call, provider, token);
    signal.throwIfAborted();
    const claimId = newId('clm');
    const known: Found = { grant, now: view.now, epoch: view.epoch };
    const { method, url } = call;
    // From before the begin on: a revocation that is answered finds this call here, or the begin finds the revocation.
    const { revoked, done } = this.#running.add(grant.id);
    try {
      const begun = await this.grants.begin(known, { claimId, provider: provider.id, method, url, level });
      const outcome = await this.#send(outbound, token, signal, revoked);
      if (outcome.kind === 'answered' && outcome.answer.status === 401)
        this.vault.forget(owner(grant.principal), provider.slug);
      const finished = this.#finish(begun, ending(claimId, outcome));
      return { grant: grant.kind === 'request' ? await finished : begun.grant, provider, call, outcome };
    } finally {
      done();
    }
  }

  /** The token first, so that a missing connection never burns an approval. */
  async #token(grant: AuthorityGrant, provider: ProviderDefinition, level: 'read' | 'write'): Promise<Secret> {
    const { subject, clientId } = grant.principal;
    const [answer, isConsentGiven] = await Promise.all([
      this.vault.token(owner(grant.principal), provider.slug, { isFresh: grant.kind === 'request' }),
      level === 'write' ? this.consent.isGiven(subject, clientId) : true,
    ]);
    if (!isConsentGiven) {
      throw new DomainError('authority_revoked', 'The person no longer authorizes this client. Sign in again.');
    }
    const details = { provider: provider.id, slug: provider.slug };
    if (answer.kind !== 'token') {
      const what = answer.kind === 'not_connected' ? 'is not connected' : 'has to be connected again';
      throw new DomainError(
        'connection_required',
        `${provider.name} ${what}. Call connect_integration; a person connects it.`,
        details,
      );
    }
    const bound = grant.kind === 'broad' ? grant.connections[provider.id] : grant.connection;
    if (answer.accountId !== bound) {
      throw new DomainError(
        'connection_changed',
        `${provider.name} is connected to another account now. Ask again.`,
        details,
      );
    }
    return answer.token;
  }

  async #send(
    request: ReturnType<typeof outboundRequest>,
    token: Secret,
    signal: AbortSignal,
    revoked: AbortSignal,
  ): Promise<CallOutcome> {
    try {
      return { kind: 'answered', answer: providerAnswer(await this.transport.send(request, signal, revoked), token) };
    } catch (error) {
      if (error instanceof TransportFailure)
        return { kind: error.isSent ? 'outcome_unknown' : 'not_sent', code: error.code };
      this.#log.error(`a transport failed in an unknown way: ${error instanceof Error ? error.name : 'no error'}`);
      return { kind: 'outcome_unknown', code: 'upstream_broken' };
    }
  }

  /** The answer is already here: that the record of it failed must not hide it. A claim without an end counts as unknown. */
  #finish(begun: Found, command: Extract<GrantCommand, { type: 'finish' | 'fail' | 'lose' }>): Promise<AuthorityGrant> {
    return this.grants.conclude(begun, command).then(
      (found) => found.grant,
      () => {
        this.#log.warn(`the end of call ${command.claimId} could not be stored`);
        return begun.grant;
      },
    );
  }

  async #recordRefusal(principal: Principal, error: DomainError): Promise<void> {
    const actor = { type: 'client', clientId: principal.clientId } as const;
    const provider = typeof error.details.provider === 'string' ? error.details.provider : null;
    const event = auditEvent('call.refused', this.clock.now(), actor, { principal }, { code: error.code, provider });
    await this.audit.append(event).catch(() => this.#log.warn('a refusal could not be recorded'));
  }
}

/** Where the store itself is out of reach there is nothing to write to. */
function isRecordable({ code }: DomainError): boolean {
  return code !== 'store_unavailable' && code !== 'audit_unavailable';
}

function completeInput(request: GatewayRequest): CallInput {
  if (request.method === undefined || request.url === undefined) {
    throw new DomainError('invalid_arguments', 'Pass method and url, or the requestId of an approved exact call.');
  }
  return { ...request, method: request.method, url: request.url };
}

function owner(principal: Principal) {
  return { userId: principal.subject, organization: principal.organization };
}

function ending(claimId: string, outcome: CallOutcome): Extract<GrantCommand, { type: 'finish' | 'fail' | 'lose' }> {
  if (outcome.kind === 'answered') {
    return { type: 'finish', claimId, status: outcome.answer.status, answerBytes: outcome.answer.bytes };
  }
  return { type: outcome.kind === 'not_sent' ? 'fail' : 'lose', claimId, code: outcome.code };
}
