import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  approve,
  approver,
  begin,
  broadQuestion,
  callQuestion,
  codeOf,
  finish,
  principal,
  SETTINGS,
  TAG_KEY,
} from '../../test/support/grants.js';
import { SystemClock } from '../kernel/system.clock.js';
import { SqliteDatabase } from '../storage/sqlite.database.js';
import { SqliteGrantStore } from '../storage/sqlite.store.js';
import { StoreSettings } from '../storage/store-settings.js';
import { type AuthorityGrant, statusOf } from './authority-grant.js';
import { GrantSettings } from './grant-settings.js';
import type { Found, Holder } from './grant-store.port.js';
import { GrantsService } from './grants.service.js';
import type { GrantCommand } from './lifecycle.js';

/** Longer than any test may take: what waits for it has not been woken. */
const FOREVER_MS = 60_000;

/** Counts how often a grant is read, and tells when. */
class WatchedStore extends SqliteGrantStore {
  reads = 0;
  onRead: () => void = () => {};

  override async find(id: string, holder: Holder): Promise<Found | null> {
    this.reads += 1;
    const found = await super.find(id, holder);
    this.onRead();
    return found;
  }
}

describe('the use cases of grants', () => {
  const ada = principal();
  const holder: Holder = { by: 'principal', principal: ada };
  const user: Holder = { by: 'user', userId: ada.subject };
  const actor = { type: 'client', clientId: ada.clientId } as const;
  const never = new AbortController().signal;
  let folder: string;
  let database: SqliteDatabase;
  let store: WatchedStore;
  let service: GrantsService;

  const serve = (settings = SETTINGS) => {
    service = new GrantsService(store, settings);
    return service;
  };
  const decided = (found: Found) => found.grant.status !== 'pending';
  const settled = (found: Found) => statusOf(found.grant, found) !== 'pending';
  const approving = (grant: AuthorityGrant) =>
    approve(grant.digest, null, approver(ada)) as Extract<GrantCommand, { type: 'approve' }>;
  const isWaiting = () =>
    new Promise<void>((resolve) => {
      store.onRead = resolve;
    });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'countersign-grants-'));
    database = new SqliteDatabase(folder);
    store = new WatchedStore(database, new SystemClock(), new StoreSettings(TAG_KEY, FOREVER_MS, FOREVER_MS));
    serve();
  });
  afterEach(() => {
    service.onModuleDestroy();
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  describe('waiting for a decision', () => {
    it('answers at once when there is nothing to wait for', async () => {
      const { grant } = await service.request(ada, callQuestion());
      await service.decide(grant.id, approving(grant));
      expect((await service.waitFor(grant.id, holder, decided, FOREVER_MS, never))?.grant.status).toBe('approved');
      expect(
        await service.waitFor(grant.id, { by: 'user', userId: 'user_eve' }, decided, FOREVER_MS, never),
      ).toBeNull();
    });

    it('wakes on the decision, without asking the store meanwhile', async () => {
      const { grant } = await service.request(ada, callQuestion());
      const waiting = isWaiting();
      const answer = service.waitFor(grant.id, holder, decided, FOREVER_MS, never);
      await waiting;
      await service.request(ada, broadQuestion());
      await service.decide(grant.id, approving(grant));
      expect((await answer)?.grant.status).toBe('approved');
      expect(store.reads).toBe(2);
    });

    it('hears a decision that falls between listening and reading', async () => {
      const { grant } = await service.request(ada, callQuestion());
      let decision: Promise<Found> | undefined;
      store.onRead = () => {
        decision ??= service.decide(grant.id, approving(grant));
      };
      const answer = await service.waitFor(grant.id, holder, decided, FOREVER_MS, never);
      await decision;
      expect(answer?.grant.status).toBe('approved');
    });

    it('wakes when the request expires, which nobody writes', async () => {
      service.onModuleDestroy();
      serve(new GrantSettings(20, SETTINGS.authorityMs, SETTINGS.authorityMaxMs, SETTINGS.pendingMax));
      const { grant } = await service.request(ada, callQuestion());
      const answer = await service.waitFor(grant.id, holder, settled, FOREVER_MS, never);
      expect(statusOf((answer as Found).grant, answer as Found)).toBe('expired');
      expect(answer?.now).toBeGreaterThanOrEqual(grant.closesAt);
    });

    it.each([
      ['the caller goes', (stop: AbortController) => stop.abort()],
      ['the server stops', () => service.onModuleDestroy()],
    ])('answers with what is when %s', async (_, end) => {
      const { grant } = await service.request(ada, callQuestion());
      const stop = new AbortController();
      const waiting = isWaiting();
      const answer = service.waitFor(grant.id, holder, decided, FOREVER_MS, stop.signal);
      await waiting;
      end(stop);
      expect((await answer)?.grant.status).toBe('pending');
    });

    it('answers with what is when the time is over', async () => {
      const { grant } = await service.request(ada, callQuestion());
      expect((await service.waitFor(grant.id, holder, decided, 10, never))?.grant.status).toBe('pending');
      expect(store.reads).toBe(2);
    });

    it('many may wait for one decision', async () => {
      const { grant } = await service.request(ada, callQuestion());
      const answers = Array.from({ length: 20 }, () => service.waitFor(grant.id, holder, decided, FOREVER_MS, never));
      await service.decide(grant.id, approving(grant));
      expect((await Promise.all(answers)).map((found) => found?.grant.status)).toEqual(Array(20).fill('approved'));
    });
  });

  it('I13: counts what the same person and client have pending in every session', async () => {
    for (let sid = 0; sid < SETTINGS.pendingMax; sid += 1)
      await service.request({ ...ada, sid: `sid_${sid + 5}` }, callQuestion());
    expect(await service.request(ada, callQuestion()).catch(codeOf)).toBe('too_many_pending');
    expect(await service.request({ ...ada, clientId: 'client_other' }, callQuestion())).toHaveProperty('grant');
  });

  it('runs an exact call once, from approval to outcome', async () => {
    const { grant } = await service.request(ada, callQuestion());
    const approved = await service.decide(grant.id, approving(grant));
    const claim = begin();
    const begun = await service.begin(approved, claim.call);
    expect(await service.begin(approved, begin().call).catch(codeOf)).toBe('already_executing');
    const command = finish(claim.call.claimId) as Extract<GrantCommand, { type: 'finish' }>;
    expect((await service.conclude(begun, command)).grant.status).toBe('executed');
    expect(await service.begin(approved, claim.call).catch(codeOf)).toBe('already_used');
  });

  it('I5: nobody else decides', async () => {
    const { grant } = await service.request(ada, callQuestion());
    const command = { ...approving(grant), by: approver(principal({ subject: 'user_eve' })) };
    expect(await service.decide(grant.id, command).catch(codeOf)).toBe('not_found');
  });

  it('binds a pending grant to the connections that are shown, and then approves nothing that was shown before', async () => {
    const asked = await service.request(ada, callQuestion());
    expect(await service.bind(asked, ada.subject, { notion: 'account_notion' })).toBe(asked);
    const bound = await service.bind(asked, ada.subject, { notion: 'account_other' });
    expect(bound.grant).toMatchObject({ connection: 'account_other', version: 2 });
    expect(await service.decide(asked.grant.id, approving(asked.grant)).catch(codeOf)).toBe('request_changed');
    expect((await service.decide(asked.grant.id, approving(bound.grant))).grant.status).toBe('approved');
  });

  it('gives back all at once: pending ones are withdrawn, approved ones revoked, running ones left', async () => {
    const running = await service.request(ada, callQuestion(Buffer.from('running')));
    await service.begin(await service.decide(running.grant.id, approving(running.grant)), begin().call);
    const active = await service.request(ada, broadQuestion());
    await service.decide(active.grant.id, approving(active.grant));
    await service.request(ada, callQuestion());
    const live = await service.live(ada.subject);
    expect(live).toHaveLength(3);
    expect(await service.live(ada.subject, 'client_other')).toEqual([]);
    expect((await service.endAll(live, user, actor)).map(({ status }) => status)).toEqual(['withdrawn', 'revoked']);
    const view = await service.open(ada);
    expect(view.grants.map(({ status }) => status)).toEqual(['executing']);
    const ended = await service.list(ada.subject, { state: 'ended', limit: 10 });
    expect(ended.grants.map(({ status }) => status).sort()).toEqual(['revoked', 'withdrawn']);
  });

  it('I37: ending all stops when the store is out of reach, and does not say that it has ended them', async () => {
    await service.request(ada, callQuestion());
    const live = await service.live(ada.subject);
    database.close();
    expect(await service.endAll(live, user, actor).catch(codeOf)).toBe('store_unavailable');
  });
});
