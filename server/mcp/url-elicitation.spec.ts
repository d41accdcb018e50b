import { ProtocolError } from '@modelcontextprotocol/server';
import { connectionOf } from '../../test/support/gateway-fakes.js';
import { GatewayWorld } from '../../test/support/gateway-world.js';
import { approve, approver, deny, MINUTE_MS, principal, SETTINGS } from '../../test/support/grants.js';
import { type ContextOf, contextOf, MCP_SETTINGS } from '../../test/support/mcp-call.js';
import { Keys } from '../auth/keys.js';
import { ConnectionsService } from '../connections/connections.service.js';
import type { GrantCommand } from '../grants/lifecycle.js';
import { Secret } from '../kernel/secret.js';
import { AccessQuestionsService } from './access-questions.service.js';
import { ApprovalPagesService } from './approval-pages.service.js';
import type { ToolResult } from './tool-result.js';
import { CallIntegrationApiTool } from './tools/call-integration-api.tool.js';
import { RequestElevatedAccessTool } from './tools/request-elevated-access.tool.js';
import type { PageToOpen } from './url-elicitation.js';

const RENAME = { method: 'PATCH', url: 'https://api.notion.com/v1/pages/1', body: { title: 'Hello' } };
const BROAD = { reason: 'To tidy up.', providers: ['notion'] };
const MODERN = { era: 'modern', capabilities: { elicitation: { form: {}, url: {} } } } as const;

let world: GatewayWorld;
let asking: RequestElevatedAccessTool;
let calling: CallIntegrationApiTool;

beforeEach(() => {
  world = new GatewayWorld();
  world.vault.linked = () => [connectionOf('linear'), connectionOf('notion')];
  const { grants, vault, registry, audit, clock, gateway } = world;
  const connections = new ConnectionsService(vault, registry, audit, clock);
  const questions = new AccessQuestionsService(grants, SETTINGS, connections, registry);
  const pages = new ApprovalPagesService(MCP_SETTINGS, grants, new Keys([new Secret('s'.repeat(32))]), clock);
  asking = new RequestElevatedAccessTool(MCP_SETTINGS, questions, pages);
  calling = new CallIntegrationApiTool(MCP_SETTINGS, gateway, questions, pages);
});
afterEach(() => world.close());

const run = (args: unknown, of: ContextOf = MODERN) => calling.callIntegrationApi(args, contextOf(of).context);
const ask = (args: unknown, of: ContextOf = MODERN) => asking.requestElevatedAccess(args, contextOf(of).context);
const isPage = (answer: ToolResult | PageToOpen): answer is PageToOpen => 'resultType' in answer;
const pending = async () => (await world.grants.open(world.ada)).grants;
const errorOf = (answer: ToolResult | PageToOpen) => {
  if (isPage(answer)) throw new Error('A page is to be opened.');
  return answer.structuredContent.error as { code: string; message: string };
};
const sent = () => world.transport.sent.length;

function pageOf(answer: ToolResult | PageToOpen) {
  if (!isPage(answer)) throw new Error(`No page: ${JSON.stringify(answer)}`);
  const request = answer.inputRequests?.approval as { params: { mode: string; url: string; message: string } };
  const id = request.params.url.split('/').at(-1) as string;
  return { ...request.params, id, state: answer.requestState as string };
}

/** The client comes back with what its user did. */
const back = (state: unknown, action?: string, different: ContextOf = {}): ContextOf => ({
  ...MODERN,
  requestState: state,
  inputResponses: action === undefined ? {} : { approval: { action } },
  ...different,
});

async function approved(id: string): Promise<void> {
  await world.approve(await world.read(id));
}

describe('who is asked by a page', () => {
  it('a client that declares URL elicitation in this request: an exact call waits for its approval, and nothing is sent', async () => {
    const page = pageOf(await run(RENAME));
    expect(page).toMatchObject({ mode: 'url', url: `${MCP_SETTINGS.publicUrl}/approve/${page.id}` });
    expect(page.message).toMatch(/Run one call: .*four words/);
    expect(await pending()).toMatchObject([{ id: page.id, kind: 'request', status: 'pending', reason: '' }]);
    expect(sent()).toBe(0);
  });

  it('the same call asked again is the same request, with its first reason', async () => {
    const first = pageOf(await run({ ...RENAME, reason: 'As you said.' }));
    expect(pageOf(await run(RENAME)).id).toBe(first.id);
    expect((await pending()).map(({ reason }) => reason)).toEqual(['As you said.']);
  });

  it('request_elevated_access: broad and exact', async () => {
    expect(pageOf(await ask(BROAD)).message).toMatch(/read with notion/);
    expect(pageOf(await ask({ ...RENAME, kind: 'request', reason: 'x' })).message).toMatch(/Run one call/);
  });

  it.each<[string, ContextOf]>([
    ['declares forms alone', { era: 'modern', capabilities: { elicitation: {} } }],
    ['declares nothing', { era: 'modern', capabilities: {} }],
    ['is of the 2025 era, whatever its request says', { ...MODERN, era: 'legacy' }],
  ])('I50: a client that %s gets link and long poll, and a call creates nothing', async (_, of) => {
    expect(errorOf(await run(RENAME, of)).code).toBe('authority_required');
    expect(await pending()).toEqual([]);
    expect(await ask(BROAD, of)).toMatchObject({ structuredContent: { status: 'pending' } });
  });

  it('a call that needs no question is answered as ever', async () => {
    await world.approvedBroad();
    expect(await run(RENAME)).toMatchObject({ structuredContent: { outcome: 'answered' } });
    expect(errorOf(await run({ ...RENAME, url: '/v1/pages/1' })).code).toBe('url_not_canonical');
    expect(errorOf(await run({ requestId: 'b'.repeat(48) })).code).toBe('not_found');
  });
});

