import { act, render } from '@testing-library/react';
import type { GrantChoicesView, GrantItem, Integrations } from '../../../server/approvals/access.contract.js';
import AccessPage from '../access/access-page.js';
import { ApiContext } from '../api/api.js';
import type { GrantFilters, GrantsApi, GrantsState, Revocation } from '../api/grants.js';
import { AccountContext } from '../ui/account.js';
import { NOW } from './approval-fixture.js';
import { ANA, fakeApi } from './fake-api.js';

/** Read on Linear for Claude Code, with one call made. */
export const GRANT: GrantItem = {
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

/** One exact call that waits for a decision. */
export const WAITING: GrantItem = {
  ...GRANT,
  id: 'w1',
  kind: 'request',
  status: 'pending',
  level: 'write',
  isDestructive: true,
  title: 'Archive a page in Notion',
  decidedAt: null,
  expiresAt: null,
  callsMade: 0,
  maxCalls: 1,
  lastCalls: [],
};

export type Asked = readonly [state: GrantsState, cursor: string | null, filters: GrantFilters];

interface World {
  readonly active?: readonly GrantItem[] | Error;
  readonly pending?: readonly GrantItem[] | Error;
  readonly ended?: readonly GrantItem[] | Error;
  readonly choices?: GrantChoicesView;
  readonly integrations?: Integrations['items'] | Error;
  readonly pageSize?: number;
  /** More match than the server counts. */
  readonly isUncounted?: boolean;
  readonly revoke?: GrantsApi['revoke'];
  readonly connect?: (token: string, slug: string, returnTo: string) => Promise<string>;
  readonly disconnect?: (token: string, slug: string) => Promise<void>;
  readonly goTo?: (url: string) => void;
}

/** Shows “My access” at one tab. Answers what the page asked for and what it revoked. */
export function showAccess(tab: string, world: World) {
  window.location.hash = `#${tab}`;
  const revoked: Revocation[] = [];
  const asked: Asked[] = [];
  const lists = { active: world.active ?? [], pending: world.pending ?? [], ended: world.ended ?? [] };
  const isGone = ({ id, client }: GrantItem) =>
    revoked.some((what) => what === 'all' || ('id' in what ? what.id === id : what.client === client.id));
  const list: GrantsApi['list'] = async (state, cursor = null, filters = {}) => {
    asked.push([state, cursor, filters]);
    const all = lists[state];
    if (all instanceof Error) throw all;
    const items = state === 'ended' ? all : all.filter((item) => !isGone(item));
    const from = Number(cursor);
    const to = from + (world.pageSize ?? 50);
    const total = cursor === null && !world.isUncounted ? items.length : null;
    return { now: NOW, items: items.slice(from, to), nextCursor: to < items.length ? String(to) : null, total };
  };
  const choices = async () => world.choices ?? { providers: [], clients: [] };
  const revoke: GrantsApi['revoke'] = async (token, what) => {
    const ended = (await world.revoke?.(token, what)) ?? { ended: 1, revoked: 1, withdrawn: 0 };
    revoked.push(what);
    return ended;
  };
  const integrations = async () => {
    if (world.integrations instanceof Error) throw world.integrations;
    return world.integrations ?? [];
  };
  const { connect, disconnect, goTo } = world;
  const parts = { list: integrations, ...(connect && { connect }), ...(disconnect && { disconnect }) };
  render(
    <ApiContext value={fakeApi({ grants: { list, choices, revoke }, integrations: parts, ...(goTo && { goTo }) })}>
      <AccountContext value={ANA}>
        <AccessPage />
      </AccountContext>
    </ApiContext>,
  );
  return { revoked, asked };
}

export function openTab(tab: string): void {
  act(() => {
    window.location.hash = `#${tab}`;
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  });
}

/** jsdom has no modal dialogs. */
export function installDialogs(): void {
  HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function (this: HTMLDialogElement) {
    this.open = false;
  };
}
