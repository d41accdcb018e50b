import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import type { Integrations } from '../../../server/approvals/access.contract.js';
import { ApiContext } from '../api/api.js';
import { ANA, fakeApi, never, refusal } from '../testing/fake-api.js';
import { AccountContext } from '../ui/account.js';
import ConnectPage from './connect-page.js';

type Integration = Integrations['items'][number];
const linear: Integration = {
  slug: 'linear',
  name: 'Linear',
  icon: 'linear',
  providers: [{ id: 'linear', name: 'Linear' }],
  state: 'not_connected',
  scopes: [],
  missingScopes: [],
  connectedAt: null,
};

function show(list: () => Promise<Integrations['items']>, connect?: () => Promise<string>) {
  const goTo = jest.fn();
  render(
    <ApiContext value={fakeApi({ integrations: { list, ...(connect && { connect }) }, goTo })}>
      <AccountContext value={ANA}>
        <ConnectPage slug="linear" />
      </AccountContext>
    </ApiContext>,
  );
  return goTo;
}

describe('the page to connect an account', () => {
  it.each<[Integration['state'], string, string]>([
    ['not_connected', 'Connect your Linear account?', 'Connect Linear'],
    ['needs_reauthorization', 'Connect your Linear account again?', 'Reconnect Linear'],
    ['connected', 'Linear is connected', 'Reconnect Linear'],
  ])('%s', async (state, title, button) => {
    show(async () => [{ ...linear, state }]);
    await waitFor(() => expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(title));
    expect(screen.getByRole('button').textContent).toBe(button);
    expect(screen.getByText(/Connecting does not approve anything/)).toBeTruthy();
  });

  it('says which scopes were not allowed', async () => {
    show(async () => [{ ...linear, state: 'connected', missingScopes: ['issues:create'] }]);
    await screen.findByText('issues:create');
  });

  it('leaves by a press, and comes back here', async () => {
    const goTo = show(
      async () => [linear],
      async () => '/to/linear',
    );
    fireEvent.click(await screen.findByRole('button'));
    await waitFor(() => expect(goTo).toHaveBeenCalledWith('/to/linear'));
  });

  it('says when it did not work, and can be pressed again', async () => {
    show(
      async () => [linear],
      async () => {
        throw refusal(502, 'upstream_unavailable');
      },
    );
    fireEvent.click(await screen.findByRole('button'));
    expect((await screen.findByRole('alert')).textContent).toContain('That did not work');
    expect(screen.getByRole('button').getAttribute('aria-disabled')).toBeNull();
  });

  it('says when the organization has not switched it on', async () => {
    show(async () => []);
    await screen.findByRole('heading', { name: 'Your organization has not switched this integration on' });
  });

  it('asks a stranger to sign in, and comes back here', async () => {
    show(async () => {
      throw refusal(401, 'not_signed_in');
    });
    const link = await screen.findByRole('link', { name: 'Sign in with your company account' });
    expect(link.getAttribute('href')).toBe('/login?returnTo=%2Fconnect%2Flinear');
  });

  it('says when the server is out of reach', async () => {
    show(async () => {
      throw refusal(503, 'store_unavailable');
    });
    await screen.findByRole('heading', { name: 'That did not work' });
  });

  it('shows nothing while it loads', () => {
    show(() => never());
    expect(screen.queryByRole('heading')).toBeNull();
  });
});
