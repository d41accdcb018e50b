import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { errors, jwtVerify } from 'jose';
import { Clock } from '../kernel/clock.port.js';
import { DomainError } from '../kernel/domain-error.js';
import {
  assertCompact,
  assertHeader,
  MAX_TOKEN_AGE_MS,
  REQUIRED_CLAIMS,
  readClaims,
  TokenRefused,
  type VerifiedToken,
} from './access-token-claims.js';
import { AuthSettings } from './auth-settings.js';
import { challengeDescription } from './challenge.js';
import { RemoteKeySet } from './remote.key-set.js';

/** Seconds by which the authorization server's clock and ours may differ. */
const CLOCK_TOLERANCE = 5;

/** Checks bearer tokens offline. It asks nobody about the user: an outage elsewhere must not look like a wrong token. */
@Injectable()
export class TokenVerifier implements OnModuleInit {
  readonly #logger = new Logger(TokenVerifier.name);
  readonly #keys: RemoteKeySet;

  constructor(
    private readonly settings: AuthSettings,
    private readonly clock: Clock,
  ) {
    this.#keys = new RemoteKeySet(settings.jwksUrl, clock);
  }

  onModuleInit(): void {
    const others = this.settings.audiences.filter((audience) => audience !== this.settings.resource);
    if (others.length === 0) return;
    const which = others.join(', ');
    this.#logger.warn(
      `Tokens for ${which} are accepted, too: every token that the authorization server makes for it opens us.`,
    );
  }

  /**
   * @throws DomainError `invalid_token`, the same for every cause (`cause` is for the log); `workos_unavailable` when the keys
   * are out of reach.
   */
  async verify(token: string): Promise<VerifiedToken> {
    try {
      assertCompact(token);
      const { payload } = await jwtVerify(
        token,
        (header, jws) => {
          assertHeader(header);
          return this.#keys.find(header, jws);
        },
        {
          algorithms: ['RS256'],
          issuer: this.settings.issuer,
          audience: [...this.settings.audiences],
          requiredClaims: REQUIRED_CLAIMS,
          maxTokenAge: MAX_TOKEN_AGE_MS / 1000,
          clockTolerance: CLOCK_TOLERANCE,
          currentDate: new Date(this.clock.now()),
        },
      );
      return readClaims(payload, this.settings.audiences);
    } catch (cause) {
      if (!(cause instanceof TokenRefused) && !(cause instanceof errors.JOSEError)) throw cause;
      throw new DomainError('invalid_token', challengeDescription('invalid_token'), {}, { cause });
    }
  }
}
