import { Controller, Delete, Get, Header, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import { MCP_HTTP_HANDLER, type McpHttpHandler, StreamableHttpController } from '@rekog/mcp-nest';
import type { Request, Response } from 'express';
import { BearerGuard } from '../auth/bearer.guard.js';
import type { Principal } from '../kernel/principal.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { hasId, isMessage, readBody } from './rpc-body.js';
import { writeInvalidParams, writeInvalidRequest } from './rpc-failure.js';
import { wrongParams } from './rpc-params.js';

/** The MCP endpoint, stateless for both protocol eras. */
@Controller('mcp')
@UseGuards(BearerGuard)
export class McpEndpointController extends StreamableHttpController {
  @Inject(SessionsService) private readonly sessions!: SessionsService;
  @Inject(MCP_HTTP_HANDLER) private readonly handler!: McpHttpHandler;

  /** A 2025-era client says its name in `initialize` alone, which a stateless server has to remember by itself. */
  @Post()
  override async post(@Req() req: Request, @Res() res: Response): Promise<void> {
    await readBody(req, res);
    if (!isMessage(req.body)) return writeInvalidRequest(res);
    const wrong = wrongParams(req.body);
    if (wrong !== null && hasId(req.body)) return writeInvalidParams(req.body.id, wrong, res);
    const name = claimedName(req.body);
    const principal = (req as { auth?: { extra?: { principal?: Principal } } }).auth?.extra?.principal;
    if (name !== undefined && principal) await this.sessions.identify(principal, name);
    await this.handler.handlePost(req, res);
  }

  /** RFC 9110 §15.5.6: a 405 names the methods that are allowed. */
  @Get()
  @Header('Allow', 'POST')
  override get(@Req() req: Request, @Res() res: Response): Promise<void> | void {
    return this.handler.handleGet(req, res);
  }

  @Delete()
  @Header('Allow', 'POST')
  override delete(@Req() req: Request, @Res() res: Response): Promise<void> | void {
    return this.handler.handleDelete(req, res);
  }
}

function claimedName(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || (body as { method?: unknown }).method !== 'initialize')
    return undefined;
  const name = (body as { params?: { clientInfo?: { name?: unknown } } }).params?.clientInfo?.name;
  return typeof name === 'string' ? name : undefined;
}
