import { type CanActivate, createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { DomainError } from '../kernel/domain-error.js';
import type { BrowserSession } from './browser-session.js';
import { BrowserSessionService } from './browser-session.service.js';

export interface BrowserRequest extends Request {
  browserSession?: BrowserSession;
}

/** Lets signed-in browsers in, by their cookie alone: an access token opens nothing here, so no assistant can decide. */
@Injectable()
export class BrowserSessionGuard implements CanActivate {
  constructor(private readonly sessions: BrowserSessionService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<BrowserRequest>();
    const session = await this.sessions.current(request.headersDistinct.cookie?.join('; '));
    if (session === null) throw new DomainError('not_signed_in', 'Sign in to continue.');
    request.browserSession = session;
    return true;
  }
}

/** The session of a request that came through the guard. */
export const SignedIn = createParamDecorator((_: unknown, context: ExecutionContext): BrowserSession => {
  return signedIn(context.switchToHttp().getRequest<BrowserRequest>());
});

/** @throws DomainError `not_signed_in` */
export function signedIn(request: BrowserRequest): BrowserSession {
  if (request.browserSession === undefined) throw new DomainError('not_signed_in', 'Sign in to continue.');
  return request.browserSession;
}
