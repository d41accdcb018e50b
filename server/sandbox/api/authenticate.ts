import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { SandboxKeys } from '../keys.js';
import type { SandboxSession, SandboxState } from '../sandbox-state.js';
import { CLIENT_ID, userOf } from '../seed.js';
import { newToken, sha256, ulid } from '../ulid.js';
import { userObject } from './objects.js';
import { sessionToken } from './tokens.js';

type Refusal = { error: string; error_description: string };

/** `POST /user_management/authenticate`: a code or a refresh token for a browser session's tokens. */
export class Authenticate {
  constructor(
    private readonly state: SandboxState,
    private readonly keys: SandboxKeys,
    private readonly base: string,
  ) {}

  async handle(req: Request, res: Response): Promise<void> {
    const body = (req.body ?? {}) as Record<string, unknown>;
    if (body.client_id !== CLIENT_ID || body.client_secret !== this.state.data.apiKey) {
      res.status(400).json({ error: 'invalid_client', error_description: 'Invalid client ID.' });
      return;
    }
    const refreshToken = newToken('sandbox_refresh_');
    const outcome =
      body.grant_type === 'authorization_code'
        ? this.#byCode(body, refreshToken)
        : body.grant_type === 'refresh_token'
          ? this.#byRefreshToken(body, refreshToken)
          : {
              error: 'unsupported_grant_type',
              error_description: 'The sandbox knows authorization_code and refresh_token.',
            };
    if ('error' in outcome) {
      res.status(400).json(outcome);
      return;
    }
    this.state.data.sessions[outcome.id] = outcome;
    this.state.changed();
    const user = userOf(outcome.userId)!;
    res.status(200).json({
      user: userObject(user, this.state.data),
      ...(outcome.organizationId && { organization_id: outcome.organizationId }),
      access_token: await sessionToken(this.base, this.keys, outcome),
      refresh_token: refreshToken,
      authentication_method: 'Password',
    });
  }

  #byCode(body: Record<string, unknown>, refreshToken: string): SandboxSession | Refusal {
    const key = sha256(String(body.code));
    const code = this.state.data.codes[key];
    delete this.state.data.codes[key];
    this.state.changed();
    const challenge = createHash('sha256').update(String(body.code_verifier)).digest('base64url');
    if (!code || code.expiresAt <= Date.now() || code.challenge !== challenge) {
      return { error: 'invalid_grant', error_description: 'The code is invalid, expired or was already used.' };
    }
    return {
      id: `session_${ulid()}`,
      userId: code.userId,
      organizationId: code.organizationId,
      status: 'active',
      refreshHash: sha256(refreshToken),
      authenticatedAt: code.authenticatedAt,
      createdAt: Date.now(),
      endedAt: null,
      ip: typeof body.ip_address === 'string' ? body.ip_address : null,
      userAgent: typeof body.user_agent === 'string' ? body.user_agent : null,
    };
  }

  #byRefreshToken(body: Record<string, unknown>, refreshToken: string): SandboxSession | Refusal {
    const hash = sha256(String(body.refresh_token));
    const session = Object.values(this.state.data.sessions).find((one) => one.refreshHash === hash);
    if (session?.status !== 'active') return { error: 'invalid_grant', error_description: 'Invalid refresh token.' };
    const wanted = body.organization_id === undefined ? session.organizationId : String(body.organization_id);
    if (wanted !== null && !userOf(session.userId)?.organizationIds.includes(wanted)) {
      return {
        error: 'organization_membership_not_found',
        error_description: 'The user is not a member of the organization.',
      };
    }
    return { ...session, organizationId: wanted, refreshHash: sha256(refreshToken) };
  }
}
