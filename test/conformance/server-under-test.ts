import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModuleMetadata } from '@nestjs/common';
import { MCP_STRATEGY, type McpServerOptions, type McpStrategy } from '@rekog/mcp-nest';
import { type CountersignApp, createApp } from '../../server/app.js';
import { loadConfig } from '../../server/config/config.js';
import { Assistant } from '../support/assistant.js';
import { people } from '../support/people.js';
import { freePort } from '../support/ports.js';
import { startTokenProxy } from './token-proxy.js';

export interface ServerUnderTest {
  /** Of the proxy, which is the public address, as in front of a production server. */
  readonly mcpUrl: string;
  /** A token lives for five minutes: take a fresh one before each run. */
  signIn(): Promise<void>;
  stop(): Promise<void>;
}

interface Additions {
  readonly features?: ModuleMetadata['imports'];
  readonly mutator?: McpServerOptions['serverMutator'];
}

/** The production bootstrap with its guard, filters and limits, behind a proxy that adds a token of the sandbox's sign-in. */
export async function startServerUnderTest({ features = [], mutator }: Additions = {}): Promise<ServerUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-conformance-'));
  const [port, sandboxPort, publicPort] = [await freePort(), await freePort(), await freePort()];
  const config = loadConfig({
    PORT: String(port),
    SANDBOX_PORT: String(sandboxPort),
    DATA_DIR: folder,
    PUBLIC_URL: `http://localhost:${publicPort}`,
  });
  let token = '';
  const stopProxy = await startTokenProxy(publicPort, port, () => token);
  let server: CountersignApp | undefined;
  const stop = async () => {
    stopProxy();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    server = await createApp({ config, features });
    const { options } = server.app.get<McpStrategy>(MCP_STRATEGY, { strict: false });
    const ours = options.serverMutator;
    if (mutator) options.serverMutator = (one) => mutator(ours ? ours(one) : one);
    await server.app.listen(config.port, config.host);
  } catch (error) {
    await stop();
    throw error;
  }
  const signIn = async () => {
    token = '';
    const assistant = await Assistant.connect('2025-11-25', config.mcpUrl, people.ana());
    token = assistant.accessToken;
    await assistant.close();
  };
  return { mcpUrl: config.mcpUrl, signIn, stop };
}
