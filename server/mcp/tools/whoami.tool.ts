import { Ctx, Payload } from '@nestjs/microservices';
import { McpContext, McpController, Tool } from '@rekog/mcp-nest';
import * as z from 'zod';
import { Identity } from '../../auth/identity.port.js';
import { statusOf } from '../../grants/authority-grant.js';
import { hasCallsLeft } from '../../grants/authorize.js';
import { GrantsService } from '../../grants/grants.service.js';
import { advertisedInput, noInput, readInput } from '../advertised-input.js';
import { advertisedOutput } from '../advertised-output.js';
import { grantFacts, iso } from '../grant-facts.js';
import { McpSettings } from '../mcp-settings.js';
import { toldGrant } from '../told-grant.js';
import { answer, toolResult } from '../tool-result.js';

const output = z.strictObject({
  userId: z.string(),
  email: z.string().nullable(),
  organization: z.string().nullable(),
  client: z.strictObject({ id: z.string(), name: z.string().nullable() }),
  sessionStartedAt: z.string(),
  scopes: z.array(z.enum(['pipes:read', 'pipes:write'])),
  approvals: z.array(grantFacts),
});

@McpController()
export class WhoamiTool {
  constructor(
    private readonly settings: McpSettings,
    private readonly grants: GrantsService,
    private readonly identity: Identity,
  ) {}

  @Tool({
    name: 'whoami',
    description:
      'The signed-in user, the organization, and what this session may do now: live approvals and pending requests.',
    parameters: advertisedInput(noInput),
    outputSchema: advertisedOutput(output),
    annotations: {
      title: 'Who am I',
      readOnlyHint: true,
      destructiveHint: false,
      openWorldHint: false,
    },
  })
  whoami(@Payload() args: unknown, @Ctx() context: McpContext) {
    return answer(context, this.settings, async ({ principal, clientName }) => {
      readInput(noInput, args);
      const [view, user] = await Promise.all([
        this.grants.open(principal, clientName),
        this.identity.user(principal.subject),
      ]);
      const levels = new Set(
        view.grants
          .filter((grant) => grant.kind === 'broad')
          .filter((grant) => statusOf(grant, view) === 'approved' && hasCallsLeft(grant))
          .map((grant) => grant.granted?.level),
      );
      const scopes: ('pipes:read' | 'pipes:write')[] = [];
      if (levels.size > 0) scopes.push('pipes:read');
      if (levels.has('write')) scopes.push('pipes:write');
      const told = view.grants.map((grant) => toldGrant(grant, view, this.settings.publicUrl));
      const facts = {
        userId: principal.subject,
        email: user?.email ?? null,
        organization: principal.organization,
        client: { id: principal.clientId, name: view.session.clientName },
        sessionStartedAt: iso(view.session.startedAt),
        scopes,
        approvals: told.map((grant) => grant.facts),
      };
      const may =
        scopes.length === 0
          ? 'You may not call anything yet. Ask with request_elevated_access.'
          : `Live: ${scopes.join(', ')}.`;
      const each = told.map(({ facts: { requestId }, text }) => `\n${requestId}: ${text}`).join('');
      return toolResult(output, facts, `You act for ${facts.email ?? facts.userId}. ${may}${each}`);
    });
  }
}
