import { Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { DomainError } from '../kernel/domain-error.js';
import { AuthSettings } from './auth-settings.js';
import { SignedIn } from './browser-session.guard.js';
import type { BrowserSession } from './browser-session.js';
import { clearedCookie, sessionCookie, sessionCookieName } from './http.cookies.js';
import { ForSignedIn } from './same-origin.guard.js';
import { SignInService } from './sign-in.service.js';

/** The browser's way in and out. Cookies and redirects only; what is decided is decided by `SignInService`. */
@Controller()
export class LoginController {
  constructor(
    private readonly signIns: SignInService,
    private readonly settings: AuthSettings,
  ) {}

  @Get('login')
  async login(
    @Query() query: Record<string, unknown>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    isOpenedByPerson(request);
    const { url, cookie } = await this.signIns.begin(query, request.headers.cookie);
    response.append('Set-Cookie', cookie).redirect(303, url);
  }

  @Get('callback')
  async callback(
    @Query() query: Record<string, unknown>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { state } = query;
    if (typeof state !== 'string')
      throw new DomainError('sign_in_failed', 'This is not the end of a sign-in. Start again.');
    const name = this.signIns.cookieName(state);
    // Deleted before anything else, whatever comes of it: an answer is taken once.
    response.append('Set-Cookie', clearedCookie(this.settings.isHttps, name));
    const userAgent = request.headers['user-agent']?.slice(0, 512);
    const browser = { ...(request.ip ? { ip: request.ip } : {}), ...(userAgent ? { userAgent } : {}) };
    const { returnTo, sessionValue } = await this.signIns.finish(state, query, request.headers.cookie, browser);
    if (sessionValue !== null) response.append('Set-Cookie', sessionCookie(this.settings.isHttps, sessionValue));
    response.redirect(303, returnTo);
  }

  /** The page goes to `url` itself: a redirected form would break under our own content security policy. */
  @Post('logout')
  @ForSignedIn()
  async logout(
    @SignedIn() session: BrowserSession,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ url: string }> {
    const url = await this.signIns.signOut(session);
    const { isHttps } = this.settings;
    response.status(200).append('Set-Cookie', clearedCookie(isHttps, sessionCookieName(isHttps)));
    return { url };
  }
}

/** An image of another page of the site could set cookies without end. Browsers say what a request is for. */
function isOpenedByPerson(request: Request): void {
  const wanted = request.headers['sec-fetch-dest'];
  if (wanted === undefined || wanted === 'document') return;
  throw new DomainError('csrf_refused', 'A sign-in is opened as a page, not from inside of one.');
}
