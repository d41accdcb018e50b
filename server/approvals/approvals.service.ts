import { Injectable } from '@nestjs/common';
import type { BrowserSession } from '../auth/browser-session.js';
import { BrowserSessionService } from '../auth/browser-session.service.js';
import { csrfToken } from '../auth/csrf.js';
import { Identity } from '../auth/identity.port.js';
import { Keys } from '../auth/keys.js';
import { bindingsOf, ConnectionsService, type Integration } from '../connections/connections.service.js';
import { type AuthorityGrant, statusOf } from '../grants/authority-grant.js';
import { GrantSettings } from '../grants/grant-settings.js';
import type { Found, Holder } from '../grants/grant-store.port.js';
import { GrantsService } from '../grants/grants.service.js';
import { Clock } from '../kernel/clock.port.js';
import { DomainError } from '../kernel/domain-error.js';
import { isGrantId } from '../kernel/ids.js';
import { ProviderRegistry } from '../providers/provider-registry.js';
import { ApprovalSettings } from './approval-settings.js';
import { approvalView } from './approval-view.js';
import type { Approval, DecisionBody } from './approvals.contract.js';
import { decisionCommand } from './decision.js';
import { WrongUserService } from './wrong-user.service.js';

/** How long a reader waits for a change at most. Below every proxy's usual limit. */
const WAIT_MS = 25_000;

/** What a signed-in person sees and decides. Everybody else gets the 404 of an id that does not exist. */
@Injectable()
export class ApprovalsService {
  constructor(
    private readonly grants: GrantsService,
    private readonly connections: ConnectionsService,
    private readonly registry: ProviderRegistry,
    private readonly identity: Identity,
    private readonly browserSessions: BrowserSessionService,
    private readonly keys: Keys,
    private readonly grantSettings: GrantSettings,
    private readonly settings: ApprovalSettings,
    private readonly clock: Clock,
    private readonly wrongUser: WrongUserService,
  ) {}

  /**
   * The request as it is now, bound to the connections that the answer shows. With `after`, waits up to 25 s for another
   * version than that one.
   * @throws DomainError `not_found`, `org_mismatch`
   */
  async read(session: BrowserSession, id: string, after: number | null, signal: AbortSignal): Promise<Approval> {
    const found = await this.#mine(session, id);
    if (after === null || found.grant.version !== after) return this.#shown(session, found);
    const before = statusOf(found.grant, found);
    const isSettled = (now: Found) => now.grant.version !== after || statusOf(now.grant, now) !== before;
    const changed = await this.grants.waitFor(id, holder(session), isSettled, WAIT_MS, signal);
    return this.#shown(session, changed ?? found);
  }

  /**
   * Decides once. The digest must be the one of the page that was read.
   * @throws DomainError `request_changed`, `already_decided`, `request_expired`, `superseded`, `wider_than_asked`, …; the request
   * then stays as it was.
   */
  async decide(session: BrowserSession, id: string, body: DecisionBody): Promise<Approval> {
    const found = await this.#mine(session, id);
    await this.#isEntitled(session, found.grant, body.decision);
    const by = { userId: session.userId, organization: session.organization, browserSession: session.id };
    const command = decisionCommand(found.grant, body, by, this.grantSettings.authorityMaxMs);
    // The connections may have changed since the page was read: then the digest changes here, and the decision is refused.
    if (body.decision === 'approve') {
      await this.#bound(session, found, await this.connections.integrations(owner(session)));
    }
    const decided = await this.grants.decide(id, command);
    if (body.decision === 'approve') await this.#isStillSignedIn(session, id);
    return this.#shown(session, decided);
  }

