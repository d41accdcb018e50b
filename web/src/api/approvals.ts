import { type Approval, approval, type DecisionBody } from '../../../server/approvals/approvals.contract.js';
import type { Http } from './http.js';

/** The server holds a waiting answer for up to 25 s. */
const WAIT_TIMEOUT_MS = 40_000;

export interface ApprovalsApi {
  /** With `after`, the answer comes when the version is another one, or after a while. */
  read(id: string, options?: { readonly after?: number; readonly signal?: AbortSignal }): Promise<Approval>;
  decide(of: Approval, body: DecisionBody): Promise<Approval>;
}

export function approvalsApi(http: Http): ApprovalsApi {
  return {
    read(id, { after, signal } = {}) {
      const query = after === undefined ? '' : `?after=${after}`;
      const path = `/api/approvals/${encodeURIComponent(id)}${query}`;
      return http.ask({ method: 'GET', path, answer: approval, signal, timeoutMs: WAIT_TIMEOUT_MS });
    },
    decide({ id, csrfToken }, body) {
      const path = `/api/approvals/${encodeURIComponent(id)}/decision`;
      return http.ask({ method: 'POST', path, answer: approval, csrfToken, body });
    },
  };
}
