import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import type { Approval, DecisionBody } from '../../../server/approvals/approvals.contract.js';
import type { ApprovalsApi } from '../api/approvals.js';
import { ApiError } from '../api/http.js';
import { approvedDecision, broadApproval, callApproval, NOW } from '../testing/approval-fixture.js';
import { never, refusal } from '../testing/fake-api.js';
import { installView } from '../testing/fake-view.js';
import { button, heading, isInert, showApproval, untilWorking } from '../testing/show-approval.js';

beforeEach(() => {
  installView();
  sessionStorage.clear();
});

const note = () => screen.getByLabelText<HTMLTextAreaElement>(/Note to the assistant/);
const type = (text: string) => fireEvent.change(note(), { target: { value: text } });
const fails = (error: Error): Partial<ApprovalsApi> => ({
  decide: async () => {
    throw error;
  },
});
/** A page that is open, and the server's next word about its request. */
function openPage(approval: Approval, rest: Partial<ApprovalsApi> = {}) {
  let say: (next: Approval) => void = () => undefined;
  const current = { ...approval, now: Date.now(), closesAt: Date.now() + 500_000 };
  const read: ApprovalsApi['read'] = (_, options) =>
    options?.after === undefined
      ? Promise.resolve(current)
      : new Promise((resolve) => {
          say = resolve;
        });
  showApproval(approval, { read, ...rest });
  return (next: Approval) => act(async () => say(next));
}

describe('a decision that was not taken leaves the request and what was typed', () => {
  it.each<[string, Error, RegExp]>([
    [
      'lost network',
      new ApiError({ kind: 'no-answer', wasSent: false }),
      /Your decision did not arrive.*Nothing was allowed/,
    ],
    [
      'no answer',
      new ApiError({ kind: 'no-answer', wasSent: true }),
      /We do not know yet whether your decision arrived/,
    ],
    ['a store that is away', refusal(503, 'store_unavailable'), /We do not know yet whether your decision arrived/],
    ['session over', refusal(401, 'not_signed_in'), /You were signed out while you were reading.*Nothing was decided/],
    ['fresh sign-in asked', refusal(401, 'reauthentication_required'), /Sign in again to decide this/],
    ['another sign-in', refusal(403, 'csrf_refused'), /Your sign-in changed while you were reading/],
    ['widened', refusal(400, 'wider_than_asked'), /You can allow less than was asked, not more/],
    ['not connected', refusal(409, 'connection_required'), /A provider is not connected/],
    [
      'unknown provider',
      refusal(400, 'invalid_arguments', { fields: [{ field: 'providers', problem: 'unknown “acme”' }] }),
      /Nothing was decided.*providers: unknown “acme”/,
    ],
  ])('%s', async (_, error, message) => {
    let answers = 0;
    const read: ApprovalsApi['read'] = async (__, options) => {
      if (options?.after !== undefined) return never();
      answers += 1;
      if (answers > 1) return never();
      return broadApproval({ now: Date.now(), closesAt: Date.now() + 500_000 });
    };
    showApproval(broadApproval(), { read, ...fails(error) });
    await heading(/Let Claude Code read/);
    type('Only Billing');
    fireEvent.click(screen.getByRole('checkbox', { name: 'Notion' }));
    fireEvent.click(button('Deny'));
    expect((await screen.findByRole('alert')).textContent).toMatch(message);
    expect(note().value).toBe('Only Billing');
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Notion' }).checked).toBe(false);
    expect(isInert('Deny')).toBe(false);
  });

  it('says when the server then tells that it did not arrive', async () => {
    const error = new ApiError({ kind: 'no-answer', wasSent: true });
    showApproval(broadApproval(), fails(error));
    await heading(/Let Claude Code read/);
    fireEvent.click(button('Deny'));
    await screen.findByText('We do not know yet whether your decision arrived');
    await screen.findByText('Your decision did not arrive');
  });

  it('offers the way back to whom was signed out', async () => {
    showApproval(broadApproval(), fails(refusal(401, 'not_signed_in')));
    await heading(/Let Claude Code read/);
    fireEvent.click(button('Deny'));
    const link = await screen.findByRole('link', { name: 'Sign in with your company account' });
    expect(link.getAttribute('href')).toContain('returnTo=%2Fapprove%2F');
  });
});

