import { GatewayWorld } from '../../test/support/gateway-world.js';
import { principal, SETTINGS } from '../../test/support/grants.js';
import { contextOf, MCP_SETTINGS } from '../../test/support/mcp-call.js';
import type { AuthorityGrant } from '../grants/authority-grant.js';
import type { Principal } from '../kernel/principal.js';
import type { ToolResult } from './tool-result.js';
import { CheckAccessRequestTool } from './tools/check-access-request.tool.js';
import { WaitingService } from './waiting.service.js';

const RENAME = { method: 'PATCH', url: 'https://api.notion.com/v1/pages/1', body: { title: 'Hello' } };
const MAX = 2 * SETTINGS.pendingMax;

describe('calls of one principal that wait', () => {
  let world: GatewayWorld;
  let tool: CheckAccessRequestTool;
  let grant: AuthorityGrant;
  let client: AbortController;
  const held: Promise<unknown>[] = [];

  beforeEach(async () => {
    world = new GatewayWorld();
    tool = new CheckAccessRequestTool(MCP_SETTINGS, world.grants, new WaitingService(world.grants, SETTINGS));
    grant = await world.askCall(RENAME);
    client = new AbortController();
  });
  afterEach(async () => {
    client.abort();
    await Promise.all(held.splice(0));
    world.close();
  });

  const check = (id: string, by: Principal = world.ada, waitSeconds = 25): Promise<ToolResult> =>
    tool.checkAccessRequest(
      { requestId: id, waitSeconds },
      contextOf({ extra: { principal: by }, signal: client.signal }).context,
    ) as Promise<ToolResult>;
  const wait = (calls: number, id = grant.id, by: Principal = world.ada) => {
    const waiting = Array.from({ length: calls }, () => check(id, by));
    held.push(...waiting);
    return waiting;
  };
  const isHeld = (call: Promise<unknown>) =>
    Promise.race([call.then(() => false), check(grant.id, world.ada, 0).then(() => true)]);

  it('I39: are as many as may wait; the next is answered at once, with the request as it stands and when to come again', async () => {
    const waiting = wait(MAX);
    const { structuredContent, content, isError } = await check(grant.id);
    expect(isError).toBeUndefined();
    expect(structuredContent).toMatchObject({ requestId: grant.id, status: 'pending', retryAfterMs: 5_000 });
    expect(content[0]?.text).toMatch(/answered at once.*the next may come in 5 s/);
    expect(content[0]?.text).toContain(`/approve/${grant.id}`);
    for (const call of waiting) expect(await isHeld(call)).toBe(true);
    await world.approve(grant);
    for (const { structuredContent: told } of await Promise.all(waiting)) {
      expect(told).toMatchObject({ status: 'approved' });
      expect(told).not.toHaveProperty('retryAfterMs');
    }
  });

  it('keep no other principal from waiting', async () => {
    wait(MAX);
    const other = principal({ sid: 'sid_2' });
    const theirs = await world.askCall(RENAME, 'account_notion', other);
    const [call] = wait(1, theirs.id, other);
    expect(await isHeld(call as Promise<unknown>)).toBe(true);
  });

  it('are counted while they wait and no longer', async () => {
    wait(MAX);
    client.abort();
    await Promise.all(held.splice(0));
    client = new AbortController();
    const waiting = wait(MAX);
    for (const call of waiting) expect(await isHeld(call)).toBe(true);
  });

  it('are counted when they end by a refusal, too', async () => {
    await Promise.all(wait(3 * MAX, 'b'.repeat(48)));
    const [call] = wait(1);
    expect(await isHeld(call as Promise<unknown>)).toBe(true);
  });

  it('a call for what is decided is answered as ever', async () => {
    const decided = await world.askCall({ ...RENAME, body: { title: 'Other' } });
    await world.approve(decided);
    wait(MAX);
    const { structuredContent } = await check(decided.id);
    expect(structuredContent).toMatchObject({ status: 'approved' });
    expect(structuredContent).not.toHaveProperty('retryAfterMs');
  });
});
