import { type Me, me, nextUrl, type Site, site } from '../../../server/approvals/approvals.contract.js';
import type { Http } from './http.js';

export interface AccountApi {
  me(): Promise<Me>;
  site(): Promise<Site>;
  /** Where the browser goes next. The grants that were approved in this browser session end. */
  signOut(csrfToken: string): Promise<string>;
}

export function accountApi(http: Http): AccountApi {
  return {
    me: () => http.ask({ method: 'GET', path: '/api/me', answer: me }),
    site: () => http.ask({ method: 'GET', path: '/api/site', answer: site }),
    async signOut(csrfToken) {
      const { url } = await http.ask({ method: 'POST', path: '/logout', answer: nextUrl, csrfToken });
      return url;
    },
  };
}
