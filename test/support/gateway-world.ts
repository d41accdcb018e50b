import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { AuditAction } from '../../server/audit/audit-event.js';
import { GatewayService } from '../../server/gateway/gateway.service.js';
import type { AuthorityGrant, BroadScope, GrantStatus } from '../../server/grants/authority-grant.js';
import { statusOf } from '../../server/grants/authority-grant.js';
import type { Found, Holder, SessionView, Transition } from '../../server/grants/grant-store.port.js';
import { GrantsService } from '../../server/grants/grants.service.js';
import type { GrantCommand } from '../../server/grants/lifecycle.js';
import type { Principal } from '../../server/kernel/principal.js';
import type { CallInput } from '../../server/providers/call.js';
import { linear } from '../../server/providers/catalog/linear.js';
import { notion } from '../../server/providers/catalog/notion.js';
import { ProviderRegistry } from '../../server/providers/provider-registry.js';
import { SqliteDatabase } from '../../server/storage/sqlite.database.js';
import { SqliteGrantStore } from '../../server/storage/sqlite.store.js';
import { StoreSettings } from '../../server/storage/store-settings.js';
import { RecordedAudit } from './auth-fakes.js';
import { answerOf, PreparedConsent, PreparedVault, RecordingTransport, tokenOf } from './gateway-fakes.js';
import { approve, approver, broadQuestion, MINUTE_MS, principal, SETTINGS, TAG_KEY } from './grants.js';
import { ManualClock } from './manual.clock.js';

const DAY_MS = 24 * 60 * MINUTE_MS;

/** The embedded store, which tells what was stored and fails where a test says so. */
class TracedStore extends SqliteGrantStore {
  readonly steps: string[] = [];
  epoch: string | null = null;
  /** Called before a fact is stored; what it throws is what the store does. */
  before: (action: AuditAction) => void = () => {};

  override async open(of: Principal, clientName?: string): Promise<SessionView> {
    this.steps.push('open');
    const view = await super.open(of, clientName);
    return this.epoch === null ? view : { ...view, epoch: this.epoch };
  }

  override async find(id: string, holder: Holder): Promise<Found | null> {
    const found = await super.find(id, holder);
    return found && this.epoch !== null ? { ...found, epoch: this.epoch } : found;
  }

  override async apply(
    id: string,
    holder: Holder,
    decide: (grant: AuthorityGrant, moment: { now: number; epoch: string }) => Transition,
  ): Promise<Found> {
    return super.apply(id, holder, (grant, moment) => {
      const made = decide(grant, this.epoch === null ? moment : { ...moment, epoch: this.epoch });
      if (made.event) {
        this.before(made.event.action);
        this.steps.push(made.event.action);
      }
      return made;
    });
  }
}

/** The gateway on the embedded store, with Linear and Notion connected and answering, and a clock that a test moves. */
export class GatewayWorld {
  readonly #folder = mkdtempSync(join(tmpdir(), 'countersign-gateway-'));
  readonly database = new SqliteDatabase(this.#folder);
  readonly clock = new ManualClock();
  readonly store = new TracedStore(this.database, this.clock, new StoreSettings(TAG_KEY, 7 * DAY_MS, 30 * DAY_MS));
  readonly grants = new GrantsService(this.store, SETTINGS);
  readonly registry = new ProviderRegistry([linear, notion]);
  readonly vault = new PreparedVault();
  readonly consent = new PreparedConsent();
  readonly transport = new RecordingTransport();
  readonly audit = new RecordedAudit();
  readonly gateway = new GatewayService(
    this.grants,
    this.registry,
    this.vault,
    this.consent,
    this.transport,
    this.audit,
    this.clock,
  );
  readonly ada = principal();

  constructor() {
    Logger.overrideLogger(false);
    this.vault.tokens = (slug) => {
      this.store.steps.push('token');
      return tokenOf(`account_${slug}`);
    };
    this.consent.given = async () => true;
    this.transport.answers = async () => {
      this.store.steps.push('send');
      return answerOf('{"ok":true}');
    };
  }

  /** What happened since the last look, in order. */
  steps(): string[] {
    return this.store.steps.splice(0);
  }

  call(request: Parameters<GatewayService['call']>[1], signal = new AbortController().signal, as = this.ada) {
    return this.gateway.call(as, request, signal);
  }

  async askCall(
    input: CallInput,
    connection: string | null = 'account_notion',
    as = this.ada,
  ): Promise<AuthorityGrant> {
    const judged = this.registry.judge(input);
    return (await this.grants.request(as, { kind: 'request', judged, reason: 'because', connection })).grant;
  }

  /** An exact call that the person has approved. */
  async approvedCall(input: CallInput, note: string | null = null): Promise<AuthorityGrant> {
    return this.approve(await this.askCall(input), null, note);
  }

  async approvedBroad(scope: Partial<BroadScope> = {}, note: string | null = null): Promise<AuthorityGrant> {
    return this.approve((await this.grants.request(this.ada, broadQuestion(scope))).grant, null, note);
  }

  async approve(grant: AuthorityGrant, scope: BroadScope | null = null, note: string | null = null) {
    const command = { ...approve(grant.digest, scope, approver(grant.principal)), note };
    const { grant: approved } = await this.grants.decide(
      grant.id,
      command as Extract<GrantCommand, { type: 'approve' }>,
    );
    this.steps();
    return approved;
  }

  async end(id: string): Promise<void> {
    const actor = { type: 'user', userId: this.ada.subject, browserSession: 'b' } as const;
    await this.grants.end(id, { by: 'user', userId: this.ada.subject }, actor);
    this.steps();
  }

  async read(id: string): Promise<AuthorityGrant> {
    const found = await this.store.find(id, { by: 'user', userId: this.ada.subject });
    if (!found) throw new Error(`There is no grant ${id}.`);
    return found.grant;
  }

  async statusOf(id: string): Promise<GrantStatus> {
    const found = await this.store.find(id, { by: 'user', userId: this.ada.subject });
    if (!found) throw new Error(`There is no grant ${id}.`);
    return statusOf(found.grant, found);
  }

  close(): void {
    this.grants.onModuleDestroy();
    this.database.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
