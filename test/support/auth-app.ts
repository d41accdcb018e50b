import type { AddressInfo } from 'node:net';
import { Body, Controller, Delete, Get, Module, Param, Post, Req, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AuditSink } from '../../server/audit/audit-sink.port.js';
import { AuthModule } from '../../server/auth/auth.module.js';
import { AuthSettings, type AuthSettingsValues } from '../../server/auth/auth-settings.js';
import { BearerGuard, type BearerRequest } from '../../server/auth/bearer.guard.js';
import { BrowserSessionEnded } from '../../server/auth/browser-session-ended.port.js';
import { BrowserSessionStore } from '../../server/auth/browser-session-store.port.js';
import { corsFor } from '../../server/auth/cors.js';
import { Identity } from '../../server/auth/identity.port.js';
import { Keys } from '../../server/auth/keys.js';
import { originHost } from '../../server/auth/origin-host.middleware.js';
import { DecidesApproval, ForSignedIn } from '../../server/auth/same-origin.guard.js';
import { ProblemFilter } from '../../server/http/problem.filter.js';
import { securityHeaders } from '../../server/http/security-headers.js';
import { Clock } from '../../server/kernel/clock.port.js';
import { Secret } from '../../server/kernel/secret.js';
import { MemoryBrowserSessions, PreparedIdentity, RecordedAudit, RecordedEnds } from './auth-fakes.js';
import { ManualClock } from './manual.clock.js';
import { type RawAnswer, type RawRequest, send } from './raw-http.js';

/** Stands where the tools will be: tells whom the guard let in. */
@Controller('mcp')
@UseGuards(BearerGuard)
class EchoController {
  @Post()
  post(@Req() { auth, user }: BearerRequest) {
    return { auth, user };
  }
}

/** Stands where the approvals will be, and counts what got through. */
@Controller('api')
@ForSignedIn()
class DecisionController {
  static made: unknown[] = [];

  @Get('approvals/:id')
  read(@Param('id') id: string) {
    return { id };
  }

  @Post('approvals/:id/decision')
  @DecidesApproval()
  decide(@Body() body: unknown) {
    DecisionController.made.push(body);
    return {};
  }

  @Delete('grants/:id')
  end(@Param('id') id: string) {
    DecisionController.made.push(id);
    return {};
  }
}

export interface AuthApp {
  readonly settings: AuthSettings;
  readonly keys: Keys;
  readonly clock: ManualClock;
  readonly identity: PreparedIdentity;
  readonly sessions: MemoryBrowserSessions;
  readonly audit: RecordedAudit;
  readonly ends: RecordedEnds;
  /** What reached a handler that changes something. */
  readonly made: readonly unknown[];
  /** Host is ours unless the test says otherwise. */
  send(request: RawRequest): Promise<RawAnswer>;
  close(): Promise<void>;
}

export const SECRET = new Secret('a secret of the tests, more than thirty-two characters');

/** The real room behind real HTTP, wired as the application wires it, with fakes for the ports alone. */
export async function startAuthApp(
  values: Partial<AuthSettingsValues> & { issuer: string },
  secrets: readonly Secret[] = [SECRET],
): Promise<AuthApp> {
  const settings = new AuthSettings({
    publicUrl: 'https://countersign.example',
    mcpPath: '/mcp',
    isSandbox: false,
    ...values,
  });
  const clock = new ManualClock();
  const identity = new PreparedIdentity();
  const sessions = new MemoryBrowserSessions(clock);
  const audit = new RecordedAudit();
  const ends = new RecordedEnds();
  const keys = new Keys(secrets);
  const ports = [
    { provide: Identity, useValue: identity },
    { provide: BrowserSessionStore, useValue: sessions },
    { provide: BrowserSessionEnded, useValue: ends },
    { provide: AuditSink, useValue: audit },
    { provide: Clock, useValue: clock },
  ];

  @Module({ providers: ports, exports: ports.map(({ provide }) => provide) })
  class PortsModule {}

  const auth = AuthModule.forRoot({ settings, keys, imports: [PortsModule] });

  @Module({ imports: [auth, PortsModule], controllers: [EchoController, DecisionController] })
  class RootModule {}

  const app = await NestFactory.create<NestExpressApplication>(RootModule, { logger: false, abortOnError: false });
  app.use(securityHeaders(settings), originHost(settings));
  app.enableCors(corsFor(settings));
  app.useGlobalFilters(new ProblemFilter());
  DecisionController.made = [];
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return {
    settings,
    keys,
    clock,
    identity,
    sessions,
    audit,
    ends,
    get made() {
      return DecisionController.made;
    },
    send: ({ headers, ...request }) => send(port, { ...request, headers: { Host: settings.host, ...headers } }),
    close: () => app.close(),
  };
}