describe('what the client brings back', () => {
  it('accept and approved: the call runs by itself, with the stored bytes, once', async () => {
    const { id, state } = pageOf(await run(RENAME));
    await approved(id);
    const ran = await run(RENAME, back(state, 'accept'));
    expect(ran).toMatchObject({ structuredContent: { outcome: 'answered', requestId: id } });
    expect(sent()).toBe(1);
  });

  it('accept before the decision: it is held, and goes on as soon as the person approves', async () => {
    const { id, state } = pageOf(await run(RENAME));
    const held = run(RENAME, back(state, 'accept'));
    await approved(id);
    expect(await held).toMatchObject({ structuredContent: { outcome: 'answered', requestId: id } });
  });

  it('10 s are soon enough, 10 s and a millisecond are not: approved, call again, and nothing is sent', async () => {
    for (const [title, ms, goesOn] of [
      ['soon', 10_000, true],
      ['late', 10_001, false],
    ] as const) {
      const call = { ...RENAME, body: { title } };
      const { id, state } = pageOf(await run(call));
      const before = sent();
      const held = run(call, back(state, 'accept'));
      await world.grants.find(id, { by: 'user', userId: world.ada.subject });
      world.clock.advance(ms);
      await approved(id);
      const answer = await held;
      expect(sent() - before).toBe(goesOn ? 1 : 0);
      if (goesOn) continue;
      expect(errorOf(answer)).toMatchObject({ code: 'call_again', requestId: id });
      expect(await run({ requestId: id })).toMatchObject({ structuredContent: { outcome: 'answered' } });
    }
  });

  it('I50: accept alone is no authority: still pending after the hold is request_pending with the link', async () => {
    const { id, state } = pageOf(await run(RENAME));
    const client = new AbortController();
    const held = run(RENAME, back(state, 'accept', { signal: client.signal }));
    client.abort();
    const answer = await held;
    expect(errorOf(answer)).toMatchObject({ code: 'request_pending', requestId: id });
    expect(JSON.stringify(answer)).toContain(`/approve/${id}`);
    expect(sent()).toBe(0);
  });

  it('is held for 25 s at most', async () => {
    const held = jest.spyOn(world.grants, 'waitFor').mockResolvedValue(null);
    const { state } = pageOf(await run(RENAME));
    expect(errorOf(await run(RENAME, back(state, 'accept'))).code).toBe('not_found');
    expect(held.mock.calls.map(([, , , ms]) => ms)).toEqual([25_000]);
  });

  it('denied: it says so, with nothing sent', async () => {
    const { id, state } = pageOf(await run(RENAME));
    const command = deny((await world.read(id)).digest, approver()) as Extract<GrantCommand, { type: 'deny' }>;
    await world.grants.decide(id, command);
    expect(errorOf(await run(RENAME, back(state, 'accept'))).code).toBe('request_denied');
    // And is not asked again by a page at once.
    expect(errorOf(await run(RENAME)).code).toBe('recently_denied');
    expect(sent()).toBe(0);
  });

  it('request_elevated_access goes on with what was decided', async () => {
    const { id, state } = pageOf(await ask(BROAD));
    const held = ask(BROAD, back(state, 'accept'));
    await approved(id);
    expect(await held).toMatchObject({ structuredContent: { requestId: id, status: 'approved' } });
  });

  it.each([
    ['request_elevated_access', (of: ContextOf = MODERN) => ask(BROAD, of)],
    ['call_integration_api', (of: ContextOf = MODERN) => run(RENAME, of)],
  ] as const)(
    'I13: decline ends the request of %s, says not to ask again, and starts the mildest cool-down',
    async (_, tool) => {
      const { id, state } = pageOf(await tool());
      const declined = await tool(back(state, 'decline'));
      const askAgainAt = new Date(world.clock.now() + 5 * MINUTE_MS).toISOString();
      expect(errorOf(declined)).toMatchObject({
        code: 'request_withdrawn',
        approval: { requestId: id, status: 'withdrawn', mayAskAgain: false, askAgainAt },
      });
      expect(JSON.stringify(declined.content)).toMatch(/declined to open .*Do not ask again.*refused until/);
      expect(await world.statusOf(id)).toBe('withdrawn');
      // A client that tries is told, by a page or without one.
      expect(errorOf(await tool())).toMatchObject({
        code: 'recently_denied',
        requestId: id,
        retryAfterMs: 5 * MINUTE_MS,
      });
      world.clock.advance(5 * MINUTE_MS);
      expect(pageOf(await tool()).id).not.toBe(id);
    },
  );

  it('decline weighs more than an approval that nothing was sent under', async () => {
    const { id, state } = pageOf(await run(RENAME));
    await approved(id);
    await run(RENAME, back(state, 'decline'));
    expect([await world.statusOf(id), sent()]).toEqual(['revoked', 0]);
  });

  it.each([
    ['request_elevated_access', (of: ContextOf = MODERN) => ask(BROAD, of)],
    ['call_integration_api', (of: ContextOf = MODERN) => run(RENAME, of)],
  ] as const)('cancel leaves the request of %s open, and gives the link', async (_, tool) => {
    const { id, state } = pageOf(await tool());
    const cancelled = await tool(back(state, 'cancel'));
    expect(errorOf(cancelled)).toMatchObject({ code: 'request_pending', requestId: id });
    expect(JSON.stringify(cancelled)).toContain(`/approve/${id}`);
    expect(await world.statusOf(id)).toBe('pending');
    await world.end(id);
    expect(pageOf(await tool()).id).not.toBe(id);
  });

  it('cancel after an approval runs nothing', async () => {
    const { id, state } = pageOf(await run(RENAME));
    await approved(id);
    expect(errorOf(await run(RENAME, back(state, 'cancel'))).code).toBe('call_again');
    expect(sent()).toBe(0);
  });

  it.each([undefined, 'approve'])('no answer to the question (%s) is the question again', async (action) => {
    const { id, state } = pageOf(await run(RENAME));
    expect(pageOf(await run(RENAME, back(state, action))).id).toBe(id);
  });

  it('no answer, from a client that no longer opens pages, is the link', async () => {
    const { id, state } = pageOf(await ask(BROAD));
    const answer = await ask(BROAD, back(state, undefined, { capabilities: {} }));
    expect(answer).toMatchObject({ structuredContent: { status: 'pending', requestId: id } });
  });

  it('answers without a state are a first call', async () => {
    const { id } = pageOf(await run(RENAME));
    await approved(id);
    const answer = await run(RENAME, { ...MODERN, inputResponses: { approval: { action: 'decline' } } });
    expect(answer).toMatchObject({ structuredContent: { outcome: 'answered' } });
  });
});

