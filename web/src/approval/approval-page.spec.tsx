import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { DecisionBody } from '../../../server/approvals/approvals.contract.js';
import type { ApprovalsApi } from '../api/approvals.js';
import { approvedDecision, broadApproval, callApproval } from '../testing/approval-fixture.js';
import { installView, scrollToEnds } from '../testing/fake-view.js';
import { button, heading, ID, isInert, showApproval, untilWorking } from '../testing/show-approval.js';
import { words } from '../text/words.js';

beforeEach(() => {
  installView();
  sessionStorage.clear();
});

const expectInOrder = (container: HTMLElement, parts: readonly string[]) => {
  const text = container.textContent ?? '';
  const found = parts.map((part) => ({ part, at: text.indexOf(part) }));
  expect(found.filter(({ at }) => at < 0)).toEqual([]);
  expect([...found].sort((a, b) => a.at - b.at).map(({ part }) => part)).toEqual(parts);
};

describe('the order in which a person reads', () => {
  it('of an exact call: the question, who asks, as whom, what it does, the whole call, the assistant’s reason', async () => {
    const { container } = showApproval(callApproval());
    await heading(/archive/);
    await screen.findByText('The whole call');
    expectInOrder(container, [
      'archive a page in',
      'Asked by',
      'Acts as',
      'What it does',
      'The whole call',
      'Code of this call',
      'In the assistant’s own words',
      'Your answer',
    ]);
  });

  it('of a broad request: the question, who asks, as whom, what it may do, the assistant’s reason', async () => {
    const { container } = showApproval(broadApproval());
    await heading(/Let Claude Code read/);
    await screen.findByRole('group', { name: 'May read' });
    expectInOrder(container, [
      'Let ',
      'Asked by',
      'Acts as',
      'May read',
      'For how long',
      'In the assistant’s own words',
      'Your answer',
    ]);
  });
});

describe('a broad request', () => {
  it('shows who asks, for what, and the assistant’s words as its own', async () => {
    showApproval(broadApproval());
    await heading(/Let Claude Code read Linear and Notion for 5.minutes\?/);
    expect(screen.getByText('name not verified')).toBeTruthy();
    expect(screen.getByText('client_01')).toBeTruthy();
    expect(screen.getByRole('group', { name: 'May read' })).toBeTruthy();
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Snowflake, not connected' }).disabled).toBe(true);
    expect(screen.queryByRole('radio', { name: /Read and write/ })).toBeNull();
    expect(screen.getByText('In the assistant’s own words')).toBeTruthy();
  });

  it('says the same of a connection to who listens as to who looks', async () => {
    const [, , snowflake] = broadApproval().broad?.providers ?? [];
    showApproval(broadApproval({}, { providers: [{ ...snowflake!, connection: 'needs_reauthorization' }] }));
    const state = await screen.findByText(words.needsReconnect);
    const name = `Snowflake, ${state.textContent?.toLowerCase()}`;
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name }).disabled).toBe(true);
  });

  it('says which scopes a connection lacks, and offers to connect it again; it can be chosen all the same', async () => {
    const [linear] = broadApproval().broad?.providers ?? [];
    const goTo = jest.fn();
    showApproval(broadApproval({}, { providers: [{ ...linear!, missingScopes: ['issues:create'] }] }), {}, goTo);
    await screen.findByText(words.lacksScopes);
    expect(screen.getByText('issues:create')).toBeTruthy();
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Linear' }).disabled).toBe(false);
    fireEvent.click(button('Reconnect Linear'));
    await waitFor(() => expect(goTo).toHaveBeenCalledWith(`/to/linear-slug?back=/approve/${ID}`));
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
    showApproval(broadApproval(), { decide });
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
    showApproval(broadApproval());
    await screen.findByRole('button', { name: 'Approve' });
    expect(isInert('Approve')).toBe(true);
    await untilWorking('Approve');
  });

  it('says beside the choice why it cannot be approved', async () => {
    showApproval(broadApproval());
    fireEvent.click(await screen.findByRole('checkbox', { name: 'Notion' }));
    fireEvent.click(screen.getByRole('checkbox', { name: 'Linear' }));
    expect(screen.getAllByText('Choose at least one provider, or deny.').length).toBeGreaterThan(0);
    expect(isInert('Approve')).toBe(true);
    expect(isInert('Deny')).toBe(false);
  });

  it('I12: offers no more calls than were asked for, and not a time without a limit', async () => {
    const requested = { level: 'read' as const, providers: ['linear', 'notion'], durationMs: 300_000, maxCalls: 20 };
    showApproval(broadApproval({}, { requested }));
    const calls = await screen.findByLabelText('calls');
    expect(screen.getByText(/^It asked for 20.calls\. You can allow fewer\.$/)).toBeTruthy();
    for (const typed of ['', '21']) {
      fireEvent.change(calls, { target: { value: typed } });
      expect(screen.getAllByText('Enter a number from 1 to 20.').length).toBeGreaterThan(0);
      expect(isInert('Approve')).toBe(true);
    }
    fireEvent.change(calls, { target: { value: '19' } });
    await untilWorking('Approve');
  });

  it('refuses a note that is too long and keeps it', async () => {
    showApproval(broadApproval());
    const note = await screen.findByLabelText<HTMLTextAreaElement>(/Note to the assistant/);
    fireEvent.change(note, { target: { value: 'x'.repeat(501) } });
    expect(screen.getAllByText('The note has 501 characters. At most 500 fit.').length).toBeGreaterThan(0);
    expect(isInert('Deny')).toBe(true);
    expect(note.value).toHaveLength(501);
  });

  it('keeps the choices when it leaves to connect, and restores them', async () => {
    const goTo = jest.fn();
    const first = showApproval(broadApproval(), {}, goTo);
    fireEvent.click(await screen.findByRole('checkbox', { name: 'Linear' }));
    fireEvent.change(screen.getByLabelText(/Note to the assistant/), { target: { value: 'kept' } });
    fireEvent.click(button('Connect Snowflake'));
    await waitFor(() => expect(goTo).toHaveBeenCalledWith(`/to/snowflake-slug?back=/approve/${ID}`));
    first.unmount();
    const providers = (broadApproval().broad?.providers ?? []).map((provider) => ({
      ...provider,
      connection: 'connected' as const,
    }));
    showApproval(broadApproval({}, { providers }));
    expect((await screen.findByRole<HTMLInputElement>('checkbox', { name: 'Snowflake' })).checked).toBe(true);
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Linear' }).checked).toBe(false);
    expect(screen.getByLabelText<HTMLTextAreaElement>(/Note to the assistant/).value).toBe('kept');
  });

  it('lets a write be narrowed to a read', async () => {
    const requested = { level: 'write' as const, providers: ['linear', 'notion'], durationMs: 300_000, maxCalls: null };
    showApproval(broadApproval({ level: 'write' }, { requested }));
    fireEvent.click(await screen.findByRole('radio', { name: /Read only/ }));
    expect(within(screen.getByRole('region', { name: 'Decision' })).getAllByText(/read/)[0]?.textContent).not.toMatch(
      /write/,
    );
  });
});

