import { render, screen, waitFor } from '@testing-library/react';
import type { Approval } from '../../../server/approvals/approvals.contract.js';
import { ApiContext } from '../api/api.js';
import type { ApprovalsApi } from '../api/approvals.js';
import { ApprovalPage } from '../approval/approval-page.js';
import { AccountContext } from '../ui/account.js';
import { broadApproval, NOW } from './approval-fixture.js';
import { ANA, fakeApi, never } from './fake-api.js';

export const ID = broadApproval().id;

/** Shows the page of a request whose first answer is `approval`; `decide` and later readings are the test's. */
export function showApproval(
  approval: Approval | Error,
  rest: Partial<ApprovalsApi> = {},
  goTo: (url: string) => void = () => undefined,
) {
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
export const heading = (text: string | RegExp) =>
  waitFor(() => {
    const title = screen.getByRole('heading', { level: 1 });
    expect(title.textContent).toMatch(text);
    return title;
  });
export const button = (name: string) => screen.getByRole('button', { name });
export const isInert = (name: string) => button(name).getAttribute('aria-disabled') === 'true';
export const untilWorking = (name: string) => waitFor(() => expect(isInert(name)).toBe(false), { timeout: 3000 });
