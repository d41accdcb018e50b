import { Ctx, Payload } from '@nestjs/microservices';
import { McpContext, McpController, Tool } from '@rekog/mcp-nest';
import * as z from 'zod';
import { GrantSettings } from '../../grants/grant-settings.js';
import { ProviderRegistry } from '../../providers/provider-registry.js';
import { advertisedInput, noInput, readInput } from '../advertised-input.js';
import { advertisedOutput } from '../advertised-output.js';
import { McpSettings } from '../mcp-settings.js';
import { SERVER_INSTRUCTIONS } from '../text/instructions.text.js';
import { answer, toolResult } from '../tool-result.js';

const output = z.strictObject({
  name: z.string(),
  version: z.string(),
  mcpUrl: z.string(),
  isSandbox: z.boolean(),
  howItWorks: z.string(),
  defaultDurationMs: z.number(),
  maxDurationMs: z.number(),
  requestTtlMs: z.number().describe('how long a request waits for a decision'),
  providers: z.array(z.strictObject({ id: z.string(), name: z.string(), reads: z.string(), writes: z.string() })),
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
    description: 'What this server is, how authority is asked for and for how long, and which providers it knows.',
    parameters: advertisedInput(noInput),
    outputSchema: advertisedOutput(output),
    annotations: {
      title: 'About this server',
      readOnlyHint: true,
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: false,
    },
  })
  serverInfo(@Payload() args: unknown, @Ctx() context: McpContext) {
    return answer(context, this.settings, async () => {
      readInput(noInput, args);
      const { version, mcpUrl, isSandbox } = this.settings;
      const facts = {
        name: 'Countersign',
        version,
        mcpUrl,
        isSandbox,
        howItWorks: SERVER_INSTRUCTIONS,
        defaultDurationMs: this.grants.authorityMs,
        maxDurationMs: this.grants.authorityMaxMs,
        requestTtlMs: this.grants.requestTtlMs,
        providers: this.registry.providers.map(({ id, name, reads, writes }) => ({ id, name, reads, writes })),
      };
      const names = facts.providers.map((provider) => provider.name).join(', ');
      const where = isSandbox ? ' This is the sandbox: nothing here reaches a real API.' : '';
      return toolResult(output, facts, `Countersign ${version} knows ${names}.${where} Next: list_integrations.`);
    });
  }
}
