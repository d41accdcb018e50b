import { z } from 'zod';
import { ClientConsent } from '../gateway/client-consent.port.js';
import type { Clock } from '../kernel/clock.port.js';
import { RecentAnswers } from './recent-answers.js';
import type { WorkosClient } from './workos.client.js';
import { checkedId } from './workos-id.js';

const Applications = z.object({
  data: z.array(z.object({ application: z.object({ client_id: z.string() }) })),
  list_metadata: z.object({ after: z.string().nullish() }).nullish(),
});

const FRESH_MS = 30_000;
const MOST_PEOPLE = 5_000;
const PAGE = 100;
const MOST_PAGES = 20;

/** WorkOS tells no event when a person withdraws a consent: the list of authorized applications is asked, and kept for 30 s. */
export class WorkosClientConsent extends ClientConsent {
  readonly #lists = new RecentAnswers<ReadonlySet<string>>(MOST_PEOPLE);

  constructor(
    private readonly client: WorkosClient,
    private readonly clock: Clock,
  ) {
    super();
  }

  async isGiven(userId: string, clientId: string): Promise<boolean> {
    const now = this.clock.now();
    if (this.#lists.recent(userId, now, FRESH_MS)?.has(clientId)) return true;
    // A client that a person authorized a moment ago is not in an older list: absence is always asked anew.
    const clients = await this.#lists.ask(
      userId,
      () => this.clock.now(),
      () => this.#clients(userId),
    );
    return clients.has(clientId);
  }

  async #clients(userId: string): Promise<ReadonlySet<string>> {
    const path = `/user_management/users/${checkedId('user', userId)}/authorized_applications`;
    return this.client.ask(
      async (sdk) => {
        const clients = new Set<string>();
        let after: string | null | undefined;
        for (let page = 0; page < MOST_PAGES; page += 1) {
          const answer = await sdk.get(path, { query: { limit: PAGE, ...(after && { after }) } });
          const { data, list_metadata } = Applications.parse(answer.data);
          for (const { application } of data) clients.add(application.client_id);
          after = list_metadata?.after;
          if (!after) return clients;
        }
        throw new Error('The list does not end.');
      },
      ({ status }) => (status === 404 ? new Set() : undefined),
    );
  }
}
