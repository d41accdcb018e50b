import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import type { Me } from '../../server/approvals/approvals.contract.js';
import { ApiContext } from './api/api.js';
import { App } from './app.js';
import { ANA, fakeApi, never, refusal } from './testing/fake-api.js';
import { installDialogs } from './testing/show-access.js';

beforeAll(installDialogs);

interface World {
  readonly me?: () => Promise<Me>;
  readonly isSandbox?: boolean;
  readonly signOut?: () => Promise<string>;
}

function show(path: string, { me = async () => ANA, isSandbox = false, signOut }: World = {}) {
  const goTo = jest.fn();
  const site = async () => ({ isSandbox, mcpUrl: 'http://localhost:5711/mcp' });
  const read = () => never<never>();
  const account = { me, site, ...(signOut && { signOut }) };
  render(
    <ApiContext value={fakeApi({ account, approvals: { read }, goTo })}>
      <App path={path} />
    </ApiContext>,
  );
  return goTo;
}
const stranger = async () => {
  throw refusal(401, 'not_signed_in');
};

describe('the frame of every page', () => {
  it('shows whose session it is, and the way out', async () => {
    show('/');
    await screen.findByText('ana@acme.example');
    expect(screen.getByRole('banner').textContent).toMatch(/ana@acme.example.*Acme GmbH/);
    expect(screen.getByRole('link', { name: 'Skip to content' }).getAttribute('href')).toBe('#main');
    expect(within(screen.getByRole('navigation', { name: 'Site' })).getByRole('link').textContent).toBe('My access');
  });

  it('says when there is no organization', async () => {
    show('/', { me: async () => ({ ...ANA, organization: null }) });
    await screen.findByText('no organization');
  });

  it('offers a stranger to sign in, on the home page', async () => {
    show('/', { me: stranger });
    const link = await screen.findByRole('link', { name: 'Sign in' });
    expect(link.getAttribute('href')).toBe('/login?returnTo=%2Faccess');
    expect(screen.queryByRole('button', { name: 'Sign out' })).toBeNull();
  });

  it('says that a sandbox is one', async () => {
    show('/', { isSandbox: true });
    await screen.findByRole('complementary', { name: 'Sandbox' });
  });

  it('asks before it signs out, and says what ends', async () => {
    const goTo = show('/', { signOut: async () => '/bye' });
    fireEvent.click(await screen.findByRole('button', { name: 'Sign out' }));
    const dialog = await screen.findByRole('dialog', { name: 'Sign out of Countersign?' });
    expect(dialog.textContent).toContain('No call begins after that. One that had begun may still arrive.');
    expect(goTo).not.toHaveBeenCalled();
    fireEvent.click(screen.getAllByRole('button', { name: 'Sign out' }).at(-1)!);
    await waitFor(() => expect(goTo).toHaveBeenCalledWith('/bye'));
  });

  it('says when signing out did not work', async () => {
    const signOut = async () => {
      throw refusal(503, 'store_unavailable');
    };
    show('/', { signOut });
    fireEvent.click(await screen.findByRole('button', { name: 'Sign out' }));
    await screen.findByRole('dialog');
    fireEvent.click(screen.getAllByRole('button', { name: 'Sign out' }).at(-1)!);
    expect((await screen.findByRole('alert')).textContent).toContain('You are still signed in');
  });
});

describe('the home page', () => {
  it('says how it works and gives the address of this server', async () => {
    show('/');
    await screen.findByRole('heading', { level: 1, name: /Assistants ask/ });
    expect(await screen.findByText('http://localhost:5711/mcp')).toBeTruthy();
    expect(screen.getByText(/claude mcp add/)).toBeTruthy();
    expect(screen.getByText(/One that had begun may still arrive/)).toBeTruthy();
  });

  it('copies a setup, and says so', async () => {
    const written: string[] = [];
    const clipboard = { writeText: async (text: string) => void written.push(text) };
    Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true });
    show('/');
    fireEvent.click(await screen.findByRole('button', { name: 'Copy the setup for Claude Code' }));
    await screen.findByRole('button', { name: 'Copied the setup for Claude Code' });
    expect(written).toEqual(['claude mcp add --transport http countersign http://localhost:5711/mcp']);
  });
});

describe('a request that takes a while', () => {
  it('shows the shape of the sheet, and says that it loads', async () => {
    show('/approve/abc');
    await screen.findByRole('heading', { name: 'Loading the request' });
    expect(screen.getByRole('article').getAttribute('aria-busy')).toBe('true');
  });
});
