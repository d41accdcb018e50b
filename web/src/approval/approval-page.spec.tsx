import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import type { Approval, DecisionBody } from '../../../server/approvals/approvals.contract.js';
import { ApiContext } from '../api/api.js';
import type { ApprovalsApi } from '../api/approvals.js';
import { approvedDecision, broadApproval, callApproval, NOW } from '../testing/approval-fixture.js';
import { ANA, fakeApi, never, refusal } from '../testing/fake-api.js';
import { installView, scrollToEnds } from '../testing/fake-view.js';
import { AccountContext } from '../ui/account.js';
import { ApprovalPage } from './approval-page.js';

const ID = broadApproval().id;

beforeEach(() => {
  installView();
  sessionStorage.clear();
});

/** Shows the page of a request whose first answer is `approval`; `decide` and later readings are the test's. */
function show(approval: Approval | Error, rest: Partial<ApprovalsApi> = {}, goTo: (url: string) => void = jest.fn()) {
  const read: ApprovalsApi['read'] = async (_, options) => {
    if (options?.after !== undefined) return never();
    if (approval instanceof Error) throw approval;
    return { ...approval, now: Date.now(), closesAt: approval.closesAt - NOW + Date.now() };
  };
  const connect = async (_token: string, slug: string, returnTo: string) => `/to/${slug}?back=${returnTo}`;
  const api = fakeApi({ approvals: { read, ...rest }, integrations: { connect }, goTo });
  return render(
    <ApiContext value={api}>
      <AccountContext value={ANA}>
        <ApprovalPage id={ID} />
      </AccountContext>
    </ApiContext>,
  );
}

/** By its text: jsdom's names put spaces around isolated words. */
const heading = (text: string | RegExp) =>
  waitFor(() => {
    const title = screen.getByRole('heading', { level: 1 });
    expect(title.textContent).toMatch(text);
    return title;
  });
const button = (name: string) => screen.getByRole('button', { name });
const isInert = (name: string) => button(name).getAttribute('aria-disabled') === 'true';
const untilWorking = (name: string) => waitFor(() => expect(isInert(name)).toBe(false), { timeout: 3000 });

describe('a broad request', () => {
  it('shows who asks, for what, and the assistant’s words as its own', async () => {
    show(broadApproval());
    await heading(/Let Claude Code read Linear and Notion for 5.minutes\?/);
    expect(screen.getByText('name not verified')).toBeTruthy();
    expect(screen.getByText('client_01')).toBeTruthy();
    expect(screen.getByRole('group', { name: 'May read' })).toBeTruthy();
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Snowflake, not connected' }).disabled).toBe(true);
    expect(screen.queryByRole('radio', { name: /Read and write/ })).toBeNull();
    expect(screen.getByText('In the assistant’s own words')).toBeTruthy();
  });

  it('sends what was chosen and shows what the server says', async () => {
    const sent: DecisionBody[] = [];
    const decide: ApprovalsApi['decide'] = async (of, body) => {
      sent.push(body);
      const granted = { level: 'read' as const, providers: ['linear'], durationMs: 300_000, maxCalls: 20 };
      const expiresAt = of.now + 300_000;
      return broadApproval(
        { status: 'approved', version: 2, decision: approvedDecision, expiresAt, now: of.now },
        { granted },
      );
    };
    show(broadApproval(), { decide });
    fireEvent.click(await screen.findByRole('checkbox', { name: 'Notion' }));
    fireEvent.change(screen.getByLabelText('calls'), { target: { value: '20' } });
    await untilWorking('Approve');
    fireEvent.click(button('Approve'));
    const title = await heading(/Claude Code may read Linear until/);
    expect(document.activeElement).toBe(title);
    expect(sent).toEqual([
      {
        decision: 'approve',
        digest: 'd'.repeat(64),
        providers: ['linear'],
        level: 'read',
        durationMs: 300_000,
        maxCalls: 20,
      },
    ]);
    expect(screen.getByText(/Asked for:.*no limit/)).toBeTruthy();
  });

  it('I28: Approve is inert for half a second after it is shown', async () => {
    show(broadApproval());
    await screen.findByRole('button', { name: 'Approve' });
    expect(isInert('Approve')).toBe(true);
    await untilWorking('Approve');
  });

  it('says beside the choice why it cannot be approved', async () => {
    show(broadApproval());
    fireEvent.click(await screen.findByRole('checkbox', { name: 'Notion' }));
    fireEvent.click(screen.getByRole('checkbox', { name: 'Linear' }));
    expect(screen.getAllByText('Choose at least one provider, or deny.').length).toBeGreaterThan(0);
    expect(isInert('Approve')).toBe(true);
    expect(isInert('Deny')).toBe(false);
  });

  it('refuses a note that is too long and keeps it', async () => {
    show(broadApproval());
    const note = await screen.findByLabelText<HTMLTextAreaElement>(/Note to the assistant/);
    fireEvent.change(note, { target: { value: 'x'.repeat(501) } });
    expect(screen.getAllByText('The note has 501 characters. At most 500 fit.').length).toBeGreaterThan(0);
    expect(isInert('Deny')).toBe(true);
    expect(note.value).toHaveLength(501);
  });

  it('keeps the choices when it leaves to connect, and restores them', async () => {
    const goTo = jest.fn();
    const first = show(broadApproval(), {}, goTo);
    fireEvent.click(await screen.findByRole('checkbox', { name: 'Linear' }));
    fireEvent.change(screen.getByLabelText(/Note to the assistant/), { target: { value: 'kept' } });
    fireEvent.click(button('Connect Snowflake'));
    await waitFor(() => expect(goTo).toHaveBeenCalledWith(`/to/snowflake-slug?back=/approve/${ID}`));
    first.unmount();
    const providers = (broadApproval().broad?.providers ?? []).map((provider) => ({
      ...provider,
      connection: 'connected' as const,
    }));
    show(broadApproval({}, { providers }));
    expect((await screen.findByRole<HTMLInputElement>('checkbox', { name: 'Snowflake' })).checked).toBe(true);
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Linear' }).checked).toBe(false);
    expect(screen.getByLabelText<HTMLTextAreaElement>(/Note to the assistant/).value).toBe('kept');
  });

  it('lets a write be narrowed to a read', async () => {
    const requested = { level: 'write' as const, providers: ['linear', 'notion'], durationMs: 300_000, maxCalls: null };
    show(broadApproval({ level: 'write' }, { requested }));
    fireEvent.click(await screen.findByRole('radio', { name: /Read only/ }));
    expect(within(screen.getByRole('region', { name: 'Decision' })).getAllByText(/read/)[0]?.textContent).not.toMatch(
      /write/,
    );
  });
});

