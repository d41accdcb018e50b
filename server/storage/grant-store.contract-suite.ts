import {
  approve,
  approver,
  begin,
  broadQuestion,
  callQuestion,
  codeOf,
  deny,
  finish,
  MINUTE_MS,
  principal,
  revoke,
  SETTINGS,
  withdraw,
} from '../../test/support/grants.js';
import type { AuditEvent } from '../audit/audit-event.js';
import { statusOf } from '../grants/authority-grant.js';
import type { Found, GrantStore, Holder, Transition } from '../grants/grant-store.port.js';
import { type GrantCommand, transition } from '../grants/lifecycle.js';
import { ask, type Question } from '../grants/question.js';
import { newGrantId, newId } from '../kernel/ids.js';
import type { Principal } from '../kernel/principal.js';
import { deniedQuestionContract } from './denied-question.contract-suite.js';
import { listingContract } from './grant-listing.contract-suite.js';

/** One adapter under test, on real data. */
export interface StoreRig {
  readonly store: GrantStore;
  /** The store of another process on the same data; the same one where there can be no other. */
  readonly other: GrantStore;
  /** The store's clock. */
  now(): Promise<number>;
  /** Every audit event that is stored, of all sessions. */
  events(): Promise<readonly AuditEvent[]>;
  /** Whether the bytes of a grant's body are in the store, whoever asks. */
  holdsBody(grantId: string): Promise<boolean>;
  /** Ends the process or the server and starts it again on the same data. Says whether authority may outlive that. */
  restart(): Promise<{ keepsEpoch: boolean }>;
  stop(): Promise<void>;
}

/** The steps that tests are told in. Every test is a person of its own, so that none sees another's grants. */
export class Story {
  static #people = 0;
  readonly ada: Principal;
  readonly holder: Holder;
  readonly user: Holder;

  constructor(readonly rig: StoreRig) {
    Story.#people += 1;
    this.ada = principal({ subject: `user_ada_${Story.#people}` });
    this.holder = { by: 'principal', principal: this.ada };
    this.user = { by: 'user', userId: this.ada.subject };
  }

  put(question: Question, by: Principal = this.ada, store = this.rig.store): Promise<Found> {
    return store.ask(by, (view) => ask(view, question, SETTINGS, 0));
  }

  do(
    command: GrantCommand,
    on: Found,
    options: { known?: Found; holder?: Holder; store?: GrantStore } = {},
  ): Promise<Found> {
    const { holder = this.holder, store = this.rig.store, known } = options;
    return store.apply(on.grant.id, holder, (grant, moment) => transition(grant, command, moment), known);
  }

  async approved(question: Question): Promise<Found> {
    const asked = await this.put(question);
    return this.do(approve(asked.grant.digest, null, approver(this.ada)), asked, { holder: this.user });
  }

  /** Moves an instant of a stored grant, so that time need not pass. */
  shift(on: Found, change: (now: number) => Partial<Found['grant']>): Promise<Found> {
    return this.rig.store.apply(on.grant.id, this.holder, (grant, { now }) => ({
      grant: { ...grant, ...change(now), version: grant.version + 1 } as Found['grant'],
      event: { ...transitionEvent, id: newId('evt'), at: now, grantId: grant.id },
      notAfter: null,
    }));
  }
}

const transitionEvent: AuditEvent = {
  id: '',
  at: 0,
  action: 'approval.viewed',
  actor: { type: 'system' },
  subject: null,
  organization: null,
  grantId: null,
  details: {},
};

const code = (work: Promise<unknown>) => work.then(() => 'no refusal', codeOf);

