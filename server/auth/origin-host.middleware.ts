import { HttpException, HttpStatus } from '@nestjs/common';
import type { Request, RequestHandler, Response } from 'express';
import type { AuthSettings } from './auth-settings.js';

/** Probes reach us by address. They tell nothing. */
const ANY_HOST = new Set(['/healthz', '/readyz']);
const MACHINE_PATHS = ['/api/', '/.well-known/', '/assets/'];

/**
 * Who is addressed, and by a page of whom: against DNS rebinding, before body parsers and guards. Origin is checked here for
 * the MCP endpoint (a MUST of MCP's transport); on `/api` the same-origin guard does it, which can tell the audit whom it protected.
 */
export function originHost(settings: AuthSettings): RequestHandler {
  return (request, response, next) => {
    const isMcp = settings.isMcpPath(request.path);
    const host = onlyValue(request, 'host');
    if (isMcp && hasForeignOrigin(request, settings)) return refuseMcp(response, 'Invalid Origin');
    if (ANY_HOST.has(request.path) || host === settings.host) return next();
    const isAlias = host !== null && settings.isLoopbackAlias(host);
    if (isAlias && isPage(request, isMcp)) return response.redirect(307, settings.origin + request.originalUrl);
    if (isAlias) return next();
    if (isMcp) return refuseMcp(response, 'Invalid Host');
    next(new HttpException('This server does not answer under that name.', HttpStatus.MISDIRECTED));
  };
}

function hasForeignOrigin(request: Request, settings: AuthSettings): boolean {
  return (request.headersDistinct.origin ?? []).some((origin) => !settings.isMcpOrigin(origin));
}

function onlyValue(request: Request, name: string): string | null {
  const values = request.headersDistinct[name] ?? [];
  return values.length === 1 ? values[0]! : null;
}

/** Cookies belong to one name, so a person who comes by another one is sent there. */
function isPage(request: Request, isMcp: boolean): boolean {
  if (request.method !== 'GET' || isMcp || !request.originalUrl.startsWith('/')) return false;
  return !MACHINE_PATHS.some((path) => request.path.startsWith(path));
}

/** The shape that MCP's own transport gives these refusals. */
function refuseMcp(response: Response, message: string): void {
  response.status(403).json({ jsonrpc: '2.0', error: { code: -32000, message }, id: null });
}
