import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { Secret } from '../../server/kernel/secret.js';
import { type Sandbox, startSandbox } from '../../server/sandbox/sandbox.js';
import { WorkosClient } from '../../server/workos/workos.client.js';

export const APP_ORIGIN = 'http://localhost:5711';
export const REDIRECT_URI = `${APP_ORIGIN}/callback`;

/** A sandbox of a test's own, with the real SDK in front of it. */
export async function startWorkosSandbox() {
  const dataDir = mkdtempSync(`${tmpdir()}/sandbox-`);
  const sandbox: Sandbox = await startSandbox({
    dataDir,
    port: 0,
    mcpResource: `${APP_ORIGIN}/mcp`,
    appOrigin: APP_ORIGIN,
    redirectUri: REDIRECT_URI,
    log: () => undefined,
  });
  const { hostname: apiHostname, https, port } = sandbox.apiBase;
  const client = (options: { timeoutMs?: number; apiKey?: string } = {}) =>
    new WorkosClient({
      apiKey: new Secret(options.apiKey ?? sandbox.apiKey),
      clientId: sandbox.clientId,
      apiHostname,
      https,
      port,
      ...(options.timeoutMs !== undefined && { timeoutMs: options.timeoutMs }),
    });
  const close = async () => {
    await sandbox.close();
    rmSync(dataDir, { recursive: true });
  };
  return { sandbox, client, close };
}

/** An API that writes down what it is asked, and answers everything with the same JSON, or with what `answer` says. */
export async function startListener(answer: unknown | ((path: string) => unknown) = {}) {
  const asked: string[] = [];
  const server: Server = createServer((req, res) => {
    asked.push(`${req.method} ${req.url}`);
    res
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify(typeof answer === 'function' ? answer(req.url ?? '') : answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const apiKey = new Secret('sk_test_listener');
  const client = new WorkosClient({ apiKey, clientId: 'client_x', apiHostname: '127.0.0.1', https: false, port });
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { asked, client, close };
}
