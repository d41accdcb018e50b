import { readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import * as z from 'zod';
import { SERVER_INSTRUCTIONS } from '../server/mcp/text/instructions.text.js';

const ROOT = resolve(__dirname, '..');
const URL_HERE = 'http://localhost:5711/mcp';
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** The published format of 2025-12-11, as far as a server that is reached by a URL uses it. Nothing else may stand there. */
const ServerJson = z.strictObject({
  $schema: z.literal('https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json'),
  name: z
    .string()
    .max(200)
    .regex(/^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/),
  title: z.string().min(1).max(100),
  description: z.string().min(1).max(100),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  remotes: z.tuple([
    z.strictObject({
      type: z.literal('streamable-http'),
      url: z.string().regex(/^https:\/\/\S+\/mcp$/),
      variables: z.record(
        z.string(),
        z.strictObject({ description: z.string(), isRequired: z.boolean(), placeholder: z.string() }),
      ),
    }),
  ]),
});

describe('README.md, “Connect a client”', () => {
  const section = /^## Connect a client\n([\s\S]*?)^## /m.exec(read('README.md'))?.[1] ?? '';
  const blocks = [...section.matchAll(/^\*\*([\w ]+)\*\*[^\n]*\n\n```(\w+)\n([\s\S]*?)^```$/gm)].map(
    ([, client = '', language = '', text = '']) => ({ client, language, text: text.trim() }),
  );
  const blockOf = (client: string) => blocks.find((block) => block.client === client)?.text ?? '';

  it('has a block for each client, which names this server and nothing else', () => {
    expect(blocks.map(({ client }) => client)).toEqual([
      'Claude Code',
      'VS Code',
      'Cursor',
      'Codex',
      'Gemini CLI',
      'MCP Inspector',
      'Inspector without a browser window',
      'Other clients',
    ]);
    expect(section.match(/^```\w+$/gm)).toHaveLength(blocks.length);
    for (const { text } of blocks) expect(text.match(/https?:\/\/[^\s"']+/g)).toEqual([URL_HERE]);
  });

  it.each([
    ['Claude Code', `claude mcp add --transport http countersign ${URL_HERE}`],
    ['Codex', `codex mcp add countersign --url ${URL_HERE}`],
    ['Gemini CLI', `gemini mcp add --transport http countersign ${URL_HERE}`],
    ['MCP Inspector', `npx @modelcontextprotocol/inspector --transport http --server-url ${URL_HERE}`],
    [
      'Inspector without a browser window',
      `npx @modelcontextprotocol/inspector --cli --transport http --server-url ${URL_HERE} --method tools/list`,
    ],
  ])('%s is told by its own command', (client, command) => {
    expect(blockOf(client)).toBe(command);
  });

  it('VS Code is given one server as JSON', () => {
    const json = /^code --add-mcp '(\{.*\})'$/.exec(blockOf('VS Code'))?.[1] ?? '';
    expect(JSON.parse(json)).toEqual({ name: 'countersign', type: 'http', url: URL_HERE });
  });

  it('Cursor and other clients are given a file', () => {
    expect(JSON.parse(blockOf('Cursor'))).toEqual({ mcpServers: { countersign: { url: URL_HERE } } });
    const other = JSON.parse(blockOf('Other clients'));
    expect(other).toEqual({ mcpServers: { countersign: { type: 'http', url: URL_HERE } } });
    expect(JSON.parse(read('.mcp.json'))).toEqual(other);
  });
});

describe('server.json', () => {
  const server = JSON.parse(read('server.json'));

  it('has the form that the MCP registry takes', () => {
    expect(ServerJson.safeParse(server).error).toBeUndefined();
    const [remote] = ServerJson.parse(server).remotes;
    expect([...remote.url.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)).toEqual(Object.keys(remote.variables));
  });

  it('is of this version', () => {
    expect(server.version).toBe(JSON.parse(read('package.json')).version);
  });
});

/** https://agentskills.io/specification: name and description are required, and the name is the folder's. */
describe('the skill', () => {
  const path = 'skills/countersign/SKILL.md';
  const [, head = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(read(path)) ?? [];
  const fields = Object.fromEntries(
    head.split('\n').map((line) => [line.split(': ')[0], line.split(': ').slice(1).join(': ')]),
  );

  it('has the fields that assistants look for', () => {
    expect(Object.keys(fields)).toEqual(['name', 'description', 'license', 'compatibility']);
    expect(fields.name).toBe(basename(dirname(path)));
    expect(fields.name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(fields.description?.length).toBeLessThanOrEqual(1024);
    expect(fields.compatibility?.length).toBeLessThanOrEqual(500);
    expect(read(path).split('\n').length).toBeLessThan(500);
    // Plain scalars of YAML.
    for (const value of Object.values(fields)) expect(value).toMatch(/^[A-Za-z][^#]*$/);
    for (const value of Object.values(fields)) expect(value).not.toMatch(/: /);
  });

  it('says what the server says of itself', () => {
    expect(body).toContain(SERVER_INSTRUCTIONS);
  });
});
