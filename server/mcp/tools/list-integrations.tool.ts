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

/** More instructions than this at once are more than a model can use. */
const INSTRUCTIONS_MAX = 12;

const input = z.strictObject({
  provider: z.string().optional().describe('a provider id or slug: only this one'),
});

const output = z.strictObject({
  integrations: z.array(
    z.strictObject({
      /** `null`: it cannot be called through this server. */
      provider: z.string().nullable(),
      slug: z.string(),
      name: z.string(),
      state: z.enum(CONNECTION_STATES),
      scopes: z.array(z.string()),
      instructions: z.string().nullable(),
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
    parameters: advertisedInput(input),
    outputSchema: advertisedOutput(output),
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
      return toolResult(output, { integrations }, `Connected and callable: ${names}.${how} ${next}`);
    });
  }
}

/** A row a provider: several can share one connection. */
function rowsOf({ providers, slug, name, state, scopes }: Integration): z.input<typeof output>['integrations'] {
  const common = { slug, name, state, scopes: [...scopes] };
  if (providers.length === 0) return [{ ...common, provider: null, instructions: null }];
  return providers.map(({ id, instructions }) => ({ ...common, provider: id, instructions }));
}

type Row = z.input<typeof output>['integrations'][number];

function shortened(rows: readonly Row[]): Row[] {
  const isLong = rows.filter(({ instructions }) => instructions !== null).length > INSTRUCTIONS_MAX;
  return rows.map((row) => (isLong ? { ...row, instructions: null } : row));
}

/** @throws DomainError `unknown_provider` */
function chosen(rows: readonly Row[], wanted: string): Row[] {
  const found = rows.filter(({ provider, slug }) => provider === wanted || slug === wanted);
  if (found.length > 0) return found;
  const known = rows.map(({ provider, slug }) => provider ?? slug);
  const message = `The organization has not switched this on. There is: ${known.join(', ')}.`;
  throw new DomainError('unknown_provider', message, { known });
}
