import { PreparedIdentity } from '../../test/support/auth-fakes.js';
import { GatewayWorld } from '../../test/support/gateway-world.js';
import { approver, deny, MINUTE_MS, SETTINGS } from '../../test/support/grants.js';
import { contextOf, MCP_SETTINGS } from '../../test/support/mcp-call.js';
import type { User } from '../auth/identity.port.js';
import { Keys } from '../auth/keys.js';
import { ConnectionsService } from '../connections/connections.service.js';
import { TransportFailure } from '../gateway/transport.port.js';
import { type AuthorityGrant, EXECUTING_MAX_MS, type GrantStatus, type ReasonCode } from '../grants/authority-grant.js';
import type { GrantCommand } from '../grants/lifecycle.js';
import { Secret } from '../kernel/secret.js';
import { AccessQuestionsService } from './access-questions.service.js';
import { ApprovalPagesService } from './approval-pages.service.js';
import type { GrantFacts } from './grant-facts.js';
import type { ToolResult } from './tool-result.js';
import { CallIntegrationApiTool } from './tools/call-integration-api.tool.js';
import { CheckAccessRequestTool } from './tools/check-access-request.tool.js';
import { WhoamiTool } from './tools/whoami.tool.js';

const RENAME = { method: 'PATCH', url: 'https://api.notion.com/v1/pages/1', body: { title: 'Hello' } };

class Ada extends PreparedIdentity {
  override async user(): Promise<User> {
    return { id: 'user_ada', email: 'ada@acme.example', name: 'Ada' };
  }
}

let world: GatewayWorld;
beforeEach(() => {
  world = new GatewayWorld();
});
afterEach(() => world.close());

const { context } = contextOf();
const check = (id: string) =>
  new CheckAccessRequestTool(MCP_SETTINGS, world.grants).checkAccessRequest({ requestId: id, waitSeconds: 0 }, context);
const whoami = () => new WhoamiTool(MCP_SETTINGS, world.grants, new Ada()).whoami({}, context);
const call = (id: string, input = {}) => {
  const { grants, vault, registry, audit, clock, gateway } = world;
  const connections = new ConnectionsService(vault, registry, audit, clock);
  const questions = new AccessQuestionsService(grants, SETTINGS, connections, registry);
  const pages = new ApprovalPagesService(MCP_SETTINGS, grants, new Keys([new Secret('s'.repeat(32))]), clock);
  const tool = new CallIntegrationApiTool(MCP_SETTINGS, gateway, questions, pages);
  return tool.callIntegrationApi({ requestId: id, ...input }, context) as Promise<ToolResult>;
};

const textOf = ({ content }: ToolResult) => content[0]?.text ?? '';
const actor = { type: 'user', userId: 'user_ada', browserSession: 'b' } as const;

const denied = async (reasonCode: ReasonCode | null) => {
  const grant = await world.askCall(RENAME);
  const no = { ...deny(grant.digest, approver()), note: 'Not that page.', reasonCode };
  await world.grants.decide(grant.id, no as Extract<GrantCommand, { type: 'deny' }>);
  return grant;
};
const broken = async (isSent: boolean) => {
  const grant = await world.approvedCall(RENAME, 'Be careful.');
  world.transport.answers = () => Promise.reject(new TransportFailure('upstream_timeout', isSent));
  await world.call({ requestId: grant.id });
  return grant;
};

