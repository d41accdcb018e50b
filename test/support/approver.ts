import type { Approval, Me } from '../../server/approvals/approvals.contract.js';
import type { Person } from './person.js';

/** The page's API, driven as the page drives it, for journeys in which the page is not what is tested. */
export class Approver {
  private constructor(
    private readonly url: string,
    private readonly person: Person,
    readonly me: Me,
  ) {}

  static async signIn(url: string, person: Person): Promise<Approver> {
    const back = await person.follow(`${url}/login?returnTo=/access`, `${url}/callback`);
    const landed = await person.fetch(back.href);
    if (landed.headers.get('location') !== '/access') {
      throw new Error(`the sign-in led to ${landed.status} ${landed.headers.get('location')}: ${await landed.text()}`);
    }
    const me = (await (await person.fetch(`${url}/api/me`)).json()) as Me;
    return new Approver(url, person, me);
  }

  get(path: string): Promise<Response> {
    return this.person.fetch(this.url + path);
  }

  /** An unsafe request as the page sends it. */
  send(method: string, path: string, body?: unknown, csrfToken = this.me.csrfToken): Promise<Response> {
    const headers: Record<string, string> = { origin: this.url, 'x-csrf-token': csrfToken };
    if (body === undefined) return this.person.fetch(this.url + path, { method, headers });
    const json = JSON.stringify(body);
    return this.person.fetch(this.url + path, {
      method,
      headers: { ...headers, 'content-type': 'application/json' },
      body: json,
    });
  }

  async read(id: string): Promise<Approval> {
    const response = await this.get(`/api/approvals/${id}`);
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    return (await response.json()) as Approval;
  }

  /** Reads the request and decides it with what was read. */
  async decide(id: string, decision: Record<string, unknown>): Promise<Response> {
    const { digest, csrfToken } = await this.read(id);
    return this.send('POST', `/api/approvals/${id}/decision`, { digest, ...decision }, csrfToken);
  }
}
