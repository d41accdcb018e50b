import { Ctx, Payload } from '@nestjs/microservices';
import { McpContext, McpController, Tool } from '@rekog/mcp-nest';
import * as z from 'zod';
import { CONNECTION_STATES } from '../../connections/connection.js';
import { ConnectionsService, type Integration } from '../../connections/connections.service.js';
import { DomainError } from '../../kernel/domain-error.js';
import { advertisedInput, readInput } from '../advertised-input.js';
import { advertisedOutput } from '../advertised-output.js';
import { McpSettings } from '../mcp-settings.js';
import { answer, toolResult } from '../tool-result.js';

const input = z.strictObject({ provider: z.string().describe('provider id or slug from list_integrations') });

const output = z.strictObject({
  provider: z.string(),
  state: z.enum(CONNECTION_STATES),
  connectUrl: z.string(),
});

@McpController()
export class ConnectIntegrationTool {
  constructor(
    private readonly settings: McpSettings,
    private readonly connections: ConnectionsService,
  ) {}

  @Tool({
    name: 'connect_integration',
    description:
      'Gives a link at which the user connects (or reconnects) an integration. Show it to the user; connecting allows no call by itself.',
    parameters: advertisedInput(input),
    outputSchema: advertisedOutput(output),
    annotations: {
      title: 'Connect an integration',
      readOnlyHint: true,
      destructiveHint: false,
      openWorldHint: false,
    },
  })
  connectIntegration(@Payload() args: unknown, @Ctx() context: McpContext) {
    return answer(context, this.settings, async ({ principal }) => {
      const { provider } = readInput(input, args);
      const owner = { userId: principal.subject, organization: principal.organization };
      const integrations = await this.connections.integrations(owner);
      const found =
        integrations.find((one) => one.providers.some(({ id }) => id === provider)) ??
        integrations.find((one) => one.slug === provider);
      if (!found) {
        const known = integrations.flatMap(idsOf);
        throw new DomainError(
          'unknown_provider',
          `The organization has not switched this on. There is: ${known.join(', ')}.`,
          { known },
        );
      }
      const connectUrl = `${this.settings.publicUrl}/connect/${found.slug}`;
      const ids = idsOf(found);
      const facts = {
        provider: ids.find((id) => id === provider) ?? ids[0] ?? found.slug,
        state: found.state,
        connectUrl,
      };
      return toolResult(
        output,
        facts,
        `Show the user this link: ${connectUrl} Then call list_integrations to see whether it is connected.`,
      );
    });
  }
}

/** What the assistant calls it by: the providers, or the slug of one that cannot be called. */
function idsOf({ slug, providers }: Integration): readonly string[] {
  return providers.length === 0 ? [slug] : providers.map(({ id }) => id);
}
