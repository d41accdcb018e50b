import { type Integrations, integrations } from '../../../server/approvals/access.contract.js';
import { nextUrl } from '../../../server/approvals/approvals.contract.js';
import type { Http } from './http.js';

export interface IntegrationsApi {
  list(): Promise<Integrations['items']>;
  /** Where the browser goes to connect; it comes back to `returnTo`. */
  connect(csrfToken: string, slug: string, returnTo: string): Promise<string>;
  disconnect(csrfToken: string, slug: string): Promise<void>;
}

export function integrationsApi(http: Http): IntegrationsApi {
  return {
    async list() {
      const { items } = await http.ask({ method: 'GET', path: '/api/integrations', answer: integrations });
      return items;
    },
    async connect(csrfToken, slug, returnTo) {
      const path = `/api/integrations/${encodeURIComponent(slug)}/connect`;
      const { url } = await http.ask({ method: 'POST', path, answer: nextUrl, csrfToken, body: { returnTo } });
      return url;
    },
    async disconnect(csrfToken, slug) {
      const path = `/api/integrations/${encodeURIComponent(slug)}/connection`;
      await http.ask({ method: 'DELETE', path, answer: null, csrfToken });
    },
  };
}
