import { act, fireEvent, screen } from '@testing-library/react';
import type { Approval } from '../../../server/approvals/approvals.contract.js';
import type { ApprovalsApi } from '../api/approvals.js';
import { approvedDecision, broadApproval, callApproval, NOW } from '../testing/approval-fixture.js';
import { refusal } from '../testing/fake-api.js';
import { installView } from '../testing/fake-view.js';
import { button, heading, showApproval } from '../testing/show-approval.js';

beforeEach(() => {
  installView();
  sessionStorage.clear();
});

describe('doors that stay closed', () => {
  it.each([
    [refusal(401, 'not_signed_in'), 'Sign in to read and decide'],
    [refusal(404, 'not_found'), 'There is no request here for this account'],
    [
      refusal(403, 'org_mismatch', { organization: { id: 'o2', name: 'Beta' } }),
      'This request is for another organization',
    ],
    [refusal(503, 'store_unavailable'), 'That did not work'],
  ])('%s', async (error, title) => {
    showApproval(error);
    await heading(title);
    expect(screen.queryByText('Claude Code')).toBeNull();
  });
});

describe('a decision that was not taken', () => {
  it('keeps what was typed and says what holds now', async () => {
    const decide: ApprovalsApi['decide'] = async () => {
      throw refusal(400, 'wider_than_asked');
    };
    showApproval(broadApproval(), { decide });
    fireEvent.change(await screen.findByLabelText(/Note to the assistant/), { target: { value: 'kept' } });
    fireEvent.click(button('Deny'));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toMatch(/You can allow less than was asked, not more/);
    expect(screen.getByLabelText<HTMLTextAreaElement>(/Note to the assistant/).value).toBe('kept');
  });
});

describe('outcomes', () => {
  const call = (patch: Partial<Approval>) => callApproval({ decision: approvedDecision, endedAt: NOW, ...patch });
  const ran = (status: number | null) => ({
    startedAt: NOW - 500,
    finishedAt: NOW - 88,
    status,
    answerBytes: status === null ? null : 1284,
    failure: null,
  });
  it.each([
    ['Approved. The call has not run yet.', call({ status: 'approved', expiresAt: NOW + 1e9 })],
    ['Approved. The call is running.', call({ status: 'executing', execution: ran(null) })],
    ['The call ran once. Notion answered 200 OK.', call({ status: 'executed', execution: ran(200) })],
    ['Notion answered 400 Bad Request', call({ status: 'executed', execution: ran(400) })],
    ['The call was not sent', call({ status: 'failed', execution: ran(null) })],
    ['The call may have run', call({ status: 'outcome_unknown', execution: ran(null) })],
    [
      'You denied the request. Nothing was allowed.',
      broadApproval({
        status: 'denied',
        decision: { ...approvedDecision, outcome: 'denied', reasonCode: 'too_broad' },
      }),
    ],
    [/^This request closed at .* without a decision$/, broadApproval({ status: 'expired' })],
    [
      'Claude Code took this request back',
      broadApproval({ status: 'withdrawn', withdrawReason: 'superseded', endedAt: NOW }),
    ],
    [/^This approval was revoked at/, broadApproval({ status: 'revoked', decision: approvedDecision, endedAt: NOW })],
    [/^This approval ended when/, broadApproval({ status: 'voided', decision: approvedDecision, endedAt: NOW })],
  ])('%s', async (title, approval) => {
    showApproval(approval);
    await heading(title);
    expect(screen.getByRole('link', { name: 'My access' })).toBeTruthy();
  });

  describe('a denial tells for how long the assistant is kept from asking', () => {
    const at = Date.now();
    const denied = (patch: Partial<NonNullable<Approval['decision']>>) =>
      broadApproval({ status: 'denied', decision: { ...approvedDecision, outcome: 'denied', at, ...patch } });

    it('the same question', async () => {
      showApproval(denied({ askAgainAt: at + 900_000 }));
      await heading(/You denied/);
      expect(
        screen.getByText(/It cannot put the same question again for 15.minutes, until \d\d:\d\d:\d\d\.$/),
      ).toBeTruthy();
    });

    it('anything about a provider, after a denial too many', async () => {
      const brake = { until: at + 900_000, providers: ['Linear', 'Notion'] };
      showApproval(denied({ askAgainAt: at + 300_000, brake }));
      await heading(/You denied/);
      const said = screen.getByText(/for 5.minutes, until/).textContent;
      expect(said).toMatch(
        /You denied several of its questions, so it can ask nothing about .?Linear.? and .?Notion.? until/,
      );
    });

    it('not when the time is over', async () => {
      showApproval(denied({ askAgainAt: at - 1, brake: { until: at - 1, providers: ['Linear'] } }));
      await heading(/You denied/);
      expect(screen.queryByText(/until/)).toBeNull();
    });
  });

  it('a live end replaces the sheet, takes the focus and keeps the unsent note', async () => {
    let end: (approval: Approval) => void = () => undefined;
    const read: ApprovalsApi['read'] = (_, options) =>
      options?.after === undefined
        ? Promise.resolve(broadApproval({ now: Date.now(), closesAt: Date.now() + 500_000 }))
        : new Promise((resolve) => {
            end = resolve;
          });
    showApproval(broadApproval(), { read });
    fireEvent.change(await screen.findByLabelText(/Note to the assistant/), { target: { value: 'Only Billing' } });
    await act(async () =>
      end(broadApproval({ status: 'withdrawn', version: 2, withdrawReason: 'by_client', endedAt: NOW })),
    );
    expect(document.activeElement).toBe(await heading('Claude Code took this request back'));
    expect(screen.getByText('Only Billing')).toBeTruthy();
    expect(screen.getByText('It was not sent. Copy it if you want to keep it.')).toBeTruthy();
  });
});