describe('I50: requestState is MACed, bound to principal, tool and arguments, ends, and is never authority', () => {
  it.each<[string, (state: string) => Promise<unknown>]>([
    ['changed', (state) => run(RENAME, back(`${state.slice(0, -1)}${state.endsWith('A') ? 'B' : 'A'}`, 'accept'))],
    ['made up', () => run(RENAME, back('v1.e30.AAAA', 'accept'))],
    ['of another kind', () => run(RENAME, back({}, 'accept'))],
    ['for other arguments', (state) => run({ ...RENAME, body: { title: 'Other' } }, back(state, 'accept'))],
    ['for another tool', (state) => ask({ ...RENAME, kind: 'request', reason: 'x' }, back(state, 'accept'))],
    [
      'of another session of the same person',
      (state) => run(RENAME, back(state, 'accept', { extra: { principal: principal({ sid: 'sid_2' }) } })),
    ],
    [
      'of another person',
      (state) => run(RENAME, back(state, 'decline', { extra: { principal: principal({ subject: 'user_bo' }) } })),
    ],
    [
      'a minute after its request closed',
      (state) => {
        world.clock.advance(11 * MINUTE_MS);
        return run(RENAME, back(state, 'accept'));
      },
    ],
  ])('a state that is %s is refused as the protocol says, and runs and ends nothing', async (_, attempt) => {
    const { id, state } = pageOf(await run(RENAME));
    const grant = await world.read(id);
    const approve_ = approve(grant.digest, null, approver()) as Extract<GrantCommand, { type: 'approve' }>;
    await world.grants.decide(id, approve_);
    const error = await attempt(state).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toMatchObject({ code: -32_602, data: { reason: 'invalid_request_state' } });
    expect(sent()).toBe(0);
    expect((await world.read(id)).status).toBe('approved');
  });

  it('sent again after it was used, it runs nothing a second time', async () => {
    const { id, state } = pageOf(await run(RENAME));
    await approved(id);
    await run(RENAME, back(state, 'accept'));
    expect(errorOf(await run(RENAME, back(state, 'accept'))).code).toBe('already_used');
    expect(sent()).toBe(1);
  });

  it('sent twenty times at once, it runs one call', async () => {
    const { id, state } = pageOf(await run(RENAME));
    await approved(id);
    await Promise.all(Array.from({ length: 20 }, () => run(RENAME, back(state, 'accept'))));
    expect(sent()).toBe(1);
  });

  it('sent again after a decline, it opens nothing', async () => {
    const { state } = pageOf(await run(RENAME));
    await run(RENAME, back(state, 'decline'));
    expect(errorOf(await run(RENAME, back(state, 'accept'))).code).toBe('request_withdrawn');
  });
});
