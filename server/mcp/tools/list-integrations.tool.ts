import { Ctx, Payload } from '@nestjs/microservices';
import { McpContext, McpController, Tool } from '@rekog/mcp-nest';
import * as z from 'zod';
import { ConnectionsService } from '../../connections/connections.service.js';
import { advertisedInput, readInput } from '../advertised-input.js';
import { advertisedOutput } from '../advertised-output.js';
import { chosen, integrationRows, lacking, rowsOf, shortened } from '../integration-rows.js';
import { McpSettings } from '../mcp-settings.js';
import { answer, toolResult } from '../tool-result.js';

const input = z.strictObject({
  provider: z.string().optional().describe('a provider id or slug: only this one'),
});

@McpController()
export class ListIntegrationsTool {
  constructor(
    private readonly settings: McpSettings,
    private readonly connections: ConnectionsService,
  ) {}

  @Tool({
    name: 'list_integrations',
    description:
      'The integrations that the organization has switched on, whether the user has connected each, and how to call it.',
    parameters: advertisedInput(input),
    outputSchema: advertisedOutput(integrationRows),
    annotations: {
      title: 'List integrations',
      readOnlyHint: true,
      destructiveHint: false,
      openWorldHint: false,
    },
  })
  listIntegrations(@Payload() args: unknown, @Ctx() context: McpContext) {
    return answer(context, this.settings, async ({ principal }) => {
      const { provider } = readInput(input, args);
      const owner = { userId: principal.subject, organization: principal.organization };
      const all = (await this.connections.integrations(owner)).flatMap(rowsOf);
      const integrations = provider === undefined ? shortened(all) : chosen(all, provider);
      const ready = integrations.filter((one) => one.state === 'connected' && one.provider !== null);
      const next = ready.length > 0 ? 'Next: request_elevated_access.' : 'Next: connect_integration.';
      const names = ready.map((one) => one.provider).join(', ') || 'none';
      const isCut = integrations.length > 1 && ready.some(({ instructions }) => instructions === null);
      const how = isCut ? ' How to call one: list_integrations with its provider.' : '';
      return toolResult(
        integrationRows,
        { integrations },
        `Connected and callable: ${names}.${lacking(integrations)}${how} ${next}`,
      );
    });
  }
}
