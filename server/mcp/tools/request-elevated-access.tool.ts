import { Ctx, Payload } from '@nestjs/microservices';
import { McpContext, McpController, Tool } from '@rekog/mcp-nest';
import { AccessQuestionsService } from '../access-questions.service.js';
import { advertisedInput, readInput } from '../advertised-input.js';
import { advertisedOutput } from '../advertised-output.js';
import { ApprovalPagesService } from '../approval-pages.service.js';
import { factsOf, grantFacts } from '../grant-facts.js';
import { McpSettings } from '../mcp-settings.js';
import { grantText } from '../text/grant.text.js';
import { answer, toolResult } from '../tool-result.js';
import { accessInput, accessQuestion } from './access-question.js';

const NAME = 'request_elevated_access';

@McpController()
export class RequestElevatedAccessTool {
  constructor(
    private readonly settings: McpSettings,
    private readonly questions: AccessQuestionsService,
    private readonly pages: ApprovalPagesService,
  ) {}

  @Tool({
    name: NAME,
    description:
      'Asks the user for authority. kind "broad": level (read or write) on providers for a time. kind "request": one exact call, ' +
      'run once. Gives an approval link to show to the user; nothing is allowed until they approve it there.',
    parameters: advertisedInput(accessInput),
    outputSchema: advertisedOutput(grantFacts),
    annotations: {
      title: 'Ask for access',
      readOnlyHint: false,
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: false,
    },
  })
  requestElevatedAccess(@Payload() args: unknown, @Ctx() context: McpContext) {
    return answer(context, this.settings, async (call) => {
      const asked = accessQuestion(readInput(accessInput, args));
      const held = await this.pages.hold(call, { tool: NAME, args: asked }, () => this.questions.ask(call, asked));
      if ('resultType' in held) return held;
      const facts = factsOf(held.grant, held, this.settings.publicUrl);
      return toolResult(grantFacts, facts, grantText(facts));
    });
  }
}
