import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { GrantItem } from '../../../server/approvals/access.contract.js';
import { NOW } from '../testing/approval-fixture.js';
import { refusal } from '../testing/fake-api.js';
import { GRANT, showAccess, WAITING } from '../testing/show-access.js';

const CHOICES = {
  providers: [
    { id: 'notion', name: 'Notion' },
    { id: 'linear', name: 'Linear' },
  ],
  clients: [
    { id: 'c1', name: 'Claude Code' },
    { id: 'c2', name: null },
  ],
};
const pick = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
const apply = () => fireEvent.click(screen.getByRole('button', { name: 'Apply' }));
const ended = (patch: Partial<GrantItem>, of: GrantItem = GRANT): GrantItem => ({ ...of, endedAt: NOW, ...patch });
const ran = (status: number | null) =>
  ended({ status: 'executed', lastCalls: [{ ...GRANT.lastCalls[0]!, status }], decidedAt: NOW }, WAITING);

describe('My access: history', () => {
  it.each<[string, GrantItem]>([
    ['Ran: 200 OK', ran(200)],
    ['Ran: 404 Not Found', ran(404)],
    ['Ran', ran(null)],
    ['Failed: nothing was sent', ended({ status: 'failed' }, WAITING)],
    ['May have run', ended({ status: 'outcome_unknown' }, WAITING)],
    ['Denied', ended({ status: 'denied' })],
    ['Denied: too broad', ended({ status: 'denied', reasonCode: 'too_broad' })],
    ['Approved, narrowed', ended({ status: 'expired', isNarrowed: true })],
    ['Taken back', ended({ status: 'withdrawn' })],
    ['Revoked after 1:00', ended({ status: 'revoked', endedAt: NOW + 60_000 })],
    ['Ended by a restart', ended({ status: 'voided' })],
    ['Closed without a decision', ended({ status: 'expired', decidedAt: null })],
    ['Approved, not used', ended({ status: 'expired', decidedAt: NOW }, WAITING)],
    ['Approved', ended({ status: 'expired' })],
  ])('%s', async (outcome, item) => {
    showAccess('history', { ended: [item] });
    const [, line] = within(await screen.findByRole('table')).getAllByRole('row');
    expect(within(line!).getAllByRole('cell')[4]?.textContent).toBe(outcome);
    expect(within(line!).getByRole('link').getAttribute('href')).toBe(`/approve/${item.id}`);
  });

  it('names level and time of what was approved', async () => {
    showAccess('history', { ended: [ended({ status: 'expired', durationMs: 300_000 })] });
    expect(await screen.findByText(/^Read, 5.minutes$/)).toBeTruthy();
  });

  it('filters by provider, client, outcome and days, and exports the same', async () => {
    const { asked } = showAccess('history', { ended: [ended({ status: 'denied' })], choices: CHOICES });
    await screen.findByRole('option', { name: 'Notion' });
    pick('Provider', 'notion');
    pick('Client', 'c2');
    pick('Outcome', 'denied');
    pick('From', '2026-11-15');
    pick('To', '2026-11-22');
    expect(asked.filter(([state]) => state === 'ended')).toHaveLength(1);
    apply();
    const from = new Date('2026-11-15T00:00:00').getTime();
    const to = new Date('2026-11-22T23:59:59.999').getTime();
    const filters = { provider: 'notion', client: 'c2', outcome: 'denied', from, to };
    await waitFor(() => expect(asked.at(-1)).toEqual(['ended', null, filters]));
    const link = screen.getByRole('link', { name: 'Export as JSON Lines' });
    expect(link.getAttribute('href')).toBe(
      `/api/grants/export?provider=notion&client=c2&outcome=denied&from=${from}&to=${to}`,
    );
    expect(link.hasAttribute('download')).toBe(true);
  });

  it('offers every provider and client of the whole history, also those that are on no page yet', async () => {
    showAccess('history', { ended: [ended({ status: 'denied' })], choices: CHOICES });
    await screen.findByRole('option', { name: 'Notion' });
    const offered = (label: string) =>
      within(screen.getByLabelText(label))
        .getAllByRole('option')
        .map(({ textContent }) => textContent);
    expect(offered('Provider')).toEqual(['All providers', 'Linear', 'Notion']);
    expect(offered('Client')).toEqual(['All clients', 'A client without a name (c2)', 'Claude Code (c1)']);
  });

  it('refuses days in the wrong order, beside the fields', async () => {
    const { asked } = showAccess('history', { ended: [ended({ status: 'denied' })] });
    await screen.findByRole('table');
    pick('From', '2026-11-22');
    pick('To', '2026-11-15');
    const field = screen.getByLabelText('From');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(document.getElementById(field.getAttribute('aria-describedby')!)?.textContent).toBe(
      'The first day is after the last.',
    );
    const before = asked.length;
    apply();
    expect(asked).toHaveLength(before);
  });

  it('turns pages, and says which requests stand on each', async () => {
    const items = [1, 2, 3].map((n) => ended({ id: `e${n}`, status: 'denied' }));
    showAccess('history', { ended: items, pageSize: 2 });
    await screen.findByRole('table', { name: '1 to 2 of 3, newest first' });
    const [newer, older] = ['Newer', 'Older'].map((name) => screen.getByRole('button', { name }));
    expect(newer?.getAttribute('aria-disabled')).toBe('true');
    fireEvent.click(older!);
    await screen.findByRole('table', { name: '3 to 3 of 3, newest first' });
    expect(older?.getAttribute('aria-disabled')).toBe('true');
    fireEvent.click(newer!);
    await screen.findByRole('table', { name: '1 to 2 of 3, newest first' });
  });

  it('says no total that the server has not counted', async () => {
    const items = [1, 2, 3].map((n) => ended({ id: `e${n}`, status: 'denied' }));
    showAccess('history', { ended: items, pageSize: 2, isUncounted: true });
    await screen.findByRole('table', { name: '1 to 2, newest first' });
  });

  it('does not say that nothing matches while older requests were not looked at', async () => {
    showAccess('history', { ended: [ended({ status: 'denied' })], pageSize: 0 });
    await screen.findAllByText('Nothing found so far. “Older” looks further back.');
    expect(screen.getByRole('button', { name: 'Older' }).getAttribute('aria-disabled')).not.toBe('true');
  });

  it('says when there is nothing, and keeps the filters when they match nothing', async () => {
    showAccess('history', { ended: [] });
    await screen.findByText('No request has ended yet.');
  });

  it('keeps the filters in place when they match nothing', async () => {
    const items = [ended({ status: 'denied' })];
    showAccess('history', { ended: items });
    await screen.findByRole('table');
    items.length = 0;
    pick('Outcome', 'revoked');
    apply();
    await screen.findAllByText('Nothing matches these filters.');
    expect(screen.getByLabelText<HTMLSelectElement>('Outcome').value).toBe('revoked');
  });

  it('says when it could not be read', async () => {
    showAccess('history', { ended: refusal(503, 'store_unavailable') });
    await screen.findByRole('heading', { name: 'That did not work' });
  });
});
