import { createContext, useContext } from 'react';
import { type AccountApi, accountApi } from './account.js';
import { type ApprovalsApi, approvalsApi } from './approvals.js';
import { type GrantsApi, grantsApi } from './grants.js';
import type { Http } from './http.js';
import { type IntegrationsApi, integrationsApi } from './integrations.js';

/** Everything that the page asks the server for, and the one way to leave the page. */
export interface Api {
  readonly approvals: ApprovalsApi;
  readonly account: AccountApi;
  readonly grants: GrantsApi;
  readonly integrations: IntegrationsApi;
  goTo(url: string): void;
}

export function createApi(http: Http): Api {
  return {
    approvals: approvalsApi(http),
    account: accountApi(http),
    grants: grantsApi(http),
    integrations: integrationsApi(http),
    goTo: (url) => window.location.assign(url),
  };
}

export const ApiContext = createContext<Api | null>(null);

export function useApi(): Api {
  const api = useContext(ApiContext);
  if (api === null) throw new Error('ApiContext is missing above this component.');
  return api;
}
