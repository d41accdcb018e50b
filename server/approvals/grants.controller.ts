import { Controller, Delete, Get, Param, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import type * as z from 'zod';
import { SignedIn } from '../auth/browser-session.guard.js';
import type { BrowserSession } from '../auth/browser-session.js';
import { ForSignedIn } from '../auth/same-origin.guard.js';
import { sendJsonLines } from '../http/json-lines.js';
import { ZodPipe } from '../http/zod.pipe.js';
import type { EndedGrants, GrantChoicesView, GrantPageView } from './access.contract.js';
import { AccessService } from './access.service.js';
import { endQuery, exportQuery, grantFilters, listQuery } from './grant-queries.js';

const PAGE = 50;

/** “My access”: every grant of the signed-in person. */
@Controller('api/grants')
@ForSignedIn()
export class GrantsController {
  constructor(private readonly access: AccessService) {}

  @Get()
  list(
    @SignedIn() session: BrowserSession,
    @Query(new ZodPipe(listQuery)) { state, ...filters }: z.output<typeof listQuery>,
  ): Promise<GrantPageView> {
    return this.access.list(session, { ...grantFilters(filters), state, limit: PAGE });
  }

  @Get('choices')
  choices(@SignedIn() session: BrowserSession): Promise<GrantChoicesView> {
    return this.access.choices(session);
  }

  @Get('export')
  export(
    @SignedIn() session: BrowserSession,
    @Query(new ZodPipe(exportQuery)) filters: z.output<typeof exportQuery>,
    @Res() response: Response,
  ): Promise<void> {
    return sendJsonLines(response, 'countersign-access.jsonl', this.access.export(session, grantFilters(filters)));
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
