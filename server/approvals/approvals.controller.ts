import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import * as z from 'zod';
import { SignedIn } from '../auth/browser-session.guard.js';
import type { BrowserSession } from '../auth/browser-session.js';
import { DecidesApproval, ForSignedIn } from '../auth/same-origin.guard.js';
import { ZodPipe } from '../http/zod.pipe.js';
import { type Approval, type DecisionBody, decisionBody } from './approvals.contract.js';
import { ApprovalsService } from './approvals.service.js';

const readQuery = z.strictObject({ after: z.coerce.number().int().min(0).optional() });

/** What the consent screen reads and sends. */
@Controller('api/approvals')
@ForSignedIn()
export class ApprovalsController {
  constructor(private readonly approvals: ApprovalsService) {}

  @Get(':id')
  read(
    @SignedIn() session: BrowserSession,
    @Param('id') id: string,
    @Query(new ZodPipe(readQuery)) { after }: z.output<typeof readQuery>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Approval> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    return this.approvals.read(session, id, after ?? null, gone.signal);
  }

  @Post(':id/decision')
  @DecidesApproval()
  async decide(
    @SignedIn() session: BrowserSession,
    @Param('id') id: string,
    @Body(new ZodPipe(decisionBody)) body: DecisionBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Approval> {
    response.status(200);
    return this.approvals.decide(session, id, body);
  }
}
