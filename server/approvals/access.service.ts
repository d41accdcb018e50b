import { Injectable } from '@nestjs/common';
import { type BrowserSession, isSessionOrReplaced } from '../auth/browser-session.js';
import { BrowserSessionEnded } from '../auth/browser-session-ended.port.js';
import type { AuthorityGrant } from '../grants/authority-grant.js';
import type { GrantQuery } from '../grants/grant-store.port.js';
import { GrantsService } from '../grants/grants.service.js';
import { DomainError } from '../kernel/domain-error.js';
import { isGrantId } from '../kernel/ids.js';
import { ProviderRegistry } from '../providers/provider-registry.js';
import type { EndedGrants, GrantChoicesView, GrantPageView } from './access.contract.js';
import { grantItem } from './grant-item.js';
import type { ExportedGrant } from './grant-queries.js';

/** Grants in memory at a time. */
const EXPORT_PAGE = 100;

/** What a person sees and ends of all that assistants may do in their name, across clients and sessions. */
@Injectable()
export class AccessService extends BrowserSessionEnded {
  constructor(
    private readonly grants: GrantsService,
    private readonly registry: ProviderRegistry,
  ) {
    super();
  }

  async list(session: BrowserSession, query: GrantQuery): Promise<GrantPageView> {
    const page = await this.grants.list(session.userId, { ...query, isCounted: true });
    return {
      now: page.now,
      items: page.grants.map((grant) => grantItem(grant, page, this.registry)),
      nextCursor: page.nextCursor,
      total: page.total,
    };
  }

  async choices(session: BrowserSession): Promise<GrantChoicesView> {
    const { providers, clients } = await this.grants.choices(session.userId);
    return {
      providers: providers.map((id) => ({ id, name: this.registry.byId(id)?.name ?? id })),
      clients: [...clients],
    };
  }

  /**
   * Everything that `list` shows in all its pages, with the digest. A grant only moves forward from state to state, so in this order none
   * is missed while it moves, and one that moved meanwhile is told once.
   */
  async *export(session: BrowserSession, filters: Omit<GrantQuery, 'state' | 'limit'>): AsyncGenerator<ExportedGrant> {
    const told = new Set<string>();
    for (const state of ['pending', 'active', 'ended'] as const) {
      let cursor: string | null = null;
      do {
        const query: GrantQuery = { ...filters, state, limit: EXPORT_PAGE, ...(cursor === null ? {} : { cursor }) };
        const page = await this.grants.list(session.userId, query);
        for (const grant of page.grants) {
          if (told.has(grant.id)) continue;
          if (state !== 'ended') told.add(grant.id);
          yield { ...grantItem(grant, page, this.registry), digest: grant.digest };
        }
        cursor = page.nextCursor;
      } while (cursor !== null);
    }
  }

  /** @throws DomainError `not_found`, or why it cannot be ended any more. */
  async end(session: BrowserSession, id: string): Promise<EndedGrants> {
    if (!isGrantId(id)) throw new DomainError('not_found', 'There is no such approval for this account.');
    const { grant } = await this.grants.end(id, holder(session), actor(session));
    return counted([grant]);
  }

  /** Ends everything that is live, or everything of one client. */
  async endAll(session: BrowserSession, clientId?: string): Promise<EndedGrants> {
    return this.#end(session, await this.grants.live(session.userId, clientId));
  }

  /** Ends what was approved for a connection that is gone. What waits stays: it shows that it is not connected. */
  async endConnected(session: BrowserSession, slug: string): Promise<EndedGrants> {
    const concerned = new Set(this.registry.bySlug(slug).map(({ id }) => id));
    const isConcerned = (grant: AuthorityGrant) =>
      grant.status === 'approved' &&
      grant.principal.organization === session.organization &&
      (grant.kind === 'broad' ? grant.granted?.providers : [grant.call.provider])?.some((id) => concerned.has(id));
    return this.#end(session, (await this.grants.live(session.userId)).filter(isConcerned));
  }

  /** Ends what was approved in this browser session. */
  async ended(session: BrowserSession): Promise<number> {
    const isFromHere = ({ decision }: AuthorityGrant) =>
      decision !== null && isSessionOrReplaced(session, decision.by.browserSession);
    return (await this.#end(session, (await this.grants.live(session.userId)).filter(isFromHere))).ended;
  }

  async #end(session: BrowserSession, grants: readonly AuthorityGrant[]): Promise<EndedGrants> {
    return counted(await this.grants.endAll(grants, holder(session), actor(session)));
  }
}

function counted(grants: readonly AuthorityGrant[]): EndedGrants {
  const revoked = grants.filter(({ status }) => status === 'revoked').length;
  return { ended: grants.length, revoked, withdrawn: grants.length - revoked };
}

function holder(session: BrowserSession) {
  return { by: 'user', userId: session.userId } as const;
}

function actor(session: BrowserSession) {
  return { type: 'user', userId: session.userId, browserSession: session.id } as const;
}
