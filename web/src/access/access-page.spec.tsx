import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { refusal } from '../testing/fake-api.js';
import { GRANT, installDialogs, openTab, showAccess, WAITING } from '../testing/show-access.js';

beforeAll(installDialogs);

const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
const many = (count: number) => Array.from({ length: count }, (_, index) => ({ ...GRANT, id: `g${index}` }));

describe('My access: live', () => {
  it('shows what is live by client: time, calls made and left, last calls', async () => {
    const call = { ...GRANT, id: 'g2', client: { id: 'c2', name: 'VS Code' }, kind: 'request' as const };
    showAccess('live', { active: [GRANT, { ...call, title: 'Archive a page', maxCalls: null, callsMade: 0 }] });
    await screen.findByRole('region', { name: /Claude Code/ });
    expect(screen.getByRole('region', { name: /VS Code/ }).textContent).toMatch(/Archive a page.*Calls left1 of 1/);
    expect(screen.getAllByText('2:41')).toHaveLength(2);
    expect(screen.getByText('of 20')).toBeTruthy();
    expect(screen.getAllByText(/POST api.linear.app\/graphql/)).toHaveLength(2);
  });

  it.each([
    ['answered', 200, '200'],
    ['answered', 403, '403'],
    ['started', null, 'Running'],
    ['failed', null, 'Failed: nothing was sent'],
    ['outcome_unknown', null, 'May have run'],
  ] as const)('a last call that is %s with %s reads %s', async (result, status, text) => {
    showAccess('live', { active: [{ ...GRANT, lastCalls: [{ ...GRANT.lastCalls[0]!, result, status }] }] });
    const lines = within(await screen.findByRole('table', { name: 'Last calls' })).getAllByRole('row');
    expect(lines.at(-1)?.textContent).toContain(text);
  });

  it('revokes one at once, says so in its place, and takes the focus there', async () => {
    const { revoked } = showAccess('live', { active: [{ ...GRANT, maxCalls: null }] });
    fireEvent.click(await screen.findByRole('button', { name: 'Revoke' }));
    await screen.findByText('Revoked just now');
    expect(revoked).toEqual([{ id: 'g1' }]);
    expect(screen.getByText('Calls made').nextSibling?.textContent).toBe('7');
    for (const untrue of ['Time left', 'Calls left', 'No limit']) expect(screen.queryByText(untrue)).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 3, name: /Linear/ }));
  });

  it('says it when revoking did not work, and offers it again', async () => {
    const revoke = async () => {
      throw refusal(503, 'store_unavailable');
    };
    showAccess('live', { active: [GRANT], revoke });
    fireEvent.click(await screen.findByRole('button', { name: 'Revoke' }));
    expect((await screen.findByRole('alert')).textContent).toContain('That did not work');
    expect(screen.getByRole('button', { name: 'Revoke' })).toBeTruthy();
  });

  it('asks before it revokes all, and counts what waits as well', async () => {
    const { revoked } = showAccess('live', {
      active: many(2),
      pending: [WAITING],
      revoke: async () => ({ ended: 3, revoked: 2, withdrawn: 1 }),
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Revoke all' }));
    const question = 'End all 2 live grants and put away the one waiting request?';
    const dialog = await screen.findByRole('dialog', { name: question });
    expect(dialog.textContent).toContain('No call begins after that. One that had begun may still arrive.');
    expect(revoked).toEqual([]);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Revoke all' }));
    await screen.findByText('No assistant may do anything in your name now.');
    expect(revoked).toEqual(['all']);
    const said = screen.getByText(/^2.grants revoked and 1.waiting request put away\.$/);
    expect(said.closest('output')?.className).toBe('said');
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1 }));
  });

  it.each([
    [{ ended: 1, revoked: 1, withdrawn: 0 }, /^1.grant revoked\.$/],
    [{ ended: 0, revoked: 0, withdrawn: 0 }, 'Nothing was left to end.'],
  ])('tells what ended for one client: %j, until another tab is looked at', async (ended, text) => {
    showAccess('live', { active: [GRANT], revoke: async () => ended });
    fireEvent.click(await screen.findByRole('button', { name: 'Revoke all of Claude Code' }));
    fireEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: /Revoke all/ }));
    await screen.findByText(text);
    openTab('waiting');
    expect(screen.queryByText(text)).toBeNull();
  });

  it('keeps all when the question is answered so', async () => {
    const { revoked } = showAccess('live', { active: [GRANT] });
    fireEvent.click(await screen.findByRole('button', { name: 'Revoke all' }));
    await screen.findByRole('dialog', { name: 'End the one live grant?' });
    press('Keep them');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(revoked).toEqual([]);
  });

  it('revokes one client’s, counting what waits of it alone', async () => {
    const other = { ...WAITING, id: 'w2', client: { id: 'c2', name: 'VS Code' } };
    const { revoked } = showAccess('live', { active: [GRANT], pending: [WAITING, { ...WAITING, id: 'w3' }, other] });
    fireEvent.click(await screen.findByRole('button', { name: 'Revoke all of Claude Code' }));
    const dialog = await screen.findByRole('dialog', {
      name: 'End the one live grant and put away all 2 waiting requests?',
    });
    fireEvent.click(within(dialog).getByRole('button', { name: 'Revoke all of Claude Code' }));
    await waitFor(() => expect(revoked).toEqual([{ client: 'c1' }]));
  });

  it('counts what is on no page yet', async () => {
    showAccess('live', { active: many(5), pending: [WAITING], pageSize: 2 });
    await screen.findByRole('link', { name: 'Live 5' });
    press('Revoke all');
    await screen.findByRole('dialog', { name: 'End all 5 live grants and put away the one waiting request?' });
  });

  it('shows more when there is more, and names no number that it does not know', async () => {
    showAccess('live', { active: many(5), pageSize: 2, isUncounted: true });
    expect((await screen.findAllByRole('button', { name: 'Revoke' })).length).toBe(2);
    expect(screen.getByRole('link', { name: 'Live 2+' })).toBeTruthy();
    press('Revoke all');
    await screen.findByRole('dialog', { name: 'End all live grants and put away all waiting requests?' });
    press('Keep them');
    press('Show more');
    await waitFor(() => expect(screen.getAllByRole('button', { name: 'Revoke' })).toHaveLength(4));
    press('Show more');
    await waitFor(() => expect(screen.getAllByRole('button', { name: 'Revoke' })).toHaveLength(5));
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
    expect(screen.getByRole('link', { name: 'Live 5' })).toBeTruthy();
  });

  it('says when the server is out of reach, and tries again', async () => {
    showAccess('live', { active: refusal(503, 'store_unavailable') });
    await screen.findByRole('heading', { name: 'That did not work' });
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
  });

  it.each(['live', 'waiting', 'history', 'connections'])(
    'shows nothing to a stranger, and comes back to %s',
    async (tab) => {
      const stranger = refusal(401, 'not_signed_in');
      showAccess(tab, { active: stranger, pending: stranger, ended: stranger, integrations: stranger });
      await screen.findByRole('heading', { name: 'Sign in to see what assistants may do in your name' });
      const link = screen.getByRole('link', { name: 'Sign in with your company account' });
      expect(link.getAttribute('href')).toBe(`/login?returnTo=%2Faccess%23${tab}`);
    },
  );
});

describe('My access: waiting', () => {
  it('lists what waits, with the way to read it', async () => {
    showAccess('waiting', { pending: [WAITING] });
    await screen.findByRole('heading', { name: /Archive a page in Notion/ });
    expect(screen.getByText('Destructive')).toBeTruthy();
    expect(screen.getByText(/closes in 9:00/)).toBeTruthy();
    expect(screen.getByRole('link', { name: /Read and decide/ }).getAttribute('href')).toBe('/approve/w1');
  });

  it('says when nothing waits, and when it could not be read', async () => {
    showAccess('live', { pending: [] });
    await screen.findByText('No assistant may do anything in your name now.');
    openTab('waiting');
    await screen.findByText('Nothing waits for you.');
  });

  it('says when it could not be read', async () => {
    showAccess('waiting', { pending: refusal(503, 'store_unavailable') });
    await screen.findByRole('heading', { name: 'That did not work' });
  });
});
