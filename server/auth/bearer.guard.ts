import type { AuthInfo } from '@modelcontextprotocol/server';
import { type CanActivate, type ExecutionContext, Injectable, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Clock } from '../kernel/clock.port.js';
import { DomainError } from '../kernel/domain-error.js';
import type { Principal } from '../kernel/principal.js';
import { TokenRefused, type VerifiedToken } from './access-token-claims.js';
import { AuthSettings } from './auth-settings.js';
import { readAuthorization } from './authorization.js';
import { type ChallengeError, challenge, challengeDescription } from './challenge.js';
import { RefusalTally } from './refusal-tally.js';
import { TokenVerifier } from './token-verifier.service.js';

/** What the guard leaves on the request: `auth` for the MCP library, `user` for its decorators. */
export interface BearerRequest extends Request {
  auth?: AuthInfo & { extra: { principal: Principal } };
  user?: { principal: Principal; scopes: readonly string[] };
}

/** Opens the MCP endpoint to access tokens in the `Authorization` header alone: no cookie, query or form is ever read. */
@Injectable()
export class BearerGuard implements CanActivate {
  readonly #logger = new Logger(BearerGuard.name);
  readonly #tally = new RefusalTally();

  constructor(
    private readonly verifier: TokenVerifier,
    private readonly settings: AuthSettings,
    private readonly clock: Clock,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<BearerRequest>();
    try {
      const { token, verified } = await this.#verify(request);
      const { principal, scopes, expiresAt } = verified;
      request.auth = {
        token,
        clientId: principal.clientId,
        scopes: [...scopes],
        expiresAt: Math.floor(expiresAt / 1000),
        extra: { principal },
      };
      request.user = { principal, scopes };
      return true;
    } catch (error) {
      this.#challenge(error, context.switchToHttp().getResponse<Response>());
      throw error;
    }
  }

  async #verify(request: Request): Promise<{ token: string; verified: VerifiedToken }> {
    const authorization = readAuthorization(request.headersDistinct.authorization ?? []);
    if (authorization.kind === 'malformed') throw refused('invalid_request');
    if (authorization.kind === 'none') throw refused('invalid_token');
    return { token: authorization.token, verified: await this.verifier.verify(authorization.token) };
  }

  #challenge(error: unknown, response: Response): void {
    if (!(error instanceof DomainError) || error.category === 'unavailable') return;
    const kind: ChallengeError = error.code === 'invalid_token' ? 'invalid_token' : 'invalid_request';
    response.setHeader('WWW-Authenticate', challenge(kind, this.settings.resourceMetadataUrl));
    const reason = reasonOf(error, kind);
    const count = this.#tally.count(reason, this.clock.now());
    if (count !== null)
      this.#logger.warn(`Refused without a usable access token: ${reason} (${count} since the last line).`);
  }
}

function refused(error: ChallengeError): DomainError {
  return new DomainError(error === 'invalid_token' ? error : 'invalid_arguments', challengeDescription(error));
}

/** From a fixed list: jose's codes and ours. */
function reasonOf(error: DomainError, kind: ChallengeError): string {
  const { cause } = error;
  if (cause instanceof TokenRefused) return cause.reason;
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : kind;
}
