import { Approver } from '../support/approver.js';
import { Assistant } from '../support/assistant.js';
import { people } from '../support/people.js';
import { forgetRequests } from '../support/provider-log.js';
import { ServerProcess } from '../support/server-process.js';
import { expectReceived } from '../support/wire.js';

const PROTOCOL = 'io.modelcontextprotocol';
const URL_MODE = { elicitation: { url: {} } };
const WRITE = {
  method: 'POST',
  url: 'https://api.linear.app/graphql',
  body: { query: 'mutation { issueCreate(input: { teamId: "t", title: "Step by step" }) { success } }' },
};

describe('URL elicitation, step by step', () => {
  let server: ServerProcess;
  let assistant: Assistant;
  let approver: Approver;

  beforeAll(async () => {
    server = await ServerProcess.start();
    const ana = people.ana();
    assistant = await Assistant.connect('2026-07-28', server.mcpUrl, ana, 'Step by step', () => 'accept');
    approver = await Approver.signIn(server.url, ana);
  });

  afterAll(async () => {
    await assistant?.close();
    await server?.stop();
  });

  beforeEach(async () => {
    await forgetRequests(server.sandboxUrl);
    await assistant.call('revoke_access');
  });

  /** One request on the wire, as a client of 2026-07-28 makes it. */
  const post = async (params: Record<string, unknown>, capabilities: Record<string, unknown> = URL_MODE) => {
    const _meta = { [`${PROTOCOL}/protocolVersion`]: '2026-07-28', [`${PROTOCOL}/clientCapabilities`]: capabilities };
    const response = await fetch(server.mcpUrl, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${assistant.accessToken}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': 'tools/call',
        'mcp-name': String(params.name),
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'tools/call', params: { ...params, _meta } }),
    });
    const text = await response.text();
    return { status: response.status, ...JSON.parse(/^data: (\{.*)$/m.exec(text)?.[1] ?? text) };
  };
  const CALL = { name: 'call_integration_api', arguments: WRITE };
  const accepted = (requestState: string) => ({ requestState, inputResponses: { approval: { action: 'accept' } } });

  it('the first answer has exactly the members that the protocol names', async () => {
    const { status, result } = await post(CALL);
    expect(status).toBe(200);
    expect(result).toEqual({
      resultType: 'input_required',
      content: [],
      inputRequests: {
        approval: {
          method: 'elicitation/create',
          params: {
            mode: 'url',
            url: expect.stringMatching(`^${server.url}/approve/[a-z2-7]{48}$`),
            message: expect.stringMatching(/^Run one call: /),
          },
        },
      },
      requestState: expect.stringMatching(/^v1\./),
      _meta: { [`${PROTOCOL}/serverInfo`]: expect.objectContaining({ name: 'countersign' }) },
    });
  });

  it.each([{}, { elicitation: {} }, { elicitation: { form: {} } }])(
    'I50: a client that declares %j never gets -32021: link and long poll work',
    async (capabilities) => {
      const refused = await post(CALL, capabilities);
      expect(refused).toMatchObject({ status: 200, result: { isError: true, resultType: 'complete' } });
      expect(refused.result.structuredContent.error.code).toBe('authority_required');
      const { askForThisCall } = refused.result.structuredContent.error;
      const asked = await post(
        { name: 'request_elevated_access', arguments: { ...askForThisCall, reason: 'x' } },
        capabilities,
      );
      expect(asked.result.structuredContent).toMatchObject({ status: 'pending', approvalUrl: expect.any(String) });
    },
  );

  it('I50: a state that was changed is an error of the protocol, and nothing runs', async () => {
    const { result } = await post(CALL);
    const id = /[a-z2-7]{48}$/.exec(result.inputRequests.approval.params.url)?.[0] as string;
    await approver.decide(id, { decision: 'approve' });
    const changed = result.requestState.replace(/.{4}$/, 'AAAA');
    expect(await post({ ...CALL, ...accepted(changed) })).toMatchObject({
      error: { code: -32_602, data: { reason: 'invalid_request_state' } },
    });
    await expectReceived(server.sandboxUrl, {});
    const ran = await post({ ...CALL, ...accepted(result.requestState) });
    expect(ran.result.structuredContent).toMatchObject({ outcome: 'answered', requestId: id });
    const again = await post({ ...CALL, ...accepted(result.requestState) });
    expect(again.result.structuredContent.error.code).toBe('already_used');
    await expectReceived(server.sandboxUrl, { linear: [{ ...WRITE, body: JSON.stringify(WRITE.body) }] });
  });

  it('a held call reports progress; approved after more than 10 s it says to call again, and then it runs', async () => {
    const first = await assistant.step(CALL);
    const id = /[a-z2-7]{48}/.exec(JSON.stringify(first.inputRequests))?.[0] as string;
    const heard: number[] = [];
    const late = await assistant.step({ ...CALL, ...accepted(first.requestState as string) }, ({ progress }) => {
      heard.push(progress);
      if (progress === 15) void approver.decide(id, { decision: 'approve' });
    });
    expect(heard.slice(0, 3)).toEqual([5, 10, 15]);
    expect(late.structuredContent).toMatchObject({ error: { code: 'call_again', requestId: id } });
    await expectReceived(server.sandboxUrl, {});
    const ran = await assistant.call('call_integration_api', { requestId: id });
    expect(ran.facts).toMatchObject({ outcome: 'answered' });
  });
});
