import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolIcon } from '../../server/mcp/icons.js';
import { officialTools } from '../support/official-tools.js';
import { people } from '../support/people.js';
import { freePort } from '../support/ports.js';
import { ServerProcess } from '../support/server-process.js';

interface Result {
  readonly tools: readonly { readonly name: string; readonly icons?: unknown }[];
  readonly structuredContent: Record<string, unknown>;
}

/** The official Inspector's command line, as the README starts it but for `--cli`, used by Ana. */
describe('the official Inspector', () => {
  const tools = officialTools();
  const home = mkdtempSync(join(tmpdir(), 'countersign-inspector-'));
  let server: ServerProcess;
  let callback: string;

  beforeAll(async () => {
    server = await ServerProcess.start();
    callback = `http://127.0.0.1:${await freePort()}/oauth/callback`;
  });

  afterAll(async () => {
    await server?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  /** One run. When it asks for a browser, Ana signs in there. */
  const inspect = async (...args: string[]) => {
    const where = ['--transport', 'http', '--server-url', server.mcpUrl, '--callback-url', callback];
    const child = spawn(tools.node, [tools.inspector, '--cli', ...where, '--format', 'json', ...args], {
      cwd: home,
      // It prints the address, too; there is no screen for the browser that it would open.
      env: { PATH: '', HOME: home, MCP_AUTO_OPEN_ENABLED: 'true', MCP_INSPECTOR_SECRET_STORE: 'file' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = { output: '', errors: '' };
    let signIn: Promise<Response> | undefined;
    child.stdout.on('data', (chunk: Buffer) => {
      said.output += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      said.errors += chunk.toString();
      const page = /navigate to: (\S+)\s/.exec(said.errors)?.[1];
      if (page && !signIn)
        signIn = people
          .ana()
          .follow(page, callback)
          .then((back) => fetch(back));
    });
    const [code] = (await once(child, 'close')) as [number | null];
    await signIn;
    if (code !== 0) throw new Error(`the Inspector ended with ${code}: ${said.errors}${said.output}`);
    return { ...(JSON.parse(said.output) as { result: Result }), hasSignedIn: signIn !== undefined };
  };

  it.each(['legacy', 'modern'])('signs in, lists the tools and calls one, in the %s era', async (era) => {
    const listed = await inspect('--protocol-era', era, '--relogin', '--method', 'tools/list');
    expect(listed.hasSignedIn).toBe(true);
    expect(listed.result.tools.map(({ name }) => name)).toContain('call_integration_api');
    for (const tool of listed.result.tools) expect(tool.icons).toEqual([toolIcon(tool.name)]);
    const call = ['--method', 'tools/call', '--tool-name', 'whoami'];
    const called = await inspect('--protocol-era', era, '--stored-auth-only', ...call);
    expect(called.hasSignedIn).toBe(false);
    expect(called.result.structuredContent).toMatchObject({ email: 'ana@acme.example' });
  });

  /** Exit code 6 would be an error of the kind that some client refuses a tool for. */
  it('finds no error in the schemas that would keep a client from using a tool', async () => {
    const { result } = await inspect('--strict', '--method', 'tools/list');
    expect(result.tools).toHaveLength(8);
  });
});
