import { Ctx, Payload } from '@nestjs/microservices';
import { McpContext, McpController, Tool } from '@rekog/mcp-nest';
import * as z from 'zod';
import { GrantsService } from '../../grants/grants.service.js';
import { DomainError } from '../../kernel/domain-error.js';
import { isGrantId } from '../../kernel/ids.js';
import { advertisedInput, readInput } from '../advertised-input.js';
import { advertisedOutput } from '../advertised-output.js';
import { McpSettings } from '../mcp-settings.js';
import { answer, toolResult } from '../tool-result.js';

const input = z.strictObject({
  requestId: z.string().optional().describe('one approval or pending request; without it, all of this session'),
});

const output = z.strictObject({ ended: z.number() });

@McpController()
export class RevokeAccessTool {
  constructor(
    private readonly settings: McpSettings,
    private readonly grants: GrantsService,
  ) {}

  @Tool({
    name: 'revoke_access',
    description:
      'Gives authority back: ends one approval or pending request of this session, or all of them. Use it when the task is done.',
    parameters: advertisedInput(input),
    outputSchema: advertisedOutput(output),
    annotations: {
      title: 'Give access back',
      readOnlyHint: false,
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: false,
    },
  })
  revokeAccess(@Payload() args: unknown, @Ctx() context: McpContext) {
    return answer(context, this.settings, async ({ principal }) => {
      const { requestId } = readInput(input, args);
      const actor = { type: 'client', clientId: principal.clientId } as const;
      const holder = { by: 'principal', principal } as const;
      if (requestId === undefined) {
        const { grants } = await this.grants.open(principal);
        const ended = (await this.grants.endAll(grants, holder, actor)).length;
        return toolResult(output, { ended }, `${ended} ended. This session may not call anything now.`);
      }
      if (!isGrantId(requestId)) throw new DomainError('not_found', 'There is no such request in this session.');
      await this.grants.end(requestId, holder, actor);
      return toolResult(output, { ended: 1 }, 'Ended. Nothing is sent under it any more.');
    });
  }
}