const stories: [what: string, status: GrantStatus, happens: () => Promise<AuthorityGrant>][] = [
  ['waits', 'pending', () => world.askCall(RENAME)],
  ['was denied', 'denied', () => denied('too_broad')],
  ['was denied without a reason', 'denied', () => denied(null)],
  [
    'was taken back',
    'withdrawn',
    async () => {
      const grant = await world.askCall(RENAME);
      await world.grants.end(grant.id, { by: 'principal', principal: world.ada }, actor);
      return grant;
    },
  ],
  [
    'was revoked',
    'revoked',
    async () => {
      const grant = await world.approvedCall(RENAME, 'Be careful.');
      await world.end(grant.id);
      return grant;
    },
  ],
  [
    'closed',
    'expired',
    async () => {
      const grant = await world.askCall(RENAME);
      world.clock.advance(10 * MINUTE_MS);
      return grant;
    },
  ],
  [
    'is over',
    'expired',
    async () => {
      const grant = await world.approvedCall(RENAME);
      world.clock.advance(5 * MINUTE_MS);
      return grant;
    },
  ],
  [
    'lost its store',
    'voided',
    async () => {
      const grant = await world.approvedCall(RENAME);
      world.store.epoch = 'another';
      return grant;
    },
  ],
  [
    'runs',
    'executing',
    async () => {
      const grant = await world.approvedCall(RENAME);
      world.transport.answers = () => new Promise(() => {});
      void world.call({ requestId: grant.id });
      while ((await world.statusOf(grant.id)) !== 'executing') await new Promise(setImmediate);
      return grant;
    },
  ],
  [
    'was lost with its process',
    'outcome_unknown',
    async () => {
      const grant = await world.approvedCall(RENAME);
      world.transport.answers = () => new Promise(() => {});
      void world.call({ requestId: grant.id });
      while ((await world.statusOf(grant.id)) !== 'executing') await new Promise(setImmediate);
      world.clock.advance(EXECUTING_MAX_MS);
      return grant;
    },
  ],
  [
    'ran',
    'executed',
    async () => {
      const grant = await world.approvedCall(RENAME, 'Be careful.');
      await world.call({ requestId: grant.id });
      return grant;
    },
  ],
  ['was not sent', 'failed', () => broken(false)],
  ['may have run', 'outcome_unknown', () => broken(true)],
];

describe('check_access_request, call_integration_api and whoami tell the same facts in the same words', () => {
  it.each(stories)('of a request that %s', async (_, status, happens) => {
    const { id } = await happens();
    const checked = await check(id);
    expect(checked.structuredContent).toMatchObject({ requestId: id, status });
    const refused = await call(id);
    expect((refused.structuredContent.error as { approval: GrantFacts }).approval).toEqual(checked.structuredContent);
    expect(textOf(refused)).toBe(textOf(checked));
    const { approvals } = (await whoami()).structuredContent as { approvals: GrantFacts[] };
    const isLive = ['pending', 'executing'].includes(status);
    expect(approvals).toEqual(isLive || approvals.length > 0 ? [checked.structuredContent] : []);
    if (isLive) expect(textOf(await whoami())).toContain(`\n${id}: ${textOf(checked)}`);
  });

  it.each([
    ['an exact call', () => world.approvedCall(RENAME, 'Be careful.')],
    ['a broad grant', () => world.approvedBroad({ maxCalls: 3 }, 'Be careful.')],
  ])('of an approval of %s', async (_, approved) => {
    const { id } = await approved();
    const [checked, who] = [await check(id), await whoami()];
    expect(checked.structuredContent.status).toBe('approved');
    expect((who.structuredContent as { approvals: GrantFacts[] }).approvals).toEqual([checked.structuredContent]);
    expect(textOf(who)).toContain(`\n${id}: ${textOf(checked)}`);
  });

  it.each([
    ['an exact call', () => world.approvedCall(RENAME, 'Be careful.')],
    ['a broad grant', () => world.approvedBroad({ maxCalls: 3 }, 'Be careful.')],
  ])('of a call that was made under %s', async (_, approved) => {
    const { id } = await approved();
    const { requestId, callsLeft, userNote } = (await call(id, RENAME)).structuredContent;
    const checked = (await check(id)).structuredContent;
    expect({ requestId, callsLeft, userNote }).toEqual({
      requestId: checked.requestId,
      callsLeft: checked.callsLeft,
      userNote: checked.userNote,
    });
    expect(userNote).toBe('Be careful.');
  });
});
