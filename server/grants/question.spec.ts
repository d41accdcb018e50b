import {
  approve,
  begin,
  broadQuestion,
  callQuestion,
  codeOf,
  decline,
  deny,
  emptyView,
  MINUTE_MS,
  principal,
  SETTINGS,
  withdraw,
} from '../../test/support/grants.js';
import type { DomainError } from '../kernel/domain-error.js';
import type { AuthorityGrant, BroadScope, ReasonCode } from './authority-grant.js';
import { askAgainAt } from './cool-down.js';
import { type GrantCommand, transition } from './lifecycle.js';
import { ask, type Question } from './question.js';

const NOW = 1_795_000_000_000;

function put(question: Question, grants: readonly AuthorityGrant[] = [], elsewhere = 0) {
  return ask({ ...emptyView(NOW), grants }, question, SETTINGS, elsewhere);
}

function pending(question: Question): AuthorityGrant {
  const asked = put(question);
  if ('existing' in asked) throw new Error('not a new request');
  return asked.grant;
}

const numbered = (number: number) => callQuestion(Buffer.from(`${number}`));
const full = Array.from({ length: SETTINGS.pendingMax }, (_, number) => pending(numbered(number)));

describe('I13: questions do not pile up', () => {
  it('refuses the sixth that waits for one person and client, naming those that wait', () => {
    expect(() => put(numbered(9), full)).toThrow(
      expect.objectContaining({ code: 'too_many_pending', details: { requestIds: full.map(({ id }) => id) } }),
    );
  });

  it('counts what the same person and client have pending in other sessions', () => {
    expect(() => put(numbered(9), full.slice(0, 2), 3)).toThrow(expect.objectContaining({ code: 'too_many_pending' }));
    expect(put(numbered(9), full.slice(0, 2), 2)).toHaveProperty('grant');
  });

  it.each([
    ['broad', broadQuestion({}, 'another reason'), broadQuestion()],
    ['broad, its providers in another order', broadQuestion({ providers: ['notion', 'linear'] }), broadQuestion()],
    ['exact', callQuestion(undefined, 'another reason'), callQuestion()],
  ])('the same %s question gets the same request, its first reason unchanged', (_, again, first) => {
    const waiting = pending(first);
    expect(put(again, [waiting])).toEqual({ existing: waiting });
  });

  it('the same question is answered even when no other may be put', () => {
    expect(put(numbered(0), full)).toEqual({ existing: full[0] });
  });

  it.each([
    ['level', broadQuestion({ level: 'read' })],
    ['providers', broadQuestion({ providers: ['notion'] })],
    ['time', broadQuestion({ durationMs: 1 })],
    ['calls', broadQuestion({ maxCalls: 1 })],
  ])('another %s is another question, which withdraws the older one', (_, question) => {
    const older = pending(broadQuestion());
    const asked = put(question, [older]);
    expect(asked).toMatchObject({
      withdrawn: [
        {
          grant: { id: older.id, status: 'withdrawn', withdrawReason: 'superseded' },
          event: { action: 'access.withdrawn' },
        },
      ],
      event: { action: 'access.requested' },
    });
  });

  it('the fifth broad question may replace the older broad one', () => {
    const crowd = [...full.slice(1), pending(broadQuestion())];
    expect(put(broadQuestion({ level: 'read' }), crowd)).toHaveProperty('grant');
  });

  it('an exact call withdraws nothing, and a broad question no exact call', () => {
    expect(put(numbered(9), [pending(broadQuestion()), full[0] as AuthorityGrant])).toMatchObject({ withdrawn: [] });
    expect(put(broadQuestion(), [full[0] as AuthorityGrant])).toMatchObject({ withdrawn: [] });
  });

  it('mistakes 5 and 12: active authority stays, and what was approved is no answer to the same question put again', () => {
    const waiting = pending(broadQuestion());
    const active = transition(waiting, approve(waiting.digest), { now: NOW, epoch: 'epoch-1' }).grant;
    const asked = put(broadQuestion(), [active]);
    expect(asked).toMatchObject({ withdrawn: [], grant: { status: 'pending' } });
  });
});

