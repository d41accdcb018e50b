import { approve, begin, broadQuestion, callQuestion, codeOf, emptyView, SETTINGS } from '../../test/support/grants.js';
import type { AuthorityGrant } from './authority-grant.js';
import { transition } from './lifecycle.js';
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
