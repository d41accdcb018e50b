import {
  approve,
  approver,
  begin,
  broadQuestion,
  callQuestion,
  codeOf,
  deny,
  MINUTE_MS,
  withdraw,
} from '../../test/support/grants.js';
import type { GrantStatus } from '../grants/authority-grant.js';
import type { Found, GrantPage, GrantQuery } from '../grants/grant-store.port.js';
import { type StoreRig, Story } from './grant-store.contract-suite.js';

/** What a person's list must show, whatever the store is built on. */
export function listingContract(rig: () => StoreRig): void {
  describe('a person’s list', () => {
    let story: Story;
    beforeEach(() => {
      story = new Story(rig());
    });

    const list = (query: Partial<GrantQuery> & Pick<GrantQuery, 'state'>) =>
      rig().store.list(story.ada.subject, { limit: 100, ...query });
    const ids = (page: GrantPage) => page.grants.map(({ id }) => id);

    it('shows grants of all clients and sessions by state, and nobody else’s', async () => {
      const laptop = { ...story.ada, sid: 'sid_2' };
      const editor = { ...story.ada, clientId: 'client_editor' };
      const pending = await story.put(callQuestion(), laptop);
      const active = await story.approved(broadQuestion());
      const running = await story.approved(callQuestion(Buffer.from('running')));
      await story.do(begin(), running);
      const denied = await story.put(callQuestion(), editor);
      await story.do(deny(denied.grant.digest), denied, { holder: story.user });
      await story.put(callQuestion(), { ...story.ada, subject: 'user_eve' });

      expect(ids(await list({ state: 'pending' }))).toEqual([pending.grant.id]);
      expect(ids(await list({ state: 'active' })).sort()).toEqual([active.grant.id, running.grant.id].sort());
      expect(ids(await list({ state: 'ended' }))).toEqual([denied.grant.id]);
      expect(ids(await list({ state: 'ended', clientId: 'client_editor' }))).toEqual([denied.grant.id]);
      expect(ids(await list({ state: 'ended', clientId: 'client_code' }))).toEqual([]);
      expect(ids(await rig().store.list('user_nobody', { state: 'pending', limit: 10 }))).toEqual([]);
    });

    it('filters by provider, outcome and time of asking, both ends inclusive', async () => {
      const linear = await story.put(broadQuestion({ providers: ['linear'] }));
      await story.do(deny(linear.grant.digest), linear);
      const closed = await story.put(callQuestion());
      await story.shift(closed, (now) => ({ closesAt: now }));
      const at = linear.grant.requestedAt;

      expect(ids(await list({ state: 'ended', provider: 'linear' }))).toEqual([linear.grant.id]);
      expect(ids(await list({ state: 'ended', provider: 'notion' }))).toEqual([closed.grant.id]);
      expect(ids(await list({ state: 'ended', outcome: 'expired' }))).toEqual([closed.grant.id]);
      expect(ids(await list({ state: 'ended', outcome: 'denied' }))).toEqual([linear.grant.id]);
      expect(ids(await list({ state: 'ended', outcome: 'denied', from: at, to: at }))).toEqual([linear.grant.id]);
      expect(ids(await list({ state: 'ended', from: at + MINUTE_MS }))).toEqual([]);
      expect(ids(await list({ state: 'ended', to: at - 1 }))).toEqual([]);
    });

    it('pages newest first, each grant once, with a cursor that ends', async () => {
      const asked: string[] = [];
      for (let round = 0; round < 7; round += 1) {
        const found = await story.put(callQuestion(Buffer.from(`${round}`)));
        await story.do(deny(found.grant.digest), found);
        asked.push(found.grant.id);
      }
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await list({ state: 'ended', limit: 3, ...(cursor === undefined ? {} : { cursor }) });
        const times = page.grants.map(({ requestedAt }) => requestedAt);
        expect(times).toEqual([...times].sort((a, b) => b - a));
        seen.push(...ids(page));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(seen).toHaveLength(7);
      expect(new Set(seen)).toEqual(new Set(asked));
    });

    it('every combination of filters, in pages of two, loses and repeats nothing', async () => {
      const clients = ['client_code', 'client_editor'];
      const all: { grant: Found['grant']; status: GrantStatus }[] = [];
      for (let round = 0; round < 12; round += 1) {
        const by = { ...story.ada, clientId: clients[round % 2] as string, sid: `sid_${round}` };
        const question =
          round % 3 === 0 ? broadQuestion({ providers: ['linear'] }) : callQuestion(Buffer.from(`${round}`));
        const found = await story.put(question, by);
        const holder = { by: 'principal', principal: by } as const;
        const command = round % 4 < 2 && round % 3 > 0 ? deny(found.grant.digest) : withdraw;
        all.push({ grant: found.grant, status: (await story.do(command, found, { holder })).grant.status });
      }
      const times = all.map(({ grant }) => grant.requestedAt).sort((a, b) => a - b);
      const [from, to] = [times[2] as number, times[9] as number];
      for (const provider of [undefined, 'linear', 'notion'])
        for (const clientId of [undefined, ...clients])
          for (const outcome of [undefined, 'denied', 'withdrawn'] as const)
            for (const range of [{}, { from }, { to }, { from, to }]) {
              const query = {
                ...range,
                ...(provider === undefined ? {} : { provider }),
                ...(clientId === undefined ? {} : { clientId }),
                ...(outcome === undefined ? {} : { outcome }),
              };
              const expected = all.filter(
                ({ grant, status }) =>
                  (provider === undefined || (grant.kind === 'broad') === (provider === 'linear')) &&
                  (clientId === undefined || grant.principal.clientId === clientId) &&
                  (outcome === undefined || status === outcome) &&
                  grant.requestedAt >= ('from' in range ? from : 0) &&
                  grant.requestedAt <= ('to' in range ? to : Number.MAX_SAFE_INTEGER),
              );
              const seen: string[] = [];
              let cursor: string | null = null;
              do {
                const page: GrantPage = await list({
                  state: 'ended',
                  ...query,
                  limit: 2,
                  ...(cursor ? { cursor } : {}),
                });
                seen.push(...ids(page));
                cursor = page.nextCursor;
              } while (cursor !== null);
              expect([query, seen.sort()]).toEqual([query, expected.map(({ grant }) => grant.id).sort()]);
            }
    });

    it('pages pending grants too', async () => {
      for (let round = 0; round < 3; round += 1) await story.put(callQuestion(Buffer.from(`${round}`)));
      const first = await list({ state: 'pending', limit: 2 });
      const second = await list({ state: 'pending', limit: 2, cursor: first.nextCursor ?? '' });
      expect([...ids(first), ...ids(second)].sort()).toEqual(ids(await list({ state: 'pending' })).sort());
      expect(second.nextCursor).toBeNull();
    });

    it.each(['pending', 'active'] as const)('pages %s grants beyond one page, each once', async (state) => {
      const asked: string[] = [];
      for (let round = 0; round < 110; round += 1) {
        const session = { ...story.ada, sid: `sid_${round}` };
        const found = await story.put(broadQuestion(), session);
        if (state === 'active') {
          await story.do(approve(found.grant.digest, null, approver(session)), found, { holder: story.user });
        }
        asked.push(found.grant.id);
      }
      const first = await list({ state });
      const second = await list({ state, cursor: first.nextCursor ?? '' });
      expect([first, second].map(({ grants }) => grants.length)).toEqual([100, 10]);
      expect([...ids(first), ...ids(second)].sort()).toEqual(asked.sort());
      expect(second.nextCursor).toBeNull();
    });

    it('follows a grant from state to state', async () => {
      const asked = await story.put(broadQuestion());
      const approved = await story.do(approve(asked.grant.digest, null, approver(story.ada)), asked);
      expect(ids(await list({ state: 'pending' }))).toEqual([]);
      expect(ids(await list({ state: 'active' }))).toEqual([approved.grant.id]);
      await story.shift(approved, (now) => ({ expiresAt: now }));
      expect(ids(await list({ state: 'active' }))).toEqual([]);
      expect(ids(await list({ state: 'ended', outcome: 'expired' }))).toEqual([approved.grant.id]);
    });

    it('says how many match in all on a counted first page, of every state', async () => {
      for (let round = 0; round < 5; round += 1) {
        const found = await story.put(callQuestion(Buffer.from(`${round}`)));
        await story.do(round < 3 ? deny(found.grant.digest) : withdraw, found);
      }
      await story.put(callQuestion(Buffer.from('pending')));
      await story.approved(broadQuestion());
      const total = async (query: Parameters<typeof list>[0]) => (await list({ limit: 2, ...query })).total;
      expect(await total({ state: 'ended', isCounted: true })).toBe(5);
      expect(await total({ state: 'ended', outcome: 'denied', isCounted: true })).toBe(3);
      expect(await total({ state: 'ended', clientId: 'client_editor', isCounted: true })).toBe(0);
      expect(await total({ state: 'pending', isCounted: true })).toBe(1);
      expect(await total({ state: 'active', isCounted: true })).toBe(1);
      expect(await total({ state: 'ended' })).toBeNull();
      const { nextCursor } = await list({ state: 'ended', limit: 2, isCounted: true });
      expect(await total({ state: 'ended', isCounted: true, cursor: nextCursor ?? '' })).toBeNull();
    });

    it('looks at 1,000 records for one page and no further: it counts no more, and goes on from there', async () => {
      const first = await story.put(broadQuestion({ providers: ['linear'] }));
      await story.do(deny(first.grant.digest), first);
      for (let round = 0; round < 1_000; round += 1) {
        const found = await story.put(callQuestion(Buffer.from(`${round}`)));
        await story.do(withdraw, found);
      }
      const counted = await list({ state: 'ended', limit: 50, isCounted: true });
      expect([counted.grants.length, counted.total]).toEqual([50, null]);
      const short = await list({ state: 'ended', provider: 'linear', isCounted: true });
      expect([ids(short), short.total]).toEqual([[], null]);
      const rest = await list({ state: 'ended', provider: 'linear', cursor: short.nextCursor ?? '' });
      expect([ids(rest), rest.nextCursor]).toEqual([[first.grant.id], null]);
      // What was asked after the last day that is wanted is not looked at.
      const early = await list({
        state: 'ended',
        provider: 'linear',
        to: first.grant.requestedAt,
        isCounted: true,
      });
      expect([ids(early), early.total]).toEqual([[first.grant.id], 1]);
    });

    it('can be narrowed to every provider and client that occurs in it, in whatever state, and to nobody else’s', async () => {
      const editor = { ...story.ada, clientId: 'client_editor' };
      await rig().store.open(story.ada, 'Code');
      await story.put(broadQuestion({ providers: ['linear', 'snowflake'] }));
      const found = await story.put(callQuestion());
      await story.do(withdraw, found);
      await rig().store.open(story.ada, 'Claude Code');
      await story.put(callQuestion(Buffer.from('again')));
      await story.put(callQuestion(), editor);
      await story.put(broadQuestion({ providers: ['github'] }), { ...story.ada, subject: 'user_eve' });
      const { providers, clients } = await rig().store.choices(story.ada.subject);
      expect([...providers].sort()).toEqual(['linear', 'notion', 'snowflake']);
      expect([...clients].sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([
        { id: 'client_code', name: 'Claude Code' },
        { id: 'client_editor', name: null },
      ]);
      expect(await rig().store.choices('user_nobody')).toEqual({ providers: [], clients: [] });
    });

    it('refuses a cursor that it never gave', async () => {
      await expect(list({ state: 'ended', cursor: '+' }).catch(codeOf)).resolves.toBe('invalid_arguments');
    });
  });
}
