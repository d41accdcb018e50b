import { Ctx, Payload } from '@nestjs/microservices';
import { McpContext, McpController, Tool } from '@rekog/mcp-nest';
import type * as z from 'zod';
import { bindingsOf, ConnectionsService, type Integration } from '../../connections/connections.service.js';
import { GrantSettings } from '../../grants/grant-settings.js';
import { GrantsService } from '../../grants/grants.service.js';
import type { Question } from '../../grants/question.js';
import { DomainError } from '../../kernel/domain-error.js';
import type { Principal } from '../../kernel/principal.js';
import { ProviderRegistry } from '../../providers/provider-registry.js';
import { advertisedOutput } from '../advertised-output.js';
import { factsOf, grantFacts } from '../grant-facts.js';
import { McpSettings } from '../mcp-settings.js';
import { grantText } from '../text/grant.text.js';
import { answer, toolResult } from '../tool-result.js';
import { type AccessQuestion, accessInput, accessQuestion } from './access-question.js';

@McpController()
export class RequestElevatedAccessTool {
  constructor(
    private readonly settings: McpSettings,
    private readonly grants: GrantsService,
    private readonly grantSettings: GrantSettings,
    private readonly connections: ConnectionsService,
    private readonly registry: ProviderRegistry,
  ) {}

  @Tool({
    name: 'request_elevated_access',
    description:
      'Asks the user for authority. kind "broad": level (read or write) on providers for a time. kind "request": one exact call, ' +
      'run once. Gives an approval link to show to the user; nothing is allowed until they approve it there.',
    parameters: accessInput,
    outputSchema: advertisedOutput(grantFacts),
    annotations: {
      title: 'Ask for access',
      readOnlyHint: false,
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: false,
    },
  })
  requestElevatedAccess(@Payload() input: z.output<typeof accessInput>, @Ctx() context: McpContext) {
    return answer(context, this.settings, async ({ principal, clientName }) => {
      if (clientName !== undefined) await this.grants.open(principal, clientName);
      const found = await this.grants.request(principal, await this.#question(principal, accessQuestion(input)));
      const facts = factsOf(found.grant, found, this.settings.publicUrl);
      return toolResult(grantFacts, facts, grantText(facts));
    });
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
    const { authorityMs, authorityMaxMs } = this.grantSettings;
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
