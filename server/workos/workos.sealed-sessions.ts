import type { AuthenticationResponse } from '@workos-inc/node';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import type { SignIn } from '../auth/identity.port.js';
import type { Clock } from '../kernel/clock.port.js';
import type { Secret } from '../kernel/secret.js';
import type { WorkosClient } from './workos.client.js';

const WORKOS = 'https://api.workos.com';

const Claims = z.object({
  iss: z.string(),
  sub: z.string(),
  sid: z.string().regex(/^session_[0-9A-Za-z]{1,64}$/),
  org_id: z.string().optional(),
  auth_time: z.number().optional(),
  act: z.unknown().optional(),
});

const Opened = z.object({
  refreshToken: z.string().min(1),
  organizationId: z.string().optional(),
  user: z.object({ id: z.string() }),
});

export interface OpenedSession {
  readonly refreshToken: string;
  readonly organizationId: string | undefined;
  readonly userId: string;
}

/** Reads what AuthKit answers at sign-in and renewal, and what the SDK sealed of it. */
export class SealedSessions {
  readonly #issuers: ReadonlySet<string>;

  constructor(
    private readonly client: WorkosClient,
    private readonly options: { readonly secrets: readonly Secret[]; readonly issuers?: readonly string[] },
    private readonly clock: Clock,
  ) {
    const bases = [WORKOS, client.sdk.baseURL, ...(options.issuers ?? [])].map((base) => base.replace(/\/$/, ''));
    this.#issuers = new Set(bases.flatMap((base) => [base, `${base}/`, `${base}/user_management/${client.clientId}`]));
  }

  /** How the SDK is to seal a new session. */
  seal(): { sealSession: true; cookiePassword: string } {
    return { sealSession: true, cookiePassword: this.options.secrets[0]!.reveal() };
  }

  /** `null` for what none of our secrets opens. An access token that is over does not matter. */
  async open(sealed: string): Promise<OpenedSession | null> {
    for (const secret of this.options.secrets) {
      const opened = await this.#openWith(sealed, secret);
      if (opened) return { ...opened, organizationId: opened.organizationId, userId: opened.user.id };
    }
    return null;
  }

  /**
   * The token came from WorkOS over our own connection, so its signature says nothing new; but the SDK checks neither whom it
   * is about nor who issued it. `null` when these do not fit the answer.
   */
  signInOf(answer: AuthenticationResponse): SignIn | null {
    const { user, organizationId, accessToken, impersonator, sealedSession } = answer;
    const claims = Claims.safeParse(decoded(accessToken)).data;
    const isSound = claims?.sub === user.id && this.#issuers.has(claims.iss) && claims.org_id === organizationId;
    if (!isSound || sealedSession === undefined) return null;
    return {
      user: { id: user.id, email: user.email, name: [user.firstName, user.lastName].filter(Boolean).join(' ') || null },
      organization: organizationId ?? null,
      providerSession: claims.sid,
      isImpersonated: impersonator !== undefined || claims.act !== undefined,
      // Not said means never: nobody passes as freshly signed in.
      authenticatedAt: Math.min((claims.auth_time ?? 0) * 1000, this.clock.now()),
      sealed: sealedSession,
    };
  }

  async #openWith(sealed: string, secret: Secret) {
    try {
      const content: unknown = await this.client.sdk.userManagement.getSessionFromCookie({
        sessionData: sealed,
        cookiePassword: secret.reveal(),
      });
      return Opened.safeParse(content).data ?? null;
    } catch {
      return null;
    }
  }
}

function decoded(token: string): unknown {
  try {
    return decodeJwt(token);
  } catch {
    return null;
  }
}
