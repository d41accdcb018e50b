import {
  type GetPromptResult,
  ProtocolError,
  ProtocolErrorCode,
  type ReadResourceResult,
} from '@modelcontextprotocol/server';
import { Payload } from '@nestjs/microservices';
import { McpController, Prompt, Resource } from '@rekog/mcp-nest';
import * as z from 'zod';
import { MARK } from './icons.js';
import { GUIDE, GUIDE_TITLE, promptText } from './text/guide.text.js';

const TASK_MAX = 2_000;

const task = z.strictObject({
  task: z.string().trim().min(1).max(TASK_MAX).optional().describe('what you want done, in your own words'),
});

const GUIDE_RESOURCE = {
  uri: 'countersign://guide',
  name: 'guide',
  title: GUIDE_TITLE,
  description: 'From a task to an answer: finding a provider, asking the user, waiting, calling, giving back.',
  mimeType: 'text/markdown',
  icons: [MARK],
};

/** The flow explained, for clients that load prompts or resources. Neither tells anything that depends on the caller. */
@McpController()
export class GuideController {
  @Prompt({
    name: 'use_api',
    description:
      'Does a task with one of your connected services. You decide what the assistant may do, in your browser.',
    parameters: task,
  })
  useApi(@Payload() args: unknown): GetPromptResult {
    const parsed = task.safeParse(args ?? {});
    if (!parsed.success) {
      const message = `The prompt takes one argument, "task", of at most ${TASK_MAX} characters.`;
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, message);
    }
    return { messages: [{ role: 'user', content: { type: 'text', text: promptText(parsed.data.task) } }] };
  }

  @Resource(GUIDE_RESOURCE)
  guide(): ReadResourceResult {
    return { contents: [{ uri: GUIDE_RESOURCE.uri, mimeType: GUIDE_RESOURCE.mimeType, text: GUIDE }] };
  }
}
