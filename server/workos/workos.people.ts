import { z } from 'zod';
import type { Membership, User } from '../auth/identity.port.js';
import type { Clock } from '../kernel/clock.port.js';
import { RecentAnswers } from './recent-answers.js';
import type { WorkosClient } from './workos.client.js';
import { checkedId } from './workos-id.js';

const KNOWN_MS = 60_000;
const UNKNOWN_MS = 10_000;
/** While WorkOS is out of order, who somebody is may be a little older. */
const STALE_MS = 5 * 60_000;
const MOST_PEOPLE = 10_000;
const PAGE = 100;
const MOST_PAGES = 20;

const Memberships = z.object({
  data: z.array(
    z.object({
      user_id: z.string(),
      organization_id: z.string(),
      organization_name: z.string().nullish(),
      status: z.string(),
    }),
  ),
  list_metadata: z.object({ after: z.string().nullish() }).nullish(),
});

/** People and the organizations that they are in. */
export class WorkosPeople {
  readonly #users = new RecentAnswers<User | null>(MOST_PEOPLE);
  readonly #names = new RecentAnswers<string>(MOST_PEOPLE);

  constructor(
    private readonly client: WorkosClient,
    private readonly clock: Clock,
  ) {}

  async user(userId: string): Promise<User | null> {
    checkedId('user', userId);
    const now = this.clock.now();
    const known = this.#users.recent(userId, now, KNOWN_MS);
    if (known) return known;
    if (this.#users.recent(userId, now, UNKNOWN_MS) === null) return null;
    const stale = this.#users.recent(userId, now, STALE_MS);
    try {
      return await this.#users.ask(
        userId,
        () => this.clock.now(),
        () => this.#fetch(userId),
      );
    } catch (error) {
      if (stale) return stale;
      throw error;
    }
  }

  /** Active ones only, always asked for: authority depends on them. */
  memberships(userId: string): Promise<readonly Membership[]> {
    return this.client.together(() => this.#memberships(userId));
  }

  async #memberships(userId: string): Promise<readonly Membership[]> {
    const found = await this.#activeMemberships(checkedId('user', userId));
    return Promise.all(
      found
        .filter((one) => one.user_id === userId && one.status === 'active')
        .map(async ({ organization_id, organization_name }) => ({
          organizationId: organization_id,
          organizationName: organization_name ?? (await this.#organizationName(organization_id)),
        })),
    );
  }

  #fetch(userId: string): Promise<User | null> {
    return this.client.ask<User | null>(
      async (sdk) => {
        const user = await sdk.userManagement.getUser(checkedId('user', userId));
        if (user.id !== userId) throw new Error('WorkOS told about somebody else.');
        const name = [user.firstName, user.lastName].filter(Boolean).join(' ');
        return { id: user.id, email: user.email, name: name || null };
      },
      ({ status }) => (status === 404 ? null : undefined),
    );
  }

  #activeMemberships(userId: string) {
    return this.client.ask(
      async (sdk) => {
        const all: z.infer<typeof Memberships>['data'] = [];
        let after: string | null | undefined;
        for (let page = 0; page < MOST_PAGES; page += 1) {
          const query = { user_id: userId, statuses: 'active', limit: PAGE, ...(after && { after }) };
          const answer = await sdk.get('/user_management/organization_memberships', { query });
          const { data, list_metadata } = Memberships.parse(answer.data);
          all.push(...data);
          after = list_metadata?.after;
          if (!after) return all;
        }
        throw new Error('The list does not end.');
      },
      ({ status }) => (status === 404 ? [] : undefined),
    );
  }

  async #organizationName(organizationId: string): Promise<string> {
    const known = this.#names.recent(organizationId, this.clock.now(), STALE_MS);
    if (known !== undefined) return known;
    const fetch = () =>
      this.client.ask(
        async (sdk) => (await sdk.organizations.getOrganization(checkedId('org', organizationId))).name,
        ({ status }) => (status === 404 ? organizationId : undefined),
      );
    return this.#names.ask(organizationId, () => this.clock.now(), fetch);
  }
}
