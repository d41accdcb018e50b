import { createHash } from 'node:crypto';
import { Identity, type Membership, type SignIn, type SignInStart, type User } from '../auth/identity.port.js';
import type { Clock } from '../kernel/clock.port.js';
import { DomainError } from '../kernel/domain-error.js';
import type { Secret } from '../kernel/secret.js';
import type { Refusal, WorkosClient } from './workos.client.js';
import { WorkosPeople } from './workos.people.js';
import { SealedSessions } from './workos.sealed-sessions.js';
import { checkedId } from './workos-id.js';

export interface WorkosIdentityOptions {
  readonly redirectUri: string;
  /** Each at least 32 characters. The first seals, all open. */
  readonly secrets: readonly Secret[];
  /** Issuers of session tokens, beside the ones that WorkOS's API uses: a custom domain. */
  readonly issuers?: readonly string[];
}

/** How long a renewal's result serves a second tab that still holds what it replaced. */
const RENEWED_MS = 10_000;
const ENDED = ['invalid_grant', 'mfa_enrollment', 'sso_required'];

/** Browser sign-in by AuthKit, people and memberships. */
export class WorkosIdentity extends Identity {
  readonly #people: WorkosPeople;
  readonly #sealed: SealedSessions;
  readonly #renewals = new Map<string, Promise<SignIn | null>>();

  constructor(
    private readonly client: WorkosClient,
    private readonly options: WorkosIdentityOptions,
    clock: Clock,
  ) {
    super();
    this.#people = new WorkosPeople(client, clock);
    this.#sealed = new SealedSessions(client, options, clock);
  }

  async begin({ organization, isFresh }: { organization?: string; isFresh?: boolean }): Promise<SignInStart> {
    const { url, state, codeVerifier } = await this.client.sdk.userManagement.getAuthorizationUrlWithPKCE({
      provider: 'authkit',
      redirectUri: this.options.redirectUri,
      ...(organization !== undefined && { organizationId: checkedId('org', organization) }),
    });
    // OIDC Core §3.1.2.1. The SDK does not know max_age.
    return { url: isFresh ? `${url}&prompt=login&max_age=0` : url, state, codeVerifier };
  }

  async finish(answer: { code: string; codeVerifier: string; ip?: string; userAgent?: string }): Promise<SignIn> {
    const { code, codeVerifier, ip, userAgent } = answer;
    const authenticated = await this.client.command(
      (sdk) =>
        sdk.userManagement.authenticateWithCode({
          code,
          codeVerifier,
          session: this.#sealed.seal(),
          ...(ip !== undefined && { ipAddress: ip }),
          ...(userAgent !== undefined && { userAgent }),
        }),
      (refusal) => {
        if (isOurs(refusal)) return undefined;
        throw failed();
      },
    );
    const signIn = this.#sealed.signInOf(authenticated);
    if (signIn === null) throw failed();
    return signIn;
  }

  async renew(sealed: string, organization?: string): Promise<SignIn | null> {
    const key = createHash('sha256').update(sealed).digest('base64url');
    const running = this.#renewals.get(key);
    if (!running) return this.#share(key, this.#refresh(sealed, organization));
    const renewed = await running;
    if (renewed === null || organization === undefined || renewed.organization === organization) return renewed;
    return this.renew(renewed.sealed, organization);
  }

  signOutUrl(providerSession: string, returnTo: string): string {
    return this.client.sdk.userManagement.getLogoutUrl({ sessionId: providerSession, returnTo });
  }

  user(userId: string): Promise<User | null> {
    return this.#people.user(userId);
  }

  memberships(userId: string): Promise<readonly Membership[]> {
    return this.#people.memberships(userId);
  }

  /** Refresh tokens rotate: of two callers with the same session one renews, and both get the result. */
  async #share(key: string, renewal: Promise<SignIn | null>): Promise<SignIn | null> {
    this.#renewals.set(key, renewal);
    try {
      const signIn = await renewal;
      setTimeout(() => this.#renewals.delete(key), RENEWED_MS).unref();
      return signIn;
    } catch (error) {
      this.#renewals.delete(key);
      throw error;
    }
  }

  async #refresh(sealed: string, organization: string | undefined): Promise<SignIn | null> {
    const before = await this.#sealed.open(sealed);
    if (before === null) return null;
    const organizationId = organization ?? before.organizationId;
    const refreshed = await this.client.command(
      (sdk) =>
        sdk.userManagement.authenticateWithRefreshToken({
          refreshToken: before.refreshToken,
          session: this.#sealed.seal(),
          ...(organizationId !== undefined && { organizationId: checkedId('org', organizationId) }),
        }),
      (refusal) => {
        if (isOurs(refusal)) return undefined;
        if (organization === undefined || ENDED.includes(refusal.code ?? '')) return null;
        throw new DomainError('org_mismatch', 'You are not a member of this organization.');
      },
    );
    if (refreshed === null || refreshed.user.id !== before.userId) return null;
    return this.#sealed.signInOf(refreshed);
  }
}

/** WorkOS refuses us, not the person: our key or client id is wrong, we ask too often, or WorkOS is out of order. */
function isOurs({ status, code }: Refusal): boolean {
  return status === null || status === 401 || status === 429 || status >= 500 || code === 'invalid_client';
}

function failed(): DomainError {
  return new DomainError('sign_in_failed', 'The sign-in could not be finished. Start again.');
}