describe('a new request', () => {
  it('I6: carries no authority', () => {
    for (const question of [broadQuestion(), callQuestion()]) {
      const grant = pending(question);
      expect(grant).toMatchObject({ status: 'pending', version: 1, decision: null, expiresAt: null, epoch: null });
      const refusal = (() => {
        try {
          return transition(grant, begin(), { now: NOW, epoch: 'epoch-1' });
        } catch (error) {
          return codeOf(error);
        }
      })();
      expect(refusal).toBe('request_pending');
    }
  });

  it('I10: keeps the body’s bytes apart, as they were given', () => {
    const bytes = Uint8Array.of(0, 255, 13, 10);
    expect(put(callQuestion(bytes))).toMatchObject({ body: bytes, grant: { call: { bodyBytes: 4 } } });
    expect(put(callQuestion(null))).toMatchObject({ body: null, grant: { call: { bodyBytes: null } } });
    expect(put(callQuestion(new Uint8Array(0)))).toMatchObject({ grant: { call: { bodyBytes: 0 } } });
    expect(put(broadQuestion())).toMatchObject({ body: null });
  });

  it('names each provider once, sorted, and closes by its own time', () => {
    const grant = pending(broadQuestion({ providers: ['notion', 'linear', 'notion'] }));
    expect(grant).toMatchObject({
      requested: { providers: ['linear', 'notion'] },
      closesAt: NOW + SETTINGS.requestTtlMs,
    });
  });
});

