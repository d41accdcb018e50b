import { Ctx, Payload } from '@nestjs/microservices';
import { McpContext, McpController, Tool } from '@rekog/mcp-nest';
import * as z from 'zod';
import { CONNECTION_STATES } from '../../connections/connection.js';
import { ConnectionsService, type Integration } from '../../connections/connections.service.js';
import { advertisedInput, noInput, readInput } from '../advertised-input.js';
import { advertisedOutput } from '../advertised-output.js';
import { McpSettings } from '../mcp-settings.js';
import { answer, toolResult } from '../tool-result.js';

const output = z.strictObject({
  integrations: z.array(
    z.strictObject({
      provider: z.string().nullable().describe('use this id; null: it cannot be called through this server'),
      slug: z.string(),
      name: z.string(),
      state: z.enum(CONNECTION_STATES),
      scopes: z.array(z.string()),
      instructions: z.string().nullable().describe('how to call it'),
    }),
  ),
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
    parameters: advertisedInput(noInput),
    outputSchema: advertisedOutput(output),
    annotations: {
      title: 'List integrations',
      readOnlyHint: true,
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: false,
    },
  })
  listIntegrations(@Payload() args: unknown, @Ctx() context: McpContext) {
    return answer(context, this.settings, async ({ principal }) => {
      readInput(noInput, args);
      const owner = { userId: principal.subject, organization: principal.organization };
      const integrations = (await this.connections.integrations(owner)).flatMap(rowsOf);
      const ready = integrations.filter((one) => one.state === 'connected' && one.provider !== null);
      const next = ready.length > 0 ? 'Next: request_elevated_access.' : 'Next: connect_integration.';
      const names = ready.map((one) => one.provider).join(', ') || 'none';
      return toolResult(output, { integrations }, `Connected and callable: ${names}. ${next}`);
    });
  }
}

/** A row a provider: several can share one connection. */
function rowsOf({ providers, slug, name, state, scopes }: Integration): z.input<typeof output>['integrations'] {
  const common = { slug, name, state, scopes: [...scopes] };
  if (providers.length === 0) return [{ ...common, provider: null, instructions: null }];
  return providers.map(({ id, instructions }) => ({ ...common, provider: id, instructions }));
}
