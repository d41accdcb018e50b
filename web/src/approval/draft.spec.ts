import { decisionBody } from '../../../server/approvals/approvals.contract.js';
import { broadApproval, callApproval } from '../testing/approval-fixture.js';
import { decisionBodyOf, freshDraft, maxCallsOf, problemsOf, restoredDraft } from './draft.js';

const approval = broadApproval();
const fresh = freshDraft(approval);

describe('the draft of a decision', () => {
  it('begins as asked, with what is connected', () => {
    expect(fresh).toMatchObject({
      providers: ['linear', 'notion'],
      level: 'read',
      durationMs: 300_000,
      maxCalls: '',
      note: '',
    });
  });

  it('begins with the longest time on offer when the asked one is not', () => {
    const requested = { level: 'read' as const, providers: ['linear'], durationMs: 7_200_000, maxCalls: 9 };
    expect(freshDraft(broadApproval({}, { requested }))).toMatchObject({ durationMs: 3_600_000, maxCalls: '9' });
  });

  it.each([
    ['', null],
    [' ', null],
    ['1', 1],
    ['10000', 10_000],
    ['0', undefined],
    ['10001', undefined],
    ['-1', undefined],
    ['1e3', undefined],
    ['ten', undefined],
  ])('%j calls are %s', (typed, calls) => {
    expect(maxCallsOf({ ...fresh, maxCalls: typed }, null)).toBe(calls);
    expect(problemsOf({ ...fresh, maxCalls: typed }, approval).callsOutOfRange).toBe(calls === undefined);
  });

  it.each([
    ['', undefined],
    ['1', 1],
    ['20', 20],
    ['21', undefined],
  ])('I12: where 20 calls were asked for, %j are %s', (typed, calls) => {
    const limited = broadApproval({}, { requested: { ...approval.broad!.requested, maxCalls: 20 } });
    const draft = { ...freshDraft(limited), maxCalls: typed };
    expect(maxCallsOf(draft, 20)).toBe(calls);
    expect(problemsOf(draft, limited).callsOutOfRange).toBe(calls === undefined);
  });

  it('says what does not fit', () => {
    expect(problemsOf({ ...fresh, providers: [], note: 'x'.repeat(501) }, approval)).toEqual({
      noneSelected: true,
      callsOutOfRange: false,
      noteTooLong: true,
    });
    expect(problemsOf(freshDraft(callApproval()), callApproval()).noneSelected).toBe(false);
  });
});

describe('I12: the decision body narrows and never widens', () => {
  const table = [
    {
      what: 'a broad approval carries all that was chosen',
      of: approval,
      draft: {
        ...fresh,
        providers: ['linear'],
        maxCalls: '20',
        note: 'Only Billing',
        reasonCode: 'too_broad' as const,
      },
      verdict: 'approve' as const,
      body: {
        decision: 'approve',
        digest: approval.digest,
        note: 'Only Billing',
        providers: ['linear'],
        level: 'read',
        durationMs: 300_000,
        maxCalls: 20,
      },
    },
    {
      what: 'a denial carries the reason and allows nothing',
      of: approval,
      draft: { ...fresh, reasonCode: 'not_now' as const },
      verdict: 'deny' as const,
      body: { decision: 'deny', digest: approval.digest, reasonCode: 'not_now' },
    },
    {
      what: 'an exact call is approved as it is',
      of: callApproval(),
      draft: { ...freshDraft(callApproval()), note: '  ' },
      verdict: 'approve' as const,
      body: { decision: 'approve', digest: callApproval().digest },
    },
  ];
  it.each(table)('$what', ({ of, draft, verdict, body }) => {
    expect(decisionBodyOf(of, draft, verdict)).toEqual(body);
    expect(decisionBody.safeParse(decisionBodyOf(of, draft, verdict)).success).toBe(true);
  });

  it('a kept draft cannot choose what was not asked or is not connected', () => {
    const kept = JSON.stringify({
      ...fresh,
      providers: ['linear', 'github', 'snowflake'],
      level: 'write',
      durationMs: 1,
      note: 'kept',
    });
    expect(restoredDraft(kept, approval)).toMatchObject({
      providers: ['linear'],
      level: 'read',
      durationMs: 300_000,
      note: 'kept',
    });
  });

  it('a provider that the person went to connect joins the choice when it is connected', () => {
    const kept = JSON.stringify({ ...fresh, providers: ['linear'], connecting: 'notion' });
    expect(restoredDraft(kept, approval).providers).toEqual(['linear', 'notion']);
  });

  it.each([null, 'no json', '{}', '{"providers":1}'])('%j is no draft', (kept) => {
    expect(restoredDraft(kept, approval)).toEqual(fresh);
  });
});