describe('a decision is sent once', () => {
  it('however often the button is pressed', async () => {
    const sent: DecisionBody[] = [];
    const decide: ApprovalsApi['decide'] = (_, body) => {
      sent.push(body);
      return never();
    };
    showApproval(broadApproval(), { decide });
    await heading(/Let Claude Code read/);
    await untilWorking('Approve');
    fireEvent.click(button('Approve'));
    fireEvent.click(button('Sending…'));
    fireEvent.click(button('Deny'));
    expect(sent).toHaveLength(1);
    expect([isInert('Sending…'), isInert('Deny')]).toEqual([true, true]);
    expect(note().readOnly).toBe(true);
  });
});

describe('what happens meanwhile', () => {
  it('a changed call is never exchanged under the eyes of the person', async () => {
    const say = openPage(callApproval({}, { destructive: null }));
    await heading(/archive/);
    type('kept');
    const other = { digest: 'e'.repeat(64), version: 2, now: Date.now(), closesAt: Date.now() + 500_000 };
    await say(callApproval(other, { destructive: null, words: ['other', 'lantern', 'orbit', 'meadow'] }));
    expect(document.activeElement).toBe(await heading('This call changed while you were reading'));
    expect(screen.getByText('copper lantern orbit meadow')).toBeTruthy();
    expect(screen.getByText('other lantern orbit meadow')).toBeTruthy();
    fireEvent.click(button('Show the request again'));
    await heading(/archive/);
    expect(note().value).toBe('kept');
  });

  it.each<[string, Partial<Approval>, RegExp]>([
    [
      'decided in another tab',
      { status: 'denied', decision: { ...approvedDecision, outcome: 'denied' } },
      /^You denied this request at/,
    ],
    [
      'approved in another tab',
      { status: 'approved', decision: approvedDecision, expiresAt: Date.now() + 1e6 },
      /^You approved this request at/,
    ],
    ['withdrawn', { status: 'withdrawn', withdrawReason: 'by_client' }, /took this request back/],
    ['superseded', { status: 'withdrawn', withdrawReason: 'superseded' }, /took this request back/],
    ['put away', { status: 'withdrawn', withdrawReason: 'by_user' }, /^You put this request away/],
    ['expired', { status: 'expired' }, /^This request closed at .* without a decision/],
  ])('%s: the page says so by itself, and keeps the note', async (_, patch, title) => {
    const say = openPage(broadApproval());
    await heading(/Let Claude Code read/);
    type('Only Billing');
    await say(broadApproval({ ...patch, version: 2, endedAt: NOW }));
    expect(document.activeElement).toBe(await heading(title));
    expect(screen.getByText('Only Billing')).toBeTruthy();
    expect(screen.getByText('It was not sent. Copy it if you want to keep it.')).toBeTruthy();
  });

  it('expiry, which changes no version: the page asks when the time is over, and says so by itself', async () => {
    const closesAt = Date.now() + 300;
    const read: ApprovalsApi['read'] = async (_, options) => {
      // The long poll hears nothing of it.
      if (options?.after !== undefined) return never();
      return broadApproval({ now: Date.now(), closesAt, status: Date.now() < closesAt ? 'pending' : 'expired' });
    };
    showApproval(broadApproval(), { read });
    await heading(/Let Claude Code read/);
    type('Only Billing');
    await screen.findByRole('heading', { level: 1, name: /^This request closed at/ }, { timeout: 3_000 });
    expect(screen.getByText('Only Billing')).toBeTruthy();
  });

  it('an approved call shows what came of it when it has run', async () => {
    const approved = { status: 'approved' as const, decision: approvedDecision, expiresAt: Date.now() + 1e6 };
    const say = openPage(callApproval({ ...approved, version: 2 }));
    await heading('Approved. The call has not run yet.');
    const execution = { startedAt: NOW, finishedAt: NOW + 412, status: null, answerBytes: null, failure: null };
    await say(
      callApproval({
        ...approved,
        status: 'failed',
        version: 3,
        endedAt: NOW,
        execution: { ...execution, failure: 'upstream_timeout' },
      }),
    );
    await heading('The call was not sent');
    expect(screen.getByText('The provider took too long.')).toBeTruthy();
  });
});

