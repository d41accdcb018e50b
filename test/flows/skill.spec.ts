import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Approver } from '../support/approver.js';
import { Assistant } from '../support/assistant.js';
import { people } from '../support/people.js';
import { ServerProcess } from '../support/server-process.js';

/** The skill's own examples, in their order, played against the server: whoever does what it says gets on. */
describe('the skill file', () => {
  const text = readFileSync(join(__dirname, '..', '..', 'skills', 'countersign', 'SKILL.md'), 'utf8');
  const examples = [...text.matchAll(/^ *```json (\w+)\n([\s\S]*?)^ *```$/gm)].map(([, tool = '', json = '']) => ({
    tool,
    args: JSON.parse(json) as Record<string, unknown>,
  }));
  let server: ServerProcess;
  let assistant: Assistant;

  beforeAll(async () => {
    server = await ServerProcess.start();
    assistant = await Assistant.connect('2025-11-25', server.mcpUrl, people.ana());
  });

  afterAll(async () => {
    await assistant?.close();
    await server?.stop();
  });

  it('names tools that there are, and no others', async () => {
    const { tools } = await assistant.tools();
    const names = tools.map(({ name }) => name);
    const named = [
      ...text.matchAll(/\b[a-z]+_(?:integrations?|integration_api|elevated_access|access|access_request)\b/g),
    ];
    expect(new Set(named.map(([name]) => name).filter((name) => !names.includes(name)))).toEqual(new Set());
    expect(examples.map(({ tool }) => tool)).toEqual([
      'request_elevated_access',
      'check_access_request',
      'call_integration_api',
      'request_elevated_access',
      'call_integration_api',
    ]);
  });

  it('leads to a read under an approval, and to one exact write', async () => {
    const approver = await Approver.signIn(server.url, people.ana());
    let requestId = '';
    for (const { tool, args } of examples) {
      const given = args.requestId === undefined ? args : { ...args, requestId };
      const answer = await assistant.call(tool, given);
      expect({ tool, text: answer.text, isError: answer.isError }).toMatchObject({ isError: false });
      if (tool !== 'request_elevated_access') continue;
      requestId = answer.facts.requestId;
      expect((await approver.decide(requestId, { decision: 'approve' })).status).toBe(200);
    }
  });
});
