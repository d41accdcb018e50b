import { Ctx, Payload } from '@nestjs/microservices';
import { McpContext, McpController, Tool } from '@rekog/mcp-nest';
import * as z from 'zod';
import { GatewayService } from '../../gateway/gateway.service.js';
import { statusOf } from '../../grants/authority-grant.js';
import { DomainError } from '../../kernel/domain-error.js';
import { AccessQuestionsService } from '../access-questions.service.js';
import { advertisedInput, readInput } from '../advertised-input.js';
import { advertisedOutput } from '../advertised-output.js';
import { ApprovalPagesService } from '../approval-pages.service.js';
import { callFacts, callResult } from '../call-facts.js';
import { McpSettings } from '../mcp-settings.js';
import type { ToolCall } from '../sdk-context.js';
import { answer } from '../tool-result.js';
import { bodyInput, reasonInput } from './access-question.js';

const NAME = 'call_integration_api';

const input = z.strictObject({
  requestId: z.string().optional().describe('of an approved exact call: enough alone'),
  method: z.string().optional().describe('GET, POST, …'),
  url: z.string().optional().describe('absolute https URL of the provider'),
  headers: z
    .record(z.string(), z.string())
    .optional()
    .describe('only headers that the provider allows; never credentials'),
  body: bodyInput.optional(),
  reason: reasonInput.optional().describe('why, for the user to read, if they have to decide first'),
});

type Input = z.output<typeof input>;

@McpController()
export class CallIntegrationApiTool {
  constructor(
    private readonly settings: McpSettings,
    private readonly gateway: GatewayService,
    private readonly questions: AccessQuestionsService,
    private readonly pages: ApprovalPagesService,
  ) {}

  @Tool({
    name: NAME,
    description:
      'Calls a provider’s API with the user’s own account, under a live approval. Without one nothing is sent and the answer tells how to ask. ' +
      'For an approved exact call pass its requestId alone.',
    parameters: advertisedInput(input),
    outputSchema: advertisedOutput(callFacts),
    annotations: {
      title: 'Call an API',
      readOnlyHint: false,
      destructiveHint: true,
      openWorldHint: true,
    },
  })
  callIntegrationApi(@Payload() args: unknown, @Ctx() context: McpContext) {
    return answer(context, this.settings, async (call) => {
      const request = readInput(input, args);
      if (call.reply !== null) return this.#underPage(call, request);
      const { reason: _, ...outbound } = request;
      try {
        return callResult(await this.gateway.call(call.principal, outbound, call.signal));
      } catch (error) {
        if (!call.opensPages || !isOpenQuestion(request, error)) throw error;
        return this.#underPage(call, request);
      }
    });
  }

  /** The exact call is asked for by its page, and goes on by itself if it is approved soon. What is sent is what was approved. */
  async #underPage(call: ToolCall, request: Input) {
    const { method = '', url = '', reason = '', ...rest } = request;
    const asked = { ...rest, kind: 'request', method, url, reason } as const;
    const held = await this.pages.hold(call, { tool: NAME, args: request }, () => this.questions.ask(call, asked));
    if ('resultType' in held) return held;
    const requestId = held.grant.id;
    if (!held.mayGoOn && statusOf(held.grant, held) === 'approved') {
      throw new DomainError('call_again', 'Approved. Nothing was sent yet, as the decision took a while.', {
        requestId,
      });
    }
    return callResult(await this.gateway.call(call.principal, { requestId }, call.signal));
  }
}

/** Only a call that nobody has decided about is worth a question. */
function isOpenQuestion({ requestId }: Input, error: unknown): boolean {
  return requestId === undefined && error instanceof DomainError && error.code === 'authority_required';
}