describe('one exact call', () => {
  it('I31: Approve is inert until the end of every part was in view', async () => {
    showApproval(callApproval({}, { destructive: null }));
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
    showApproval(callApproval({}, { body }));
    await heading('Let Claude Code archive a page in Notion?');
    expect(screen.getByText('One invisible character in the body')).toBeTruthy();
    expect(screen.getByText('added by Countersign when it sends, never shown to the assistant')).toBeTruthy();
    fireEvent.click(screen.getByRole('radio', { name: 'Exact bytes' }));
    expect(screen.getByRole('region', { name: 'Body of the request' }).textContent).toContain('{"a":"x⟨U+200B⟩');
    for (const word of ['copper', 'lantern', 'orbit', 'meadow']) expect(screen.getByText(word)).toBeTruthy();
  });

  it('names what the call names, whole and by kind', async () => {
    const resources = [
      { kind: 'page', id: '59833787-2cf9-4fdf-8782-e53db20768a5' },
      { kind: 'block', id: 'one' },
      { kind: 'block', id: 'two' },
    ];
    showApproval(callApproval({}, { resources }));
    await heading(/archive/);
    const facts = screen.getByText('Page').closest('dl');
    expect(facts?.textContent).toBe('Page59833787-2cf9-4fdf-8782-e53db20768a5Blockonetwo');
  });

  it('I29: text of others is text', async () => {
    const evil = '<img src=x onerror=alert(1)>';
    const { container } = showApproval(
      callApproval(
        { reason: evil, client: { id: evil, name: evil } },
        { title: evil, path: `/${evil}`, levelReason: evil },
      ),
    );
    await screen.findAllByText(evil);
    expect(container.querySelector('img')).toBeNull();
  });

  it('a destructive call is held, or confirmed by a check box', async () => {
    showApproval(callApproval());
    await heading(/archive/);
    act(() => scrollToEnds());
    expect(screen.getByRole('button', { name: 'Hold to approve' })).toBeTruthy();
    fireEvent.click(screen.getByLabelText(/I have read the whole call/));
    await untilWorking('Approve');
  });

  it('says which scopes its connection lacks, and can be approved all the same', async () => {
    showApproval(callApproval({}, { missingScopes: ['update_content'], destructive: null }));
    await screen.findByText(words.lacksScopes);
    expect(screen.getByText('update_content')).toBeTruthy();
    expect(button('Reconnect Notion')).toBeTruthy();
    act(() => scrollToEnds());
    await untilWorking('Approve');
  });

  it('cannot be approved while its provider is not connected', async () => {
    showApproval(callApproval({}, { connection: 'not_connected', destructive: null }));
    await heading(/archive/);
    act(() => scrollToEnds());
    expect(isInert('Approve')).toBe(true);
    expect(button('Connect Notion')).toBeTruthy();
  });
});
