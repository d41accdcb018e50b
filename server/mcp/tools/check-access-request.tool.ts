import { Ctx, Payload } from '@nestjs/microservices';
import { McpContext, McpController, Tool } from '@rekog/mcp-nest';
import * as z from 'zod';
import { statusOf } from '../../grants/authority-grant.js';
import { GrantsService } from '../../grants/grants.service.js';
import { DomainError } from '../../kernel/domain-error.js';
import { isGrantId } from '../../kernel/ids.js';
import { advertisedOutput } from '../advertised-output.js';
import { factsOf, grantFacts } from '../grant-facts.js';
import { McpSettings } from '../mcp-settings.js';
import { grantText } from '../text/grant.text.js';
import { answer, toolResult } from '../tool-result.js';

const PROGRESS_EVERY_MS = 5_000;

const input = z.strictObject({
  requestId: z.string().max(64),
  waitSeconds: z.int().min(0).max(25).default(0).describe('how long to wait for the decision'),
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
    parameters: input,
    outputSchema: advertisedOutput(grantFacts),
    annotations: {
      title: 'Check a request',
      readOnlyHint: true,
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: false,
    },
  })
  checkAccessRequest(@Payload() { requestId, waitSeconds }: z.output<typeof input>, @Ctx() context: McpContext) {
    return answer(context, this.settings, async ({ principal, signal, progress }) => {
      const unknown = () =>
        new DomainError('not_found', 'There is no such request in this session. Ask with request_elevated_access.');
      if (!isGrantId(requestId)) throw unknown();
      const holder = { by: 'principal', principal } as const;
      let waited = 0;
      const timer = setInterval(() => {
        waited += PROGRESS_EVERY_MS / 1_000;
        void progress(waited, 'Waiting for the user to decide').catch(() => {});
      }, PROGRESS_EVERY_MS);
      try {
        const found =
          waitSeconds === 0
            ? await this.grants.find(requestId, holder)
            : await this.grants.waitFor(
                requestId,
                holder,
                (now) => statusOf(now.grant, now) !== 'pending',
                waitSeconds * 1_000,
                signal,
              );
        if (!found) throw unknown();
        const facts = factsOf(found.grant, found, this.settings.publicUrl);
        return toolResult(grantFacts, facts, grantText(facts));
      } finally {
        clearInterval(timer);
      }
    });
  }
}
