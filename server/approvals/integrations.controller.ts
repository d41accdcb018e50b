import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import type * as z from 'zod/mini';
import { SignedIn } from '../auth/browser-session.guard.js';
import type { BrowserSession } from '../auth/browser-session.js';
import { safeReturnTo } from '../auth/return-to.js';
import { ForSignedIn } from '../auth/same-origin.guard.js';
import { ConnectionsService } from '../connections/connections.service.js';
import { ZodPipe } from '../http/zod.pipe.js';
import { connectBody, type EndedGrants, type Integrations } from './access.contract.js';
import { AccessService } from './access.service.js';
import { ApprovalSettings } from './approval-settings.js';

/** A person's connections. Linking always starts here, on our own signed-in page, never from a tool. */
@Controller('api/integrations')
@ForSignedIn()
export class IntegrationsController {
  constructor(
    private readonly connections: ConnectionsService,
    private readonly access: AccessService,
    private readonly settings: ApprovalSettings,
  ) {}

  @Get()
  async list(@SignedIn() session: BrowserSession): Promise<Integrations> {
    const integrations = await this.connections.integrations(owner(session));
    return {
      items: integrations.map(({ slug, name, providers, state, scopes, missingScopes, connectedAt }) => ({
        slug,
        name,
        // An integration of many APIs, or of none that we know, has an icon by its own name, if any.
        icon: providers.length === 1 && providers[0] ? providers[0].icon : slug,
        providers: providers.map((provider) => ({ id: provider.id, name: provider.name })),
        state,
        scopes: [...scopes],
        missingScopes: [...missingScopes],
        connectedAt,
      })),
    };
  }

  @Post(':slug/connect')
  @HttpCode(200)
  async connect(
    @SignedIn() session: BrowserSession,
    @Param('slug') slug: string,
    @Body(new ZodPipe(connectBody)) { returnTo }: z.output<typeof connectBody>,
  ): Promise<{ url: string }> {
    const back = this.settings.publicUrl + safeReturnTo(returnTo);
    return { url: await this.connections.connect(owner(session), slug, back, session.id) };
  }

  /** First the account, so that nothing new is approved for it meanwhile; then what was approved for it. */
  @Delete(':slug/connection')
  async disconnect(@SignedIn() session: BrowserSession, @Param('slug') slug: string): Promise<EndedGrants> {
    await this.connections.disconnect(owner(session), slug, session.id);
    return this.access.endConnected(session, slug);
  }
}

function owner(session: BrowserSession) {
  return { userId: session.userId, organization: session.organization };
}