/** What every grant store must do, whatever it is built on. */
export function grantStoreContract(name: string, setup: () => Promise<StoreRig>): void {
  describe(`grant store on ${name}`, () => {
    let rig: StoreRig;
    let story: Story;
    beforeAll(async () => {
      rig = await setup();
    });
    afterAll(async () => {
      await rig?.stop();
    });
    beforeEach(() => {
      story = new Story(rig);
    });

    describe('sessions', () => {
      it('begins a session once, and remembers what the client calls itself', async () => {
        const first = await rig.store.open(story.ada);
        const named = await rig.store.open(story.ada, 'Claude Code');
        const again = await rig.other.open(story.ada);
        expect(first.session).toMatchObject({ clientName: null, startedAt: first.now, principal: story.ada });
        expect(named.session).toMatchObject({ clientName: 'Claude Code', startedAt: first.session.startedAt });
        expect(again.session).toEqual(named.session);
        const begun = (await rig.events()).filter(({ subject }) => subject === story.ada.subject);
        expect(begun.map(({ action, at }) => ({ action, at }))).toEqual([{ action: 'session.started', at: first.now }]);
      });

      it('shows live grants, oldest first, and none that has ended', async () => {
        const read = await story.approved(broadQuestion({ level: 'read' }));
        const write = await story.approved(broadQuestion());
        const pending = await story.put(callQuestion());
        const denied = await story.put(broadQuestion({ maxCalls: 3 }));
        await story.do(deny(denied.grant.digest), denied);
        const view = await rig.store.open(story.ada);
        expect(view.grants.map(({ id }) => id).sort()).toEqual(
          [read, write, pending].map(({ grant }) => grant.id).sort(),
        );
        const times = view.grants.map(({ requestedAt }) => requestedAt);
        expect(times).toEqual([...times].sort((a, b) => a - b));
      });

      it.each([
        ['another user with the same sid', { subject: 'user_eve' }],
        ['another client', { clientId: 'client_other' }],
        ['another organization', { organization: 'org_other' }],
        ['no organization', { organization: null }],
        ['another sid', { sid: 'sid_2' }],
        ['another issuer', { issuer: 'https://evil.example' }],
      ])('I5, mistake 7: %s sees nothing and reaches nothing', async (_, different) => {
        const found = await story.approved(callQuestion());
        const stranger = { ...story.ada, ...different };
        const holder: Holder = { by: 'principal', principal: stranger };
        expect((await rig.store.open(stranger)).grants).toEqual([]);
        expect(await rig.store.find(found.grant.id, holder)).toBeNull();
        expect(await rig.store.body(found.grant.id, holder)).toBeNull();
        expect(await code(story.do(begin(), found, { holder }))).toBe('not_found');
        expect(await code(story.do(begin(), found, { holder, known: found }))).toBe('not_found');
        expect((await rig.store.open(story.ada)).grants).toEqual([found.grant]);
      });

      it('I5: a user reaches only their own grants, and a random id is answered as a stranger is', async () => {
        const { grant } = await story.approved(callQuestion());
        const eve: Holder = { by: 'user', userId: 'user_eve' };
        const unknown = newGrantId('a'.repeat(16));
        expect(await rig.store.find(grant.id, eve)).toBeNull();
        expect(await rig.store.find(unknown, story.user)).toBeNull();
        expect(await rig.store.find('*', story.user)).toBeNull();
        expect((await rig.store.find(grant.id, story.user))?.grant).toEqual(grant);
      });
    });

    describe('time', () => {
      it('I11: what has expired by the store’s clock is not loaded, and found as it was', async () => {
        const found = await story.approved(broadQuestion());
        const late = await story.shift(found, (now) => ({ expiresAt: now }));
        expect((await rig.store.open(story.ada)).grants).toEqual([]);
        const read = await rig.store.find(found.grant.id, story.holder);
        expect(read?.grant.status).toBe('approved');
        expect(statusOf(late.grant, read as Found)).toBe('expired');
      });

      it('I11: a claim after the store’s clock passed expiry loses, whatever time the caller believes', async () => {
        const found = await story.approved(callQuestion());
        const late = await story.shift(found, (now) => ({ expiresAt: now }));
        const early = { ...late, now: late.now - MINUTE_MS };
        expect(await code(story.do(begin(), late))).toBe('request_expired');
        expect(await code(story.do(begin(), late, { known: early }))).toBe('request_expired');
      });

      it('I11: nothing is written at or after `notAfter`, whatever the rule says', async () => {
        const found = await story.approved(broadQuestion());
        const careless =
          (late: number) =>
          (grant: Found['grant'], { now }: Found | { now: number }): Transition => ({
            grant: { ...grant, version: grant.version + 1 },
            event: { ...transitionEvent, id: newId('evt'), at: now },
            notAfter: late,
          });
        const { now } = found;
        const { id } = found.grant;
        expect(await code(rig.store.apply(id, story.holder, careless(now)))).toBe('request_expired');
        const believed = { ...found, now: now - MINUTE_MS };
        expect(await code(rig.store.apply(id, story.holder, careless(now), believed))).toBe('request_expired');
        expect(await code(rig.store.apply(id, story.holder, careless(now + MINUTE_MS)))).toBe('no refusal');
      });

      it('mistake 9: the time of an authority runs from its approval, by the store’s clock', async () => {
        const asked = await story.put(broadQuestion({ durationMs: MINUTE_MS }));
        const before = await rig.now();
        const { grant } = await story.do(approve(asked.grant.digest, null, approver(story.ada)), asked);
        const after = await rig.now();
        expect(grant.expiresAt).toBeGreaterThanOrEqual(before + MINUTE_MS);
        expect(grant.expiresAt).toBeLessThanOrEqual(after + MINUTE_MS);
      });
    });

    describe('claims', () => {
      it('I9, mistake 1: of two concurrent claims exactly one wins', async () => {
        const found = await story.approved(callQuestion());
        const claims = [rig.store, rig.other].flatMap((store) => [
          code(story.do(begin(), found, { known: found, store })),
          code(story.do(begin(), found, { store })),
        ]);
        expect((await Promise.all(claims)).sort()).toEqual([
          'already_executing',
          'already_executing',
          'already_executing',
          'no refusal',
        ]);
      });

      it('I9, mistake 1: 20 grants, 50 callers in two processes each: each grant is claimed once', async () => {
        for (let round = 0; round < 20; round += 1) {
          const found = await story.approved(callQuestion(Buffer.from(`${round}`)));
          const callers = Array.from({ length: 50 }, (_, caller) => {
            const store = caller % 2 ? rig.store : rig.other;
            return code(story.do(begin(), found, { store, ...(caller % 3 ? { known: found } : {}) }));
          });
          const won = (await Promise.all(callers)).filter((each) => each === 'no refusal');
          expect(won).toHaveLength(1);
          const started = (await rig.events()).filter(
            ({ action, grantId }) => action === 'call.started' && grantId === found.grant.id,
          );
          expect(started).toHaveLength(1);
        }
      });

      it('F6: the same claim sent again is answered again, is one claim and one audit event', async () => {
        const found = await story.approved(callQuestion());
        const claim = begin();
        const first = await story.do(claim, found);
        expect((await story.do(claim, found)).grant).toEqual(first.grant);
        expect((await story.do(claim, found, { known: found })).grant).toEqual(first.grant);
        expect(await code(story.do(begin(), found, { known: found }))).toBe('already_executing');
        const started = (await rig.events()).filter(({ grantId }) => grantId === found.grant.id);
        expect(started.filter(({ action }) => action === 'call.started')).toHaveLength(1);
      });

      it('counts 50 concurrent begins of one broad grant in two processes, losing none', async () => {
        const found = await story.approved(broadQuestion());
        const calls = Array.from({ length: 50 }, (_, caller) =>
          story.do(begin(), found, { known: found, store: caller % 2 ? rig.store : rig.other }),
        );
        await Promise.all(calls);
        const after = await rig.store.find(found.grant.id, story.holder);
        expect(after?.grant).toMatchObject({ callsMade: 50 });
      });

      it('a limited grant is spent exactly, however many ask at once', async () => {
        const found = await story.approved(broadQuestion({ maxCalls: 3 }));
        const calls = Array.from({ length: 12 }, (_, caller) =>
          code(story.do(begin(), found, { known: found, store: caller % 2 ? rig.store : rig.other })),
        );
        const answers = await Promise.all(calls);
        expect(answers.filter((answer) => answer === 'no refusal')).toHaveLength(3);
        expect(answers.filter((answer) => answer === 'already_used')).toHaveLength(9);
      });

      it('what the caller knew is no reason to refuse: a grant approved meanwhile can be begun', async () => {
        const asked = await story.put(broadQuestion());
        await story.do(approve(asked.grant.digest, null, approver(story.ada)), asked, { store: rig.other });
        expect((await story.do(begin(), asked, { known: asked })).grant).toMatchObject({ callsMade: 1 });
      });
    });

    describe('ends', () => {
      it('I8, mistake 12: approve and deny at once: one wins, in either process', async () => {
        for (let round = 0; round < 20; round += 1) {
          const asked = await story.put(callQuestion(Buffer.from(`${round}`)));
          const { digest } = asked.grant;
          const answers = await Promise.all([
            code(story.do(approve(digest, null, approver(story.ada)), asked, { store: rig.store })),
            code(story.do(deny(digest), asked, { store: rig.other })),
          ]);
          expect(answers.sort()).toEqual(['already_decided', 'no refusal']);
          const now = await rig.store.find(asked.grant.id, story.holder);
          if (now?.grant.status === 'approved') await story.do(revoke, now);
        }
      });

      it.each([
        ['withdrawn', withdraw, false],
        ['denied', deny, false],
        ['revoked', revoke, true],
      ] as const)('I8: what was %s stays so, for every command', async (status, command, wasApproved) => {
        const found = wasApproved ? await story.approved(callQuestion()) : await story.put(callQuestion());
        const { digest } = found.grant;
        const end = typeof command === 'function' ? command(digest) : command;
        const ended = await story.do(end, found);
        expect(ended.grant).toMatchObject({ status, endedAt: ended.grant.endedAt });
        const commands = [approve(digest), deny(digest), withdraw, revoke, begin(), finish('clm_x')];
        for (const each of commands) {
          expect(await code(story.do(each, found, { known: found }))).not.toBe('no refusal');
        }
        expect((await rig.store.find(found.grant.id, story.holder))?.grant).toEqual(ended.grant);
        expect((await rig.store.open(story.ada)).grants).toEqual([]);
      });

      it('I8: no call begins after a revocation was answered', async () => {
        const found = await story.approved(broadQuestion());
        await story.do(begin(), found);
        await story.do(revoke, found, { store: rig.other, holder: story.user });
        expect(await code(story.do(begin(), found, { known: found }))).toBe('authority_revoked');
      });

      it('a broad grant’s call that outlives the grant still gets its outcome', async () => {
        const found = await story.approved(broadQuestion());
        const claim = begin();
        const begun = await story.do(claim, found);
        await story.do(revoke, found);
        const finished = await story.do(finish(claim.call.claimId), begun, { known: begun });
        expect(finished.grant).toMatchObject({ status: 'revoked', lastCalls: [{ result: 'answered', status: 200 }] });
      });
    });

    describe('questions', () => {
      it('I13: the same question, put 20 times at once in two processes, is one request', async () => {
        const puts = Array.from({ length: 20 }, (_, caller) =>
          story.put(broadQuestion({}, `reason ${caller}`), story.ada, caller % 2 ? rig.store : rig.other),
        );
        const ids = (await Promise.all(puts)).map(({ grant }) => grant.id);
        expect(new Set(ids).size).toBe(1);
        expect((await rig.store.open(story.ada)).grants).toHaveLength(1);
      });

      it('I13: of many different questions at once no more than the limit become pending', async () => {
        const puts = Array.from({ length: 12 }, (_, caller) =>
          code(story.put(callQuestion(Buffer.from(`${caller}`)), story.ada, caller % 2 ? rig.store : rig.other)),
        );
        const answers = await Promise.all(puts);
        // A busy machine may keep a caller from its turn within the store's time; what it is told then is an outage.
        expect(answers).toEqual(
          answers.map(() => expect.stringMatching(/^(no refusal|too_many_pending|store_unavailable)$/)),
        );
        for (let more = 0; more < SETTINGS.pendingMax; more += 1)
          await code(story.put(callQuestion(Buffer.from(`more ${more}`))));
        expect((await rig.store.open(story.ada)).grants).toHaveLength(SETTINGS.pendingMax);
        expect(await code(story.put(callQuestion(Buffer.from('one too many'))))).toBe('too_many_pending');
      });

      it('I13, mistake 10: a new broad question withdraws the older one, whose link is then dead', async () => {
        const older = await story.put(broadQuestion({ level: 'read' }));
        const newer = await story.put(broadQuestion());
        const read = await rig.store.find(older.grant.id, story.holder);
        expect(read?.grant).toMatchObject({ status: 'withdrawn', withdrawReason: 'superseded' });
        expect(await code(story.do(approve(older.grant.digest), older, { known: older }))).toBe('superseded');
        expect((await rig.store.open(story.ada)).grants).toEqual([newer.grant]);
      });

      it('mistake 12: approving one grant ends no other', async () => {
        const first = await story.approved(broadQuestion({ providers: ['linear'] }));
        const second = await story.approved(broadQuestion({ providers: ['notion'] }));
        const ids = (await rig.store.open(story.ada)).grants.map(({ id }) => id);
        expect(ids.sort()).toEqual([first.grant.id, second.grant.id].sort());
      });

      it('mistake 11: polling loses no approval', async () => {
        const asked = await story.put(broadQuestion());
        let isDone = false;
        const pollers = [rig.store, rig.other].map(async (store) => {
          while (!isDone) await store.open(story.ada, `name ${Math.random()}`);
        });
        const { grant } = await story.do(approve(asked.grant.digest, null, approver(story.ada)), asked);
        await rig.store.open(story.ada);
        isDone = true;
        await Promise.all(pollers);
        expect((await rig.store.open(story.ada)).grants).toEqual([grant]);
      });

      it('a refusal of the rule passes through and stores nothing', async () => {
        const before = (await rig.events()).length;
        const refuse = () => {
          throw new RangeError('a mistake of ours');
        };
        await rig.store.open(story.ada);
        await expect(rig.store.ask(story.ada, refuse)).rejects.toThrow(RangeError);
        expect((await rig.events()).length).toBe(before + 1);
      });
    });

    describe('bodies', () => {
      it('are the bytes that were asked for, also none and empty ones', async () => {
        const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
        for (const body of [bytes, new Uint8Array(0), null]) {
          const { grant } = await story.put(callQuestion(body));
          const stored = await rig.store.body(grant.id, story.user);
          expect(stored === null ? null : Buffer.from(stored)).toEqual(body === null ? null : Buffer.from(body));
        }
      });

      it('live until the grant ends, through approval and execution', async () => {
        const found = await story.approved(callQuestion());
        const claim = begin();
        expect(await rig.store.body(found.grant.id, story.holder)).not.toBeNull();
        const begun = await story.do(claim, found);
        expect(await rig.store.body(found.grant.id, story.holder)).not.toBeNull();
        expect(await rig.holdsBody(found.grant.id)).toBe(true);
        await story.do(finish(claim.call.claimId), begun);
        expect(await rig.store.body(found.grant.id, story.holder)).toBeNull();
        expect(await rig.holdsBody(found.grant.id)).toBe(false);
      });

      it.each([
        ['denied', (on: Found) => deny(on.grant.digest)],
        ['withdrawn', () => withdraw],
      ] as const)('are gone when the request is %s', async (_, command) => {
        const asked = await story.put(callQuestion());
        await story.do(command(asked), asked);
        expect(await rig.store.body(asked.grant.id, story.user)).toBeNull();
        expect(await rig.holdsBody(asked.grant.id)).toBe(false);
      });

      it('are gone when the request has expired', async () => {
        const asked = await story.put(callQuestion());
        await story.shift(asked, (now) => ({ closesAt: now }));
        expect(await rig.store.body(asked.grant.id, story.user)).toBeNull();
      });
    });

    it('I44: grant and audit event are written together, once each', async () => {
      const found = await story.approved(callQuestion());
      const claim = begin();
      const begun = await story.do(claim, found, { known: found });
      await story.do(finish(claim.call.claimId), begun, { known: begun });
      await code(story.do(begin(), found, { known: found }));
      const mine = (await rig.events()).filter(({ grantId }) => grantId === found.grant.id);
      const actions = ['access.requested', 'access.approved', 'call.started', 'call.finished'];
      expect(mine.map(({ action }) => action)).toEqual(actions);
    });

    it('tells of every change, by whichever process, until told to stop', async () => {
      const heard: string[] = [];
      const changed: (() => void)[] = [];
      const stop = rig.store.onChange((id) => {
        heard.push(id);
        for (const wake of changed.splice(0)) wake();
      });
      const told = (id: string) =>
        new Promise<void>((resolve) => {
          const look = () => (heard.includes(id) ? resolve() : changed.push(look));
          look();
        });
      const probe = await story.put(callQuestion(Buffer.from('probe')));
      const first = await story.put(broadQuestion(), story.ada, rig.other);
      await story.do(withdraw, probe);
      await told(first.grant.id);
      await told(probe.grant.id);
      stop();
      const silent = await story.put(callQuestion(), story.ada, rig.other);
      const ended = new Promise<void>((resolve) => {
        const off = rig.store.onChange((id) => {
          if (id !== silent.grant.id) return;
          off();
          resolve();
        });
      });
      await story.do(withdraw, silent, { store: rig.other });
      await ended;
      expect(heard).not.toContain(silent.grant.id);
    });

    listingContract(() => rig);
    deniedQuestionContract(() => rig);

    describe('restart', () => {
      it('mistake 14: keeps what was decided; a claim stays claimed; authority lives on only where no write can be lost', async () => {
        const pending = await story.put(callQuestion(Buffer.from('pending')));
        const used = await story.approved(callQuestion(Buffer.from('used')));
        const claim = begin();
        await story.do(finish(claim.call.claimId), await story.do(claim, used));
        const broad = await story.approved(broadQuestion());
        const { keepsEpoch } = await rig.restart();

        const find = async (on: Found) => (await rig.store.find(on.grant.id, story.holder)) as Found;
        const status = async (on: Found) => {
          const found = await find(on);
          return statusOf(found.grant, found);
        };
        expect(await status(pending)).toBe('pending');
        expect(await status(used)).toBe('executed');
        expect(await status(broad)).toBe(keepsEpoch ? 'approved' : 'voided');
        const answer = keepsEpoch ? 'no refusal' : 'authority_voided';
        expect(await code(story.do(begin(), broad, { known: broad }))).toBe(answer);
        expect(await code(story.do(begin(), used))).toBe('already_used');
        const live = (await rig.store.open(story.ada)).grants.map(({ id }) => id);
        expect(live).toEqual(keepsEpoch ? [pending.grant.id, broad.grant.id] : [pending.grant.id]);
        expect(Buffer.from((await rig.store.body(pending.grant.id, story.user)) ?? []).toString()).toBe('pending');
      });
    });
  });
}
