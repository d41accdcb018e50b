import { readFileSync } from 'node:fs';
import type { Server, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConsoleLogger, type ModuleMetadata } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { MCP_STRATEGY } from '@rekog/mcp-nest';
import express from 'express';
import { AppModule } from './app.module.js';
import { AuthSettings } from './auth/auth-settings.js';
import { corsFor } from './auth/cors.js';
import { originHost } from './auth/origin-host.middleware.js';
import type { Config } from './config/config.js';
import { PageSettings, serveAssets } from './http/page.controller.js';
import { ProblemFilter } from './http/problem.filter.js';
import { securityHeaders } from './http/security-headers.js';
import { SystemClock } from './kernel/system.clock.js';
import { ProtocolErrorFilter } from './mcp/protocol-error.filter.js';
import { writeRpcFailure } from './mcp/rpc-failure.js';
import { connectUpstream, type Upstream } from './upstream.js';

const API_BODY_LIMIT = '16kb';
/** I42: a request whose headers or body dribble in is closed. */
const HEADERS_MS = 10_000;
/** While stopping. */
const SWEEP_EVERY_MS = 50;
const REQUEST_MS = 15_000;

export interface AppOptions {
  readonly config: Config;
  /** A team's own modules, such as `ProvidersModule.forFeature([acme])`. */
  readonly features?: ModuleMetadata['imports'];
}

export interface CountersignApp {
  readonly app: NestExpressApplication;
  readonly upstream: Upstream;
  /** Ends listening, finishes what runs, closes the store and the sandbox. */
  close(): Promise<void>;
}

/** The one bootstrap, used by main, the tests and the benchmarks. Does not listen yet. */
export async function createApp({ config, features = [] }: AppOptions): Promise<CountersignApp> {
  const upstream = await connectUpstream(config);
  try {
    const root = packageRoot();
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    const pageFolder = join(root, 'dist', 'web');
    const module = AppModule.forRoot({ config, upstream, clock: new SystemClock(), version, pageFolder, features });
    const app = await NestFactory.create<NestExpressApplication>(module, {
      bodyParser: false,
      abortOnError: false,
      // Kept back until the start has worked: what stops it is said once and in words, by whoever starts us.
      bufferLogs: true,
      autoFlushLogs: false,
      logger: new ConsoleLogger({ logLevels: ['error', 'warn'] }),
    });
    const requests = { active: 0 };
    app.use((_request: unknown, response: ServerResponse, next: () => void) => {
      requests.active += 1;
      response.once('close', () => {
        requests.active -= 1;
      });
      next();
    });
    configureHttp(app, pageFolder);
    const strategy = app.get<MicroserviceOptions['strategy' & keyof MicroserviceOptions]>(MCP_STRATEGY, {
      strict: false,
    });
    app.connectMicroservice<MicroserviceOptions>({ strategy } as MicroserviceOptions, { inheritAppConfig: true });
    await app.startAllMicroservices();
    app.flushLogs();
    const close = async () => {
      // Browsers keep connections open, used and unused ones: those would hold the server until the last moment.
      const server = app.getHttpServer() as Server;
      const sweep = setInterval(() => {
        if (!server.listening && requests.active === 0) server.closeAllConnections();
      }, SWEEP_EVERY_MS);
      try {
        await app.close();
      } finally {
        clearInterval(sweep);
      }
      await upstream.close();
    };
    return { app, upstream, close };
  } catch (error) {
    await upstream.close();
    throw error;
  }
}

function configureHttp(app: NestExpressApplication, pageFolder: string): void {
  const auth = app.get(AuthSettings, { strict: false });
  app.disable('x-powered-by');
  app.use(...securityHeaders({ isHttps: auth.isHttps }), originHost(auth));
  app.enableCors(corsFor(auth));
  // The MCP endpoint reads its own bodies, after the guard.
  app.use(['/api', '/logout'], express.json({ limit: API_BODY_LIMIT, strict: false }));
  serveAssets(app, new PageSettings(pageFolder));
  // The last one is asked first.
  app.useGlobalFilters(new ProblemFilter(new Map([[auth.mcpPath, writeRpcFailure]])), new ProtocolErrorFilter());
  const server = app.getHttpServer() as Server;
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = REQUEST_MS;
  // Node looks for late ones every 30 s by default; the types know this only as an option of the constructor.
  Object.assign(server, { connectionsCheckingInterval: 1_000 });
}

/** The folder of package.json, from the sources and from the build alike. */
function packageRoot(): string {
  const here = fileURLToPath(new URL('.', import.meta.url));
  return here.split(/[\\/]/).includes('dist') ? join(here, '..', '..') : join(here, '..');
}