  async #mine(session: BrowserSession, id: string): Promise<Found> {
    const found = isGrantId(id) ? await this.grants.find(id, holder(session)) : null;
    if (!found) {
      if (isGrantId(id)) this.wrongUser.record(session, id, 'user');
      throw new DomainError('not_found', 'There is no request here for this account.');
    }
    const { organization } = found.grant.principal;
    if (organization !== session.organization) {
      this.wrongUser.record(session, id, 'organization');
      const name = await this.#organizationName(session.userId, organization);
      throw new DomainError(
        'org_mismatch',
        'This request belongs to another of your organizations. Switch to it to decide.',
        {
          ...(organization === null ? {} : { organization: { id: organization, name: name ?? organization } }),
        },
      );
    }
    return found;
  }

  /** I7: not impersonated, not signed out at WorkOS meanwhile, and fresh when the deployment demands it. */
  async #isEntitled(session: BrowserSession, grant: AuthorityGrant, decision: 'approve' | 'deny'): Promise<void> {
    if (session.isImpersonated) {
      throw new DomainError('impersonated', 'Somebody else is signed in as this person. Only the person can decide.');
    }
    if (decision === 'deny') return;
    if (!(await this.browserSessions.renewed(session))) {
      throw new DomainError('not_signed_in', 'Your sign-in has ended. Sign in again; nothing was decided.');
    }
    const level = grant.kind === 'broad' ? grant.requested.level : grant.call.level;
    const { reauth, reauthMaxAgeMs } = this.settings;
    const isFreshNeeded = reauth === 'always' || (reauth === 'write' && level === 'write');
    if (isFreshNeeded && this.clock.now() - session.authenticatedAt > reauthMaxAgeMs) {
      throw new DomainError('reauthentication_required', 'Sign in again to approve this. Nothing was decided.');
    }
  }

  /** I14: whoever signed out while the decision was under way has ended it, too. */
  async #isStillSignedIn(session: BrowserSession, id: string): Promise<void> {
    if (await this.browserSessions.isThere(session)) return;
    await this.grants.end(id, holder(session), { type: 'system' });
    throw new DomainError('not_signed_in', 'You signed out while this was being approved, so nothing is allowed.');
  }

  /** The digest covers the connections, so the page is told of the very ones that were bound. */
  async #shown(session: BrowserSession, found: Found): Promise<Approval> {
    const isOpen = statusOf(found.grant, found) === 'pending';
    const integrations = await orWhenAway(this.connections.integrations(owner(session)), isOpen, []);
    return this.#view(session, await this.#boundOrEnded(session, found, integrations), integrations);
  }

  /** A reader whose request is decided meanwhile sees what became of it. */
  async #boundOrEnded(session: BrowserSession, found: Found, integrations: readonly Integration[]): Promise<Found> {
    try {
      return await this.#bound(session, found, integrations);
    } catch (error) {
      const now = await this.grants.find(found.grant.id, holder(session));
      if (now && statusOf(now.grant, now) !== 'pending') return now;
      throw error;
    }
  }

  async #bound(session: BrowserSession, found: Found, integrations: readonly Integration[]): Promise<Found> {
    const { grant } = found;
    if (statusOf(grant, found) !== 'pending') return found;
    const providers = grant.kind === 'broad' ? grant.requested.providers : [grant.call.provider];
    return this.grants.bind(found, session.userId, bindingsOf(integrations, providers));
  }

  async #view(session: BrowserSession, found: Found, integrations: readonly Integration[]): Promise<Approval> {
    const isRequest = found.grant.kind === 'request';
    const isOpen = statusOf(found.grant, found) === 'pending';
    const [body, brake, organization] = await Promise.all([
      isRequest ? this.grants.body(found.grant.id, holder(session)) : null,
      this.grants.brake(found),
      orWhenAway(this.#organizationName(session.userId, session.organization), isOpen, session.organization),
    ]);
    return approvalView({
      found,
      body,
      brake,
      integrations,
      registry: this.registry,
      account: { email: session.email, organization },
      csrfToken: csrfToken(this.keys, session, { for: 'decide', approvalId: found.grant.id }),
      authorityMaxMs: this.grantSettings.authorityMaxMs,
    });
  }

  async #organizationName(userId: string, organization: string | null): Promise<string | null> {
    if (organization === null) return null;
    const memberships = await this.identity.memberships(userId);
    return memberships.find((membership) => membership.organizationId === organization)?.organizationName ?? null;
  }
}

/** What WorkOS tells is needed to decide. A decision that is made is answered as made, whatever is out of reach after it. */
async function orWhenAway<T>(told: Promise<T>, isNeeded: boolean, otherwise: T): Promise<T> {
  try {
    return await told;
  } catch (error) {
    if (!isNeeded && error instanceof DomainError && error.category === 'unavailable') return otherwise;
    throw error;
  }
}

function holder(session: BrowserSession): Holder {
  return { by: 'user', userId: session.userId };
}

function owner(session: BrowserSession) {
  return { userId: session.userId, organization: session.organization };
}
