import { begin, broadQuestion, callQuestion, codeOf, decline, deny, withdraw } from '../../test/support/grants.js';
import type { AuthorityGrant, ReasonCode } from '../grants/authority-grant.js';
import type { Found } from '../grants/grant-store.port.js';
import type { GrantCommand } from '../grants/lifecycle.js';
import type { Question } from '../grants/question.js';
import { type StoreRig, Story } from './grant-store.contract-suite.js';

/** A question that was denied is not put again for a while, whatever the store is built on. */
export function deniedQuestionContract(rig: () => StoreRig): void {
  describe('a question that was denied', () => {
    let story: Story;
    beforeEach(() => {
      story = new Story(rig());
    });

    const code = (work: Promise<unknown>) => work.then(() => 'asked', codeOf);
    const denied = async (question: Question, store = rig().store, reasonCode?: ReasonCode): Promise<Found> => {
      const asked = await story.put(question);
      return story.do(deny(asked.grant.digest, undefined, reasonCode), asked, { holder: story.user, store });
    };

    it.each([
      ['a broad one', broadQuestion()],
      ['an exact call', callQuestion()],
    ])(
      '%s is refused in every session of the client and in every process, and nothing is stored',
      async (_, question) => {
        await denied(question, rig().other);
        const before = (await rig().events()).length;
        const elsewhere = { ...story.ada, sid: 'sid_2' };
        await rig().store.open(elsewhere);
        const sessionStarted = 1;
        expect(await code(story.put(question))).toBe('recently_denied');
        expect(await code(story.put(question, story.ada, rig().other))).toBe('recently_denied');
        expect(await code(story.put(question, elsewhere))).toBe('recently_denied');
        expect((await rig().store.open(story.ada)).grants).toEqual([]);
        expect(await rig().events()).toHaveLength(before + sessionStarted);
      },
    );

    it('another question, another client and another person are not kept from asking', async () => {
      await denied(callQuestion());
      expect(await code(story.put(callQuestion(Buffer.from('another'))))).toBe('asked');
      expect(await code(story.put(broadQuestion()))).toBe('asked');
      expect(await code(story.put(callQuestion(), { ...story.ada, clientId: 'client_editor' }))).toBe('asked');
      expect(await code(story.put(callQuestion(), { ...story.ada, subject: 'user_eve' }))).toBe('asked');
    });

    it('I11: by the store’s clock: it may be put again when the time is over', async () => {
      const first = await denied(callQuestion(), undefined, 'no');
      const shifted = (now: number, ago: number): Partial<AuthorityGrant> => ({
        endedAt: now - ago,
        decision: { ...(first.grant.decision as NonNullable<AuthorityGrant['decision']>), at: now - ago },
      });
      await story.shift(first, (now) => shifted(now, 3_590_000));
      expect(await code(story.put(callQuestion()))).toBe('recently_denied');
      await story.shift(first, (now) => shifted(now, 3_600_000));
      expect(await code(story.put(callQuestion()))).toBe('asked');
    });

    it('an answered denial is seen by every question that is put after it: 20 rounds in two processes', async () => {
      for (let round = 0; round < 20; round += 1) {
        const question = callQuestion(Buffer.from(`${round}`));
        await denied(question, round % 2 ? rig().store : rig().other);
        const sids = [story.ada, { ...story.ada, sid: `sid_${round}` }];
        const puts = sids.flatMap((by) =>
          [rig().store, rig().other].map((store) => code(story.put(question, by, store))),
        );
        expect(await Promise.all(puts)).toEqual(Array(4).fill('recently_denied'));
      }
    });

    it('I13: after three plain denials, in whichever process, nothing about that provider is put, however it is worded', async () => {
      for (let round = 0; round < 3; round += 1) {
        await denied(callQuestion(Buffer.from(`${round}`)), round % 2 ? rig().store : rig().other, 'not_now');
      }
      expect(await code(story.put(callQuestion(Buffer.from('worded anew'))))).toBe('recently_denied');
      expect(await code(story.put(broadQuestion({ providers: ['linear'] })))).toBe('asked');
    });

    it.each([
      ['a broad one', broadQuestion()],
      ['an exact call', callQuestion()],
    ])(
      'I13: %s that was declined at the client is not put again for five minutes, by whichever process',
      async (_, question) => {
        const asked = await story.put(question);
        const declined = await story.do(decline, asked, { store: rig().other });
        expect(await code(story.put(question))).toBe('recently_denied');
        expect(await code(story.put(question, { ...story.ada, sid: 'sid_2' }, rig().other))).toBe('recently_denied');
        expect(await code(story.put(question, { ...story.ada, clientId: 'client_editor' }))).toBe('asked');
        await story.shift(declined, (now) => ({ endedAt: now - 290_000 }));
        expect(await code(story.put(question))).toBe('recently_denied');
        await story.shift(declined, (now) => ({ endedAt: now - 300_000 }));
        expect(await code(story.put(question))).toBe('asked');
      },
    );

    it('I13: declined counts as denied: after three in any mixture nothing about that provider is put', async () => {
      for (const round of [1, 2, 3]) {
        const question = callQuestion(Buffer.from(`${round}`));
        if (round === 2) await denied(question, rig().other, 'not_now');
        else await story.do(decline, await story.put(question));
      }
      expect(await code(story.put(callQuestion(Buffer.from('worded anew'))))).toBe('recently_denied');
      expect(await code(story.put(broadQuestion({ providers: ['linear'] })))).toBe('asked');
    });

    it('what was taken back is no refusal', async () => {
      for (const question of [broadQuestion(), callQuestion()]) {
        await story.do(withdraw, await story.put(question));
        expect(await code(story.put(question))).toBe('asked');
      }
    });

    it('what was approved, withdrawn or used is no denial', async () => {
      const used = await story.approved(callQuestion());
      const claim = begin();
      const begun = await story.do(claim, used);
      const end: GrantCommand = { type: 'finish', claimId: claim.call.claimId, status: 200, answerBytes: 0 };
      await story.do(end, begun);
      expect(await code(story.put(callQuestion()))).toBe('asked');
    });
  });
}
