import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config/config.js';
import { Secret } from './kernel/secret.js';

/** Where WorkOS and the providers are reached. In the sandbox all of it is on loopback; the code is the same. */
export interface Upstream {
  readonly apiKey: Secret;
  readonly clientId: string;
  readonly issuer: string;
  readonly redirectUri: string;
  /** The first seals, all open. */
  readonly secrets: readonly Secret[];
  /** Absent: WorkOS's own API. */
  readonly apiBase?: { readonly hostname: string; readonly https: boolean; readonly port: number };
  /** Absent: providers are reached where DNS says. Only the sandbox can build one: exact hosts to loopback ports. */
  readonly route?: { readonly hosts: ReadonlyMap<string, { readonly port: number }>; readonly ca: string };
  readonly snowflakeHost: string | null;
  /** For the console, in the sandbox. */
  readonly users: readonly { readonly email: string; readonly organizations: readonly string[] }[];
  close(): Promise<void>;
}

/** Starts the sandbox when the configuration says so; it is never loaded otherwise. */
export async function connectUpstream(config: Config): Promise<Upstream> {
  if (config.mode === 'workos') {
    return { ...config.workos, snowflakeHost: config.snowflake.accountHost, users: [], close: async () => {} };
  }
  const { startSandbox, SNOWFLAKE_HOST } = await import('./sandbox/sandbox.js');
  const redirectUri = `${config.publicUrl}/callback`;
  const snowflakeHost = config.snowflake.accountHost ?? SNOWFLAKE_HOST;
  const sandbox = await startSandbox({
    dataDir: join(config.dataDir, 'sandbox'),
    port: config.sandboxPort,
    mcpResource: config.mcpUrl,
    appOrigin: config.publicUrl,
    redirectUri,
    snowflakeHost,
    nodeEnv: config.nodeEnv,
    log: () => {},
  });
  return {
    apiKey: new Secret(sandbox.apiKey),
    clientId: sandbox.clientId,
    issuer: sandbox.issuer,
    redirectUri,
    secrets: [keptSecret(config.dataDir)],
    apiBase: sandbox.apiBase,
    route: { hosts: sandbox.providerHosts, ca: sandbox.ca },
    snowflakeHost,
    users: sandbox.users,
    close: () => sandbox.close(),
  };
}

/** The sandbox's own secret, made once, so that sign-ins and grants survive a restart. */
function keptSecret(dataDir: string): Secret {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, 'sandbox-secret');
  if (!existsSync(path)) {
    // Whole or not at all: a crash must not leave an empty secret behind.
    writeFileSync(`${path}.new`, randomBytes(48).toString('base64'), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }
  return new Secret(readFileSync(path, 'utf8'));
}
