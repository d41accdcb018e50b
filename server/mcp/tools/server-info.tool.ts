import { Ctx, Payload } from '@nestjs/microservices';
import { McpContext, McpController, Tool } from '@rekog/mcp-nest';
import * as z from 'zod';
import { GrantSettings } from '../../grants/grant-settings.js';
import { DomainError } from '../../kernel/domain-error.js';
import type { ProviderDefinition } from '../../providers/provider.js';
import { ProviderRegistry } from '../../providers/provider-registry.js';
import { advertisedInput, readInput } from '../advertised-input.js';
import { advertisedOutput } from '../advertised-output.js';
import { McpSettings } from '../mcp-settings.js';
import { lineOf, placeOf, serverFacts, wholeOf } from '../server-facts.js';
import { SERVER_INSTRUCTIONS } from '../text/instructions.text.js';
import { answer, toolResult } from '../tool-result.js';

const input = z.strictObject({
  provider: z.string().optional().describe('a provider id or slug'),
});

@McpController()
export class ServerInfoTool {
  constructor(
    private readonly settings: McpSettings,
    private readonly grants: GrantSettings,
    private readonly registry: ProviderRegistry,
  ) {}

  @Tool({
    name: 'server_info',
    description:
      'What this server is, how authority is asked for and for how long, and which providers it knows. Of one provider: what may be called, and how.',
    parameters: advertisedInput(input),
    outputSchema: advertisedOutput(serverFacts),
    annotations: {
      title: 'About this server',
      readOnlyHint: true,
      destructiveHint: false,
      openWorldHint: false,
    },
  })
  serverInfo(@Payload() args: unknown, @Ctx() context: McpContext) {
    return answer(context, this.settings, async () => {
      const { provider } = readInput(input, args);
      const { version, mcpUrl, isSandbox } = this.settings;
      const common = {
        name: 'Countersign',
        version,
        mcpUrl,
        isSandbox,
        defaultDurationMs: this.grants.authorityMs,
        maxDurationMs: this.grants.authorityMaxMs,
        requestTtlMs: this.grants.requestTtlMs,
      };
      if (provider !== undefined) {
        const facts = { ...common, providers: this.#named(provider).map(wholeOf) };
        const text = `How to call ${facts.providers.map(placeOf).join(' and ')}: see instructions. Next: list_integrations tells whether the user has connected it.`;
        return toolResult(serverFacts, facts, text);
      }
      const facts = { ...common, howItWorks: SERVER_INSTRUCTIONS, providers: this.registry.providers.map(lineOf) };
      const where = isSandbox ? ' This is the sandbox: nothing here reaches a real API.' : '';
      const text =
        `Countersign ${version} knows ${facts.providers.length} providers.${where} What may be called at one, and how: server_info with its id. ` +
        'Next: list_integrations tells which of them the user has.';
      return toolResult(serverFacts, facts, text);
    });
  }

  /** @throws DomainError `unknown_provider` */
  #named(wanted: string): readonly ProviderDefinition[] {
    const byId = this.registry.byId(wanted);
    const found = byId ? [byId] : this.registry.bySlug(wanted);
    if (found.length > 0) return found;
    const known = this.registry.providers.map(({ id }) => id);
    throw new DomainError('unknown_provider', `This server does not know it. There is: ${known.join(', ')}.`, {
      known,
    });
  }
}