describe('after a refusal the same question is not put again for a while', () => {
  const broad = (scope: Partial<BroadScope> = {}, connections?: Record<string, string>) => {
    const question = broadQuestion({ level: 'read', maxCalls: 10, ...scope });
    return connections && question.kind === 'broad' ? { ...question, connections } : question;
  };
  const denied = (question: Question, reasonCode: ReasonCode | null, by = {}) => {
    const put = ask({ ...emptyView(NOW, principal(by)), grants: [] }, question, SETTINGS, 0);
    if ('existing' in put) throw new Error('not a new request');
    const no = { ...deny(put.grant.digest), reasonCode } as GrantCommand;
    return transition(put.grant, no, { now: NOW, epoch: 'epoch-1' }).grant;
  };
  const again = (question: Question, grant: AuthorityGrant, later = 0) => {
    try {
      ask({ ...emptyView(NOW + later), denied: [grant] }, question, SETTINGS, 0);
      return 'asked';
    } catch (error) {
      return codeOf(error);
    }
  };
  const write = broad({ level: 'write' });
  const more = broad({ providers: ['linear', 'notion', 'snowflake'] });
  const other = broad({ providers: ['snowflake'] });
  const fewer = broad({ providers: ['linear'] });
  const shorter = broad({ durationMs: MINUTE_MS });
  const onceLess = broad({ maxCalls: 9 });
  const unlimited = broad({ maxCalls: null });

  it.each<[reason: ReasonCode | null, minutes: number]>([
    ['no', 60],
    ['too_broad', 15],
    ['wrong_account', 15],
    ['not_now', 5],
    [null, 5],
  ])('for %s: %s minutes', (reasonCode, minutes) => {
    for (const question of [broad(), callQuestion()]) {
      const grant = denied(question, reasonCode);
      expect(again(question, grant, minutes * MINUTE_MS - 1)).toBe('recently_denied');
      expect(again(question, grant, minutes * MINUTE_MS)).toBe('asked');
      expect(askAgainAt(grant)).toBe(NOW + minutes * MINUTE_MS);
    }
  });

  it('declined at the client: five minutes, and says so; taken back is no refusal', () => {
    for (const question of [broad(), callQuestion()]) {
      const grant = transition(pending(question), decline, { now: NOW, epoch: 'epoch-1' }).grant;
      expect(again(question, grant, 5 * MINUTE_MS - 1)).toBe('recently_denied');
      expect(again(question, grant, 5 * MINUTE_MS)).toBe('asked');
      expect(askAgainAt(grant)).toBe(NOW + 5 * MINUTE_MS);
      const put = () => ask({ ...emptyView(NOW), denied: [grant] }, question, SETTINGS, 0);
      expect(put).toThrow('The user declined this question a while ago. It is not put again for another 5 minutes.');
      const takenBack = transition(pending(question), withdraw, { now: NOW, epoch: 'epoch-1' }).grant;
      expect([again(question, takenBack), askAgainAt(takenBack)]).toEqual(['asked', null]);
    }
  });

  it.each<[reason: ReasonCode, refused: Question[], asked: Question[]]>([
    ['no', [broad(), broad({}, {}), write, more, shorter, onceLess, unlimited], [fewer, other, callQuestion()]],
    ['not_now', [broad(), write, more, shorter], [fewer, other]],
    ['too_broad', [broad(), write, more, unlimited], [fewer, other, shorter, onceLess]],
    [
      'wrong_account',
      [broad(), write, more],
      [fewer, other, broad({}, { linear: 'account_right', notion: 'account_notion' })],
    ],
  ])('for %s a wider question is the same one, and a narrower or another one is not', (reasonCode, refused, asked) => {
    const grant = denied(broad(), reasonCode);
    expect(refused.map((question) => again(question, grant))).toEqual(refused.map(() => 'recently_denied'));
    expect(asked.map((question) => again(question, grant))).toEqual(asked.map(() => 'asked'));
  });

  it('an exact call is the same by its bytes; on the right account it is another one', () => {
    const [no, wrong] = [denied(callQuestion(), 'no'), denied(callQuestion(), 'wrong_account')];
    const elsewhere = { ...callQuestion(), connection: 'account_right' } as Question;
    expect([again(callQuestion(undefined, 'another reason'), no), again(elsewhere, no)]).toEqual([
      'recently_denied',
      'recently_denied',
    ]);
    expect([again(callQuestion(), wrong), again(elsewhere, wrong)]).toEqual(['recently_denied', 'asked']);
    expect([again(callQuestion(Buffer.from('{}')), no), again(broad(), no)]).toEqual(['asked', 'asked']);
  });

  it('in another organization it is another question', () => {
    expect(again(broad(), denied(broad(), 'no', { organization: 'org_beta' }))).toBe('asked');
  });

  it('says how long to wait, which request it was, and why', () => {
    const grant = denied(broad(), 'too_broad');
    const put = () =>
      ask({ ...emptyView(NOW + MINUTE_MS), denied: [denied(broad(), null), grant] }, broad(), SETTINGS, 0);
    expect(put).toThrow(
      expect.objectContaining({
        message: 'The user denied this question a while ago. It is not put again for another 14 minutes.',
        details: { requestId: grant.id, retryAfterMs: 14 * MINUTE_MS, refusalReason: 'too_broad' },
      }),
    );
  });

  describe('I13: worded anew', () => {
    const deniedAt = (minute: number, question: Question, reasonCode: ReasonCode | null = 'not_now') => {
      const grant = denied(question, reasonCode);
      const { decision } = grant;
      return { ...grant, decision: decision && { ...decision, at: NOW + minute * MINUTE_MS } } as AuthorityGrant;
    };
    const worded = (space: string) => callQuestion(Buffer.from(`{"title":${space}"x"}`));
    const putAt = (minute: number, question: Question, ...before: AuthorityGrant[]) => {
      try {
        ask({ ...emptyView(NOW + minute * MINUTE_MS), denied: before }, question, SETTINGS, 0);
        return 'asked';
      } catch (error) {
        return `${codeOf(error)} for ${(error as DomainError).details.retryAfterMs}`;
      }
    };
    const three = [deniedAt(0, worded(' ')), deniedAt(2, worded('  ')), deniedAt(4, worded('   '), null)];

    it('after three plain denials for one provider every question about it waits, until 15 minutes after the last', () => {
      expect(putAt(5, worded('    '), ...three.slice(0, 2))).toBe('asked');
      expect(putAt(5, worded('    '), ...three)).toBe(`recently_denied for ${14 * MINUTE_MS}`);
      expect(putAt(5, broad({ providers: ['notion'] }), ...three)).toBe(`recently_denied for ${14 * MINUTE_MS}`);
      expect(putAt(19, worded('    '), ...three)).toBe('asked');
    });

    it('another provider may be asked for, and denials that ask for another question do not count', () => {
      expect(putAt(5, other, ...three)).toBe('asked');
      for (const reasonCode of ['too_broad', 'wrong_account'] as const) {
        const mended = [' ', '  ', '   '].map((space, minute) => deniedAt(minute, worded(space), reasonCode));
        expect(putAt(5, worded('    '), ...mended)).toBe('asked');
      }
    });

    it('denials that lie further apart are no refusal of everything', () => {
      expect(
        putAt(21, worded('    '), deniedAt(0, worded(' ')), ...three.slice(0, 1), deniedAt(20, worded('  '))),
      ).toBe('asked');
    });
  });

  it('a request that waits already is answered as before', () => {
    const waiting = pending(broad());
    const put = ask({ ...emptyView(NOW), grants: [waiting], denied: [denied(broad(), 'no')] }, broad(), SETTINGS, 0);
    expect(put).toEqual({ existing: waiting });
  });
});
