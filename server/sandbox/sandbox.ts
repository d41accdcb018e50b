import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Authenticate } from './api/authenticate.js';
import { AuthorizePage } from './api/authorize-page.js';
import { Connections } from './api/connections.js';
import { People } from './api/people.js';
import { Pipes } from './api/pipes.js';
import { PipesConsentPage } from './api/pipes-consent-page.js';
import { linearApi } from './apis/linear.api.js';
import { notionApi } from './apis/notion.api.js';
import { ProviderServer } from './apis/provider-server.js';
import { snowflakeApi } from './apis/snowflake.api.js';
import { ConsentPage } from './authkit/consent-page.js';
import { createOAuthServer } from './authkit/oauth-server.js';
import { Browsers } from './browser.js';
import { Faults } from './faults.js';
import { generateKeys } from './keys.js';
import { RequestLog } from './request-log.js';
import { createApp } from './sandbox-app.js';
import { SandboxState } from './sandbox-state.js';
import { CLIENT_ID, emptyState, organizationOf, USERS } from './seed.js';
import { SandboxSettings } from './settings.js';

/** When no account is configured. */
export const SNOWFLAKE_HOST = 'sandbox.snowflakecomputing.com';

export interface SandboxOptions {
  /** A folder of the sandbox's own. */
  readonly dataDir: string;
  /** 0 takes a free port. */
  readonly port?: number;
  /** The one registered resource: the audience of MCP tokens. */
  readonly mcpResource: string;
  readonly appOrigin: string;
  /** The one registered redirect URI of browser sign-in, compared exactly. */
  readonly redirectUri: string;
  readonly snowflakeHost?: string;
  /** The application's NODE_ENV: the sandbox never runs in production. */
  readonly nodeEnv?: string | undefined;
  readonly log: (line: string) => void;
}

export interface Sandbox {
  readonly issuer: string;
  readonly apiBase: { readonly hostname: string; readonly https: false; readonly port: number };
  readonly apiKey: string;
  readonly clientId: string;
  readonly users: readonly {
    readonly id: string;
    readonly email: string;
    readonly name: string;
    readonly organizations: readonly string[];
  }[];
  readonly providerHosts: ReadonlyMap<string, { readonly port: number }>;
  /** PEM of the authority that signed the provider hosts' certificate. */
  readonly ca: string;
  readonly faults: Faults;
  readonly requests: RequestLog;
  close(): Promise<void>;
}

/**
 * WorkOS, AuthKit and three provider APIs on 127.0.0.1.
 * @throws Error in production, and when the port is taken.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { dataDir, port = 4455, mcpResource, redirectUri, log } = options;
  const appOrigin = new URL(options.appOrigin).origin;
  if (options.nodeEnv === 'production') throw new Error('The sandbox does not run with NODE_ENV=production.');
  const snowflakeHost = options.snowflakeHost ?? SNOWFLAKE_HOST;
  const state = SandboxState.open(dataDir, emptyState);
  const hosts = [linearApi.host, notionApi.host, snowflakeHost];
  if (!state.data.keys || hosts.some((host) => !state.data.keys?.tlsHosts.includes(host))) {
    state.data.keys = await generateKeys(hosts);
    state.flush();
  }
  const { keys } = state.data;
  const faults = new Faults();
  const requests = new RequestLog();
  const settings = new SandboxSettings();
  const connections = new Connections(state);

  const server = createServer();
  const taken = await listen(server, port);
  const issuer = `http://127.0.0.1:${taken}`;
  const oauth = await createOAuthServer({ issuer, mcpResource, keys, state, settings });
  const browsers = new Browsers(state);
  const link = new PipesConsentPage(connections, browsers, () => issuer, appOrigin);
  const app = createApp({
    issuer,
    keys,
    state,
    faults,
    requests,
    settings,
    oauth,
    browsers,
    pages: [new ConsentPage(oauth, browsers, state), new AuthorizePage(browsers, state, redirectUri, appOrigin), link],
    rooms: [new People(state, oauth), new Pipes(connections, link, faults)],
    authenticate: new Authenticate(state, keys, issuer),
  });
  server.on('request', app);

  const shared = [keys, state, connections, faults, requests] as const;
  const providers = [
    { host: linearApi.host, server: new ProviderServer(linearApi, ...shared) },
    { host: notionApi.host, server: new ProviderServer(notionApi, ...shared) },
    { host: snowflakeHost, server: new ProviderServer(snowflakeApi(snowflakeHost), ...shared) },
  ];
  const providerHosts = new Map<string, { port: number }>();
  for (const provider of providers) providerHosts.set(provider.host, { port: await provider.server.listen() });
  log(`The sandbox plays WorkOS, Linear, Notion and Snowflake at ${issuer}`);

  return {
    issuer,
    apiBase: { hostname: '127.0.0.1', https: false, port: taken },
    apiKey: state.data.apiKey,
    clientId: CLIENT_ID,
    users: USERS.map((user) => ({
      id: user.id,
      email: user.email,
      name: `${user.firstName} ${user.lastName}`,
      organizations: user.organizationIds.map((id) => organizationOf(id)!.name),
    })),
    providerHosts,
    ca: keys.ca,
    faults,
    requests,
    async close() {
      server.closeAllConnections();
      await Promise.all([
        new Promise((resolve) => server.close(resolve)),
        ...providers.map((one) => one.server.close()),
      ]);
      state.flush();
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}
