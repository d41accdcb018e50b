import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express from 'express';
import { AccessModule } from '../../server/approvals/access.module.js';
import { ApprovalSettings } from '../../server/approvals/approval-settings.js';
import type { Approval } from '../../server/approvals/approvals.contract.js';
import { ApprovalsModule } from '../../server/approvals/approvals.module.js';
import type { AuditEvent } from '../../server/audit/audit-event.js';
import { AuditSink } from '../../server/audit/audit-sink.port.js';
import { AuthModule } from '../../server/auth/auth.module.js';
import { AuthSettings } from '../../server/auth/auth-settings.js';
import { BrowserSessionService } from '../../server/auth/browser-session.service.js';
import { BrowserSessionStore } from '../../server/auth/browser-session-store.port.js';
import { csrfToken } from '../../server/auth/csrf.js';
import { Identity, type SignIn } from '../../server/auth/identity.port.js';
import { Keys } from '../../server/auth/keys.js';
import { ConnectionsModule } from '../../server/connections/connections.module.js';
import { TokenVault } from '../../server/connections/token-vault.port.js';
import type { AuthorityGrant } from '../../server/grants/authority-grant.js';
import { GrantStore, type Holder } from '../../server/grants/grant-store.port.js';
import { GrantsModule } from '../../server/grants/grants.module.js';
import { GrantsService } from '../../server/grants/grants.service.js';
import type { Question } from '../../server/grants/question.js';
import { ProblemFilter } from '../../server/http/problem.filter.js';
import { securityHeaders } from '../../server/http/security-headers.js';
import { Clock } from '../../server/kernel/clock.port.js';
import type { Principal } from '../../server/kernel/principal.js';
import { linear } from '../../server/providers/catalog/linear.js';
import { notion } from '../../server/providers/catalog/notion.js';
import { ProviderRegistry } from '../../server/providers/provider-registry.js';
import { SqliteDatabase } from '../../server/storage/sqlite.database.js';
import { SqliteGrantStore } from '../../server/storage/sqlite.store.js';
import { StoreSettings } from '../../server/storage/store-settings.js';
import { SECRET } from './auth-app.js';
import { MemoryBrowserSessions, PreparedIdentity, RecordedAudit, signInOf } from './auth-fakes.js';
import { connectionOf, PreparedVault } from './gateway-fakes.js';
import { MINUTE_MS, principal, SETTINGS, TAG_KEY } from './grants.js';
import { ManualClock } from './manual.clock.js';
import { type RawAnswer, send } from './raw-http.js';

const DAY_MS = 24 * 60 * MINUTE_MS;
export const HOST = 'countersign.example';
export const ORIGIN = `https://${HOST}`;
export const ADA = { id: 'user_ada', email: 'ada@acme.example', name: 'Ada' };

/** Tells when a grant was read. */
class WatchedStore extends SqliteGrantStore {
  reads = 0;

  override async find(id: string, holder: Holder) {
    const found = await super.find(id, holder);
    this.reads += 1;
    return found;
  }
}

export interface Browser {
  readonly cookie: string;
  /** Id of the server's row. */
  readonly id: string;
}