describe('one exact call', () => {
  it('I31: Approve is inert until the end of every part was in view', async () => {
    show(callApproval({}, { destructive: null }));
    await heading('Let Claude Code archive a page in Notion?');
    act(() => scrollToEnds((end) => end.closest('[aria-label="Body of the request"]') !== null));
    await act(async () => new Promise((resolve) => setTimeout(resolve, 600)));
    expect(isInert('Approve')).toBe(true);
    expect(screen.getByText('Scroll to its end to be able to approve')).toBeTruthy();
    act(() => scrollToEnds());
    await untilWorking('Approve');
    expect(screen.getByText('You have seen all of it')).toBeTruthy();
  });

  it('shows the whole call, both forms of the body, and what would not be seen', async () => {
    const body = {
      bytes: 20,
      lines: 1,
      raw: '{"a":"x\u200b"}',
      formatted: [{ label: 'Body', language: 'json' as const, text: '{\n  "a": "x\u200b"\n}' }],
    };
    show(callApproval({}, { body }));
    await heading('Let Claude Code archive a page in Notion?');
    expect(screen.getByText('One invisible character in the body')).toBeTruthy();
    expect(screen.getByText('added by Countersign when it sends, never shown to the assistant')).toBeTruthy();
    fireEvent.click(screen.getByRole('radio', { name: 'Exact bytes' }));
    expect(screen.getByRole('region', { name: 'Body of the request' }).textContent).toContain('{"a":"x⟨U+200B⟩');
    for (const word of ['copper', 'lantern', 'orbit', 'meadow']) expect(screen.getByText(word)).toBeTruthy();
  });

  it('I29: text of others is text', async () => {
    const evil = '<img src=x onerror=alert(1)>';
    const { container } = show(
      callApproval(
        { reason: evil, client: { id: evil, name: evil } },
        { title: evil, path: `/${evil}`, levelReason: evil },
      ),
    );
    await screen.findAllByText(evil);
    expect(container.querySelector('img')).toBeNull();
  });

  it('a destructive call is held, or confirmed by a check box', async () => {
    show(callApproval());
    await heading(/archive/);
    act(() => scrollToEnds());
    expect(screen.getByRole('button', { name: 'Hold to approve' })).toBeTruthy();
    fireEvent.click(screen.getByLabelText(/I have read the whole call/));
    await untilWorking('Approve');
  });

  it('cannot be approved while its provider is not connected', async () => {
    show(callApproval({}, { connection: 'not_connected', destructive: null }));
    await heading(/archive/);
    act(() => scrollToEnds());
    expect(isInert('Approve')).toBe(true);
    expect(button('Connect Notion')).toBeTruthy();
  });
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
    show(error);
    await heading(title);
    expect(screen.queryByText('Claude Code')).toBeNull();
  });
});

describe('a decision that was not taken', () => {
  it('keeps what was typed and says what holds now', async () => {
    const decide: ApprovalsApi['decide'] = async () => {
      throw refusal(429, 'too_many_requests', { retryAfterMs: 30_000 });
    };
    show(broadApproval(), { decide });
    fireEvent.change(await screen.findByLabelText(/Note to the assistant/), { target: { value: 'kept' } });
    fireEvent.click(button('Deny'));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toMatch(/Wait 30.seconds, then try again.*Nothing was decided/);
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
    show(approval);
    await heading(title);
    expect(screen.getByRole('link', { name: 'My access' })).toBeTruthy();
  });

  it('a live end replaces the sheet, takes the focus and keeps the unsent note', async () => {
    let end: (approval: Approval) => void = () => undefined;
    const read: ApprovalsApi['read'] = (_, options) =>
      options?.after === undefined
        ? Promise.resolve(broadApproval({ now: Date.now(), closesAt: Date.now() + 500_000 }))
        : new Promise((resolve) => {
            end = resolve;
          });
    show(broadApproval(), { read });
    fireEvent.change(await screen.findByLabelText(/Note to the assistant/), { target: { value: 'Only Billing' } });
    await act(async () =>
      end(broadApproval({ status: 'withdrawn', version: 2, withdrawReason: 'by_client', endedAt: NOW })),
    );
    expect(document.activeElement).toBe(await heading('Claude Code took this request back'));
    expect(screen.getByText('Only Billing')).toBeTruthy();
    expect(screen.getByText('It was not sent. Copy it if you want to keep it.')).toBeTruthy();
  });
});