describe('200 providers', () => {
  // By text and id: jsdom takes half a minute to find one label or name among so many.
  const press = (text: string) => fireEvent.click(screen.getByText(text));
  const box = (id: string) => document.querySelector<HTMLInputElement>(`#provider-${id}`);
  const find = (value: string) => fireEvent.change(document.querySelector('[type=search]')!, { target: { value } });

  it('are found by name, chosen together, and hidden ones keep their choice', async () => {
    const [first] = broadApproval().broad?.providers ?? [];
    const providers = Array.from({ length: 200 }, (_, index) => ({ ...first!, id: `p${index}`, name: `P ${index}` }));
    const requested = { ...broadApproval().broad!.requested, providers: providers.map(({ id }) => id) };
    showApproval(broadApproval({}, { providers, requested }));
    await screen.findByText(/^Let/, { selector: 'h1' });
    expect(document.querySelector('h1')?.textContent).toMatch(/Let Claude Code read 200.providers/);
    press('Select none');
    expect(screen.getByText('Approve', { selector: 'button' }).getAttribute('aria-disabled')).toBe('true');
    find('p 19');
    expect(document.querySelectorAll('[type=checkbox]')).toHaveLength(11);
    fireEvent.click(box('p19')!);
    find('');
    expect(screen.getByText('1 of 200 selected. Hidden ones keep their choice.')).toBeTruthy();
    await waitFor(() => expect(box('p19')?.checked).toBe(true));
    press('Select all');
    expect(screen.getByText(/^200 of 200 selected/)).toBeTruthy();
  });

  it('says of each what is not as it should be', async () => {
    const [first] = broadApproval().broad?.providers ?? [];
    const odd = [
      { connection: 'not_connected' as const },
      { connection: 'needs_reauthorization' as const },
      { missingScopes: ['write'] },
    ];
    const providers = Array.from({ length: 20 }, (_, index) => ({
      ...first!,
      id: `p${index}`,
      name: `P ${index}`,
      ...odd[index],
    }));
    showApproval(broadApproval({}, { providers }));
    await screen.findByRole('checkbox', { name: /P 0\W+Not connected/ });
    expect(screen.getByRole('checkbox', { name: /P 1\W+Needs to be connected again/ })).toBeTruthy();
    expect(screen.getByRole('checkbox', { name: /P 2\W+Scopes are missing/ })).toBeTruthy();
    expect(screen.getByRole('checkbox', { name: 'P 3' })).toBeTruthy();
  });

  it('each can be connected from its line, and says what it means there when few are left', async () => {
    const [first] = broadApproval().broad?.providers ?? [];
    const providers = Array.from({ length: 20 }, (_, index) => ({
      ...first!,
      id: `p${index}`,
      name: `P ${index}`,
      reads: `Things of ${index}.`,
      scopes: ['issues:read'],
      ...(index === 0 && { connection: 'not_connected' as const }),
    }));
    const goTo = jest.fn();
    showApproval(broadApproval({}, { providers }), {}, goTo);
    await screen.findByText(/^Let/, { selector: 'h1' });
    expect(screen.queryByText('Things of 3.')).toBeNull();
    find('p 3');
    expect(screen.getByText('Things of 3.')).toBeTruthy();
    expect(screen.getByText('issues:read')).toBeTruthy();
    find('');
    fireEvent.click(screen.getByRole('button', { name: 'Connect P 0' }));
    await waitFor(() => expect(goTo).toHaveBeenCalledWith(expect.stringContaining(`/to/${first!.slug}`)));
  });
});