/** The page's API behind real HTTP on the embedded store, with Linear and Notion connected, and fakes for the other ports. */
export class ApprovalsApp {
  readonly #folder = mkdtempSync(join(tmpdir(), 'countersign-approvals-'));
  readonly database = new SqliteDatabase(this.#folder);
  readonly clock = new ManualClock();
  readonly store = new WatchedStore(this.database, this.clock, new StoreSettings(TAG_KEY, 7 * DAY_MS, 30 * DAY_MS));
  readonly vault = new PreparedVault();
  readonly identity = new PreparedIdentity();
  readonly sessions = new MemoryBrowserSessions(this.clock);
  readonly audit = new RecordedAudit();
  readonly keys = new Keys([SECRET]);
  #app!: NestExpressApplication;
  #port = 0;

  /** Everything is as it should be until a test says otherwise. */
  private constructor(readonly registry: ProviderRegistry) {
    this.identity.people = [{ organizationId: 'org_acme', organizationName: 'Acme' }];
    this.vault.linked = () => [connectionOf('linear'), connectionOf('notion')];
    this.identity.renewing = async () => this.signInOf();
  }

  static async start(
    options: { reauth?: ApprovalSettings['reauth']; registry?: ProviderRegistry } = {},
  ): Promise<ApprovalsApp> {
    const started = new ApprovalsApp(options.registry ?? new ProviderRegistry([linear, notion]));
    await started.#start(new ApprovalSettings(options.reauth ?? 'off', 5 * MINUTE_MS, ORIGIN));
    return started;
  }

  async #start(approvalSettings: ApprovalSettings): Promise<void> {
    const settings = new AuthSettings({
      publicUrl: ORIGIN,
      mcpPath: '/mcp',
      isSandbox: false,
      issuer: 'https://issuer.example',
    });
    const ports = [
      { provide: GrantStore, useValue: this.store },
      { provide: TokenVault, useValue: this.vault },
      { provide: Identity, useValue: this.identity },
      { provide: BrowserSessionStore, useValue: this.sessions },
      { provide: AuditSink, useValue: this.audit },
      { provide: ProviderRegistry, useValue: this.registry },
      { provide: Clock, useValue: this.clock },
    ];

    @Module({ providers: ports, exports: ports.map(({ provide }) => provide) })
    class PortsModule {}

    const grants = GrantsModule.forRoot({ imports: [PortsModule], settings: SETTINGS });
    const access = AccessModule.forRoot({ imports: [grants, PortsModule] });
    const auth = AuthModule.forRoot({ imports: [PortsModule, access], keys: this.keys, settings });
    const connections = ConnectionsModule.forRoot({ imports: [PortsModule] });
    const imports = [PortsModule, grants, connections, access, auth];
    const module = ApprovalsModule.forRoot({ imports, settings: approvalSettings });
    this.#app = await NestFactory.create<NestExpressApplication>(module, {
      logger: false,
      abortOnError: false,
      bodyParser: false,
    });
    this.#app.use(...securityHeaders(settings));
    this.#app.use('/api', express.json({ limit: '16kb', strict: false }));
    this.#app.useGlobalFilters(new ProblemFilter());
    await this.#app.listen(0, '127.0.0.1');
    this.#port = (this.#app.getHttpServer().address() as AddressInfo).port;
  }

  get port(): number {
    return this.#port;
  }

  get grants(): GrantsService {
    return this.#app.get(GrantsService, { strict: false });
  }

  signInOf(changes: Partial<SignIn> = {}): SignIn {
    return signInOf({ user: ADA, organization: 'org_acme', authenticatedAt: this.clock.now(), ...changes });
  }

  /** A browser in which Ada is signed in, unless a test says otherwise. */
  async signIn(changes: Partial<SignIn> = {}, replaces: Browser | null = null): Promise<Browser> {
    const service = this.#app.get(BrowserSessionService, { strict: false });
    const value = await service.start(this.signInOf(changes), replaces?.id ?? null);
    const id = createHash('sha256').update(value).digest('hex');
    return { cookie: `__Host-pipes_session=${value}`, id };
  }

  async signOut(browser: Browser): Promise<RawAnswer> {
    return this.send(browser, 'POST', '/logout');
  }

  async ask(question: Question, as: Principal = principal()): Promise<AuthorityGrant> {
    await this.store.identify(as, 'Code');
    return (await this.grants.request(as, question)).grant;
  }

  get(browser: Browser, path: string): Promise<RawAnswer> {
    return send(this.#port, { path, headers: { Host: HOST, Cookie: browser.cookie } });
  }

  /** An unsafe request as our page sends it. */
  send(browser: Browser, method: string, path: string, body?: string, token?: string): Promise<RawAnswer> {
    const headers: Record<string, string> = {
      Host: HOST,
      Cookie: browser.cookie,
      Origin: ORIGIN,
      'X-CSRF-Token': token ?? csrfToken(this.keys, browser, { for: 'session' }),
    };
    if (body === undefined) return send(this.#port, { method, path, headers });
    return send(this.#port, { method, path, headers: { ...headers, 'Content-Type': 'application/json' }, body });
  }

  /** Sends a decision that may be anything. */
  decide(browser: Browser, id: string, body: unknown): Promise<RawAnswer> {
    const token = csrfToken(this.keys, browser, { for: 'decide', approvalId: id });
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return this.send(browser, 'POST', `/api/approvals/${id}/decision`, text, token);
  }

  async read(browser: Browser, id: string): Promise<Approval> {
    const answer = await this.get(browser, `/api/approvals/${id}`);
    if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.text}`);
    return answer.json() as Approval;
  }

  async stored(grant: AuthorityGrant): Promise<AuthorityGrant> {
    const found = await this.store.find(grant.id, { by: 'user', userId: grant.principal.subject });
    if (!found) throw new Error(`There is no grant ${grant.id}.`);
    return found.grant;
  }

  /** What was stored together with grants, oldest first. */
  facts(): AuditEvent[] {
    const rows = this.database.rows<{ event: string }>('SELECT event FROM audit_events ORDER BY rowid');
    return rows.map(({ event }) => JSON.parse(event) as AuditEvent);
  }

  async close(): Promise<void> {
    await this.#app.close();
    this.database.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
