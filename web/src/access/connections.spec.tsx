import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { Integrations } from '../../../server/approvals/access.contract.js';
import { NOW } from '../testing/approval-fixture.js';
import { refusal } from '../testing/fake-api.js';
import { installDialogs, showAccess } from '../testing/show-access.js';

beforeAll(installDialogs);

type Integration = Integrations['items'][number];
const linear: Integration = {
  slug: 'linear',
  name: 'Linear',
  icon: 'linear',
  providers: [{ id: 'linear', name: 'Linear' }],
  state: 'connected',
  scopes: ['read', 'issues:create'],
  missingScopes: [],
  connectedAt: NOW,
};

describe('My access: connections', () => {
  it.each<[string, Partial<Integration>, RegExp, string[]]>([
    ['connected', {}, /Connected.*Since.*Scopes.*read.*issues:create/, ['Reconnect', 'Disconnect']],
    [
      'short of scopes',
      { missingScopes: ['write'] },
      /Scopes are missing.*Missing scopes.*write.*Reconnect to allow them/,
      ['Reconnect', 'Disconnect'],
    ],
    [
      'broken',
      { state: 'needs_reauthorization' },
      /Needs to be connected again.*no longer accepts/,
      ['Reconnect', 'Disconnect'],
    ],
    ['not connected', { state: 'not_connected', scopes: [], connectedAt: null }, /Not connected/, ['Connect']],
    [
      'of two APIs',
      {
        providers: [
          { id: 'jira', name: 'Jira' },
          { id: 'confluence', name: 'Confluence' },
        ],
      },
      /Reaches Jira and Confluence\./,
      ['Reconnect', 'Disconnect'],
    ],
    ['unknown to us', { providers: [] }, /does not know the API/, ['Reconnect', 'Disconnect']],
  ])('%s: says how it stands and what can be done', async (_, patch, text, buttons) => {
    showAccess('connections', { integrations: [{ ...linear, ...patch }] });
    const card = (await screen.findByRole('heading', { name: /Linear/ })).closest('article');
    expect(card?.textContent).toMatch(text);
    expect(
      within(card!)
        .getAllByRole('button')
        .map(({ textContent }) => textContent),
    ).toEqual(buttons.map((name) => `${name} Linear`));
  });

  it('leaves to connect, and comes back to this tab', async () => {
    const goTo = jest.fn();
    const connect = async (_: string, slug: string, returnTo: string) => `/to/${slug}?back=${returnTo}`;
    showAccess('connections', { integrations: [{ ...linear, state: 'not_connected' }], connect, goTo });
    fireEvent.click(await screen.findByRole('button', { name: 'Connect Linear' }));
    await waitFor(() => expect(goTo).toHaveBeenCalledWith('/to/linear?back=/access#connections'));
  });

  it('asks before it disconnects', async () => {
    const gone: string[] = [];
    const disconnect = async (_: string, slug: string) => void gone.push(slug);
    showAccess('connections', { integrations: [linear], disconnect });
    fireEvent.click(await screen.findByRole('button', { name: 'Disconnect Linear' }));
    const dialog = await screen.findByRole('dialog', { name: 'Disconnect Linear?' });
    expect(gone).toEqual([]);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Disconnect' }));
    await waitFor(() => expect(gone).toEqual(['linear']));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('says when disconnecting did not work, inside the question', async () => {
    const disconnect = async () => {
      throw refusal(502, 'upstream_unavailable');
    };
    showAccess('connections', { integrations: [linear], disconnect });
    fireEvent.click(await screen.findByRole('button', { name: 'Disconnect Linear' }));
    const dialog = await screen.findByRole('dialog');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Disconnect' }));
    expect((await within(dialog).findByRole('alert')).textContent).toContain('That did not work');
  });

  it('says when there is no integration, and when it could not be read', async () => {
    showAccess('connections', { integrations: [] });
    await screen.findByText('Your organization has switched on no integration yet.');
  });

  it('says when it could not be read', async () => {
    showAccess('connections', { integrations: refusal(503, 'store_unavailable') });
    await screen.findByRole('heading', { name: 'That did not work' });
  });
});
