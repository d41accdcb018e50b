import { Ctx, Payload } from '@nestjs/microservices';
import { McpContext, McpController, Tool } from '@rekog/mcp-nest';
import * as z from 'zod';
import { GrantsService } from '../../grants/grants.service.js';
import { DomainError } from '../../kernel/domain-error.js';
import { isGrantId } from '../../kernel/ids.js';
import { advertisedInput, readInput } from '../advertised-input.js';
import { advertisedOutput } from '../advertised-output.js';
import { factsOf, grantFacts } from '../grant-facts.js';
import { McpSettings } from '../mcp-settings.js';
import { grantText } from '../text/grant.text.js';
import { answer, toolResult } from '../tool-result.js';
import { waitForDecision } from '../waiting.js';

const input = z.strictObject({
  requestId: z.string(),
  waitSeconds: z.int().min(0).max(25).default(0),
});

@McpController()
export class CheckAccessRequestTool {
  constructor(
    private readonly settings: McpSettings,
    private readonly grants: GrantsService,
  ) {}

  @Tool({
    name: 'check_access_request',
    description:
      'What became of a request: pending, approved, denied, … With waitSeconds (up to 25) it answers as soon as the user decides. ' +
      'Ended requests stay known for some weeks.',
    parameters: advertisedInput(input),
    outputSchema: advertisedOutput(grantFacts),
    annotations: {
      title: 'Check a request',
      readOnlyHint: true,
      destructiveHint: false,
      openWorldHint: false,
    },
  })
  checkAccessRequest(@Payload() args: unknown, @Ctx() context: McpContext) {
    return answer(context, this.settings, async (call) => {
      const { requestId, waitSeconds } = readInput(input, args);
      const unknown = () =>
        new DomainError('not_found', 'There is no such request in this session. Ask with request_elevated_access.');
      if (!isGrantId(requestId)) throw unknown();
      const found =
        waitSeconds === 0
          ? await this.grants.find(requestId, { by: 'principal', principal: call.principal })
          : await waitForDecision(this.grants, requestId, waitSeconds * 1_000, call);
      if (!found) throw unknown();
      const facts = factsOf(found.grant, found, this.settings.publicUrl);
      return toolResult(grantFacts, facts, grantText(facts));
    });
  }
}
