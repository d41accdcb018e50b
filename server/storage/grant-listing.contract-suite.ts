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

    it('refuses a cursor that it never gave', async () => {
      await expect(list({ state: 'ended', cursor: '+' }).catch(codeOf)).resolves.toBe('invalid_arguments');
    });
  });
}
