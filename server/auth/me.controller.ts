import { Controller, Get } from '@nestjs/common';
import { AuthSettings } from './auth-settings.js';
import { SignedIn } from './browser-session.guard.js';
import type { BrowserSession } from './browser-session.js';
import { csrfToken } from './csrf.js';
import { Identity } from './identity.port.js';
import { Keys } from './keys.js';
import { ForSignedIn } from './same-origin.guard.js';

/** Who is signed in. The answer's shape is `me` of the page's contract, which lies above this room. */
@Controller('api/me')
@ForSignedIn()
export class MeController {
  constructor(
    private readonly identity: Identity,
    private readonly keys: Keys,
    private readonly settings: AuthSettings,
  ) {}

  @Get()
  async read(@SignedIn() session: BrowserSession) {
    const memberships = await this.identity.memberships(session.userId);
    const organizations = memberships.map(({ organizationId, organizationName }) => ({
      id: organizationId,
      name: organizationName,
    }));
    const { userId, email, name, organization } = session;
    return {
      user: { id: userId, email, name },
      // The person may have left it since: then nothing but its id is known.
      organization:
        organization === null
          ? null
          : (organizations.find(({ id }) => id === organization) ?? { id: organization, name: organization }),
      organizations,
      csrfToken: csrfToken(this.keys, session, { for: 'session' }),
      isSandbox: this.settings.isSandbox,
    };
  }
}
