import { Injectable } from '@nestjs/common';
import { bindingsOf, ConnectionsService, type Integration } from '../connections/connections.service.js';
import { GrantSettings } from '../grants/grant-settings.js';
import type { Found } from '../grants/grant-store.port.js';
import { GrantsService } from '../grants/grants.service.js';
import type { Question } from '../grants/question.js';
import { DomainError } from '../kernel/domain-error.js';
import type { Principal } from '../kernel/principal.js';
import { ProviderRegistry } from '../providers/provider-registry.js';
import type { ToolCall } from './sdk-context.js';
import type { AccessQuestion } from './tools/access-question.js';

/** Puts an assistant's question to the person: with the call judged now, and the connections as they are now. */
@Injectable()
export class AccessQuestionsService {
  constructor(
    private readonly grants: GrantsService,
    private readonly settings: GrantSettings,
    private readonly connections: ConnectionsService,
    private readonly registry: ProviderRegistry,
  ) {}

  /** The same question while pending gives the same request. @throws DomainError */
  async ask({ principal, clientName }: ToolCall, asked: AccessQuestion): Promise<Found> {
    if (clientName !== undefined) await this.grants.open(principal, clientName);
    return this.grants.request(principal, await this.#question(principal, asked));
  }

  async #question(principal: Principal, asked: AccessQuestion): Promise<Question> {
    const owner = { userId: principal.subject, organization: principal.organization };
    const integrations = await this.connections.integrations(owner);
    if (asked.kind === 'request') {
      const judged = this.registry.judge(asked);
      checkSwitchedOn(integrations, [judged.providerId]);
      const { [judged.providerId]: connection = null } = bindingsOf(integrations, [judged.providerId]);
      return { kind: 'request', judged, reason: asked.reason, connection };
    }
    const { authorityMs, authorityMaxMs } = this.settings;
    const durationMs = asked.durationMs ?? authorityMs;
    if (durationMs > authorityMaxMs) {
      throw new DomainError('invalid_arguments', `durationMs may be at most ${authorityMaxMs}.`, {
        maxDurationMs: authorityMaxMs,
      });
    }
    checkSwitchedOn(integrations, asked.providers);
    const { level, providers, reason, maxCalls = null } = asked;
    const connections = bindingsOf(integrations, providers);
    return { kind: 'broad', scope: { level, providers, durationMs, maxCalls }, reason, connections };
  }
}

/** Nobody could connect what the organization has not switched on. @throws DomainError `unknown_provider` */
function checkSwitchedOn(integrations: readonly Integration[], providers: readonly string[]): void {
  const known = integrations.flatMap((integration) => integration.providers.map(({ id }) => id));
  const unknown = providers.filter((provider) => !known.includes(provider));
  if (unknown.length === 0) return;
  const message = `Not switched on or not known: ${unknown.join(', ')}. There is: ${known.join(', ')}.`;
  throw new DomainError('unknown_provider', message, { known });
}
