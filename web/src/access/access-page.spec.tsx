import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import type { GrantItem, GrantPageView } from '../../../server/approvals/access.contract.js';
import { ApiContext } from '../api/api.js';
import type { Revocation } from '../api/grants.js';
import { NOW } from '../testing/approval-fixture.js';
import { ANA, fakeApi, refusal } from '../testing/fake-api.js';
import { AccountContext } from '../ui/account.js';
import AccessPage from './access-page.js';

const grant: GrantItem = {
  id: 'g1',
  kind: 'broad',
  status: 'approved',
  client: { id: 'c1', name: 'Claude Code' },
  organization: 'Acme GmbH',
  level: 'read',
  isDestructive: false,
  providers: [{ id: 'linear', name: 'Linear' }],
  title: null,
  words: [],
  askedAt: NOW,
  sessionStartedAt: NOW,
  closesAt: NOW + 540_000,
  decidedAt: NOW,
  expiresAt: NOW + 161_000,
  endedAt: null,
  durationMs: 300_000,
  isNarrowed: false,
  reasonCode: null,
  withdrawReason: null,
  callsMade: 7,
  maxCalls: 20,
  lastCalls: [{ at: NOW, method: 'POST', url: 'https://api.linear.app/graphql', result: 'answered', status: 200 }],
};
const page = (items: GrantItem[]): GrantPageView => ({ now: NOW, items, nextCursor: null });

beforeAll(() => {
  // jsdom has no modal dialogs.
  HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function (this: HTMLDialogElement) {
    this.open = false;
  };
});
beforeEach(() => {
  window.location.hash = '';
});

function show(items: GrantItem[] | Error, revoked: Revocation[] = []) {
  const list = async (state: string) => {
    if (items instanceof Error) throw items;
    return page(
      state === 'active'
        ? items.filter(({ id }) => !revoked.some((what) => what === 'all' || ('id' in what && what.id === id)))
        : [],
    );
  };
  const revoke = async (_token: string, what: Revocation) => revoked.push(what);
  render(
    <ApiContext value={fakeApi({ grants: { list, revoke } })}>
      <AccountContext value={ANA}>
        <AccessPage />
      </AccountContext>
    </ApiContext>,
  );
  return revoked;
}

describe('My access', () => {
  it('shows what is live by client: time, calls made and left, last calls', async () => {
    show([
      grant,
      {
        ...grant,
        id: 'g2',
        client: { id: 'c2', name: 'VS Code' },
        kind: 'request',
        title: 'Archive a page',
        maxCalls: null,
        callsMade: 0,
      },
    ]);
    await screen.findByRole('region', { name: /Claude Code/ });
    expect(screen.getByRole('region', { name: /VS Code/ }).textContent).toMatch(/Archive a page.*Calls left1 of 1/);
    expect(screen.getAllByText('2:41')).toHaveLength(2);
    expect(screen.getByText('of 20')).toBeTruthy();
    expect(screen.getAllByText(/POST api.linear.app\/graphql/)).toHaveLength(2);
  });

  it('revokes one at once and says so in its place', async () => {
    const revoked = show([grant]);
    fireEvent.click(await screen.findByRole('button', { name: 'Revoke' }));
    await waitFor(() => expect(screen.getAllByText('Revoked').length).toBeGreaterThan(0));
    expect(revoked).toEqual([{ id: 'g1' }]);
    expect(screen.getByText('Linear')).toBeTruthy();
  });

  it('asks before it revokes all, and names the number', async () => {
    const revoked = show([grant, { ...grant, id: 'g2' }]);
    fireEvent.click(await screen.findByRole('button', { name: 'Revoke all' }));
    expect(await screen.findByRole('dialog', { name: 'End all 2 live grants?' })).toBeTruthy();
    expect(revoked).toEqual([]);
    fireEvent.click(screen.getAllByRole('button', { name: 'Revoke all' }).at(-1) ?? document.body);
    await screen.findByText('No assistant may do anything in your name now.');
    expect(revoked).toEqual(['all']);
  });

  it('revokes one client’s', async () => {
    const revoked = show([grant]);
    fireEvent.click(await screen.findByRole('button', { name: 'Revoke all of Claude Code' }));
    fireEvent.click(screen.getAllByRole('button', { name: 'Revoke all of Claude Code' }).at(-1) ?? document.body);
    await waitFor(() => expect(revoked).toEqual([{ client: 'c1' }]));
  });

  it('says when nothing waits', async () => {
    show([]);
    await screen.findByText('No assistant may do anything in your name now.');
    act(() => {
      window.location.hash = '#waiting';
      window.dispatchEvent(new HashChangeEvent('hashchange'));
    });
    await screen.findByText('Nothing waits for you.');
  });

  it('shows nothing to someone who is not signed in', async () => {
    show(refusal(401, 'not_signed_in'));
    await screen.findByRole('heading', { name: 'Sign in to see what assistants may do in your name' });
  });
});
