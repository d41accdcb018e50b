import { Controller, Delete, Get, Param, Query } from '@nestjs/common';
import * as z from 'zod';
import { SignedIn } from '../auth/browser-session.guard.js';
import type { BrowserSession } from '../auth/browser-session.js';
import { ForSignedIn } from '../auth/same-origin.guard.js';
import { ZodPipe } from '../http/zod.pipe.js';
import type { EndedGrants, GrantPageView } from './access.contract.js';
import { AccessService } from './access.service.js';

const PAGE = 50;
const CURSOR_MAX = 200;
/** A client id may be the URL of a metadata document. */
const CLIENT_MAX = 2_048;

const instant = z.coerce.number().int().min(0);
const listQuery = z.strictObject({
  state: z.enum(['pending', 'active', 'ended']),
  provider: z.string().max(64).optional(),
  client: z.string().max(CLIENT_MAX).optional(),
  outcome: z
    .enum(['executed', 'failed', 'outcome_unknown', 'denied', 'withdrawn', 'revoked', 'expired', 'voided'])
    .optional(),
  from: instant.optional(),
  to: instant.optional(),
  cursor: z.string().max(CURSOR_MAX).optional(),
});
const endQuery = z.strictObject({ client: z.string().max(CLIENT_MAX).optional() });

/** “My access”: every grant of the signed-in person. */
@Controller('api/grants')
@ForSignedIn()
export class GrantsController {
  constructor(private readonly access: AccessService) {}

  @Get()
  list(
    @SignedIn() session: BrowserSession,
    @Query(new ZodPipe(listQuery)) { client, ...query }: z.output<typeof listQuery>,
  ): Promise<GrantPageView> {
    const given = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
    const filters = given as Omit<typeof query, 'state'>;
    return this.access.list(session, {
      ...filters,
      state: query.state,
      limit: PAGE,
      ...(client === undefined ? {} : { clientId: client }),
    });
  }

  @Delete(':id')
  end(@SignedIn() session: BrowserSession, @Param('id') id: string): Promise<EndedGrants> {
    return this.access.end(session, id);
  }

  @Delete()
  endAll(
    @SignedIn() session: BrowserSession,
    @Query(new ZodPipe(endQuery)) { client }: z.output<typeof endQuery>,
  ): Promise<EndedGrants> {
    return this.access.endAll(session, client);
  }
}
