import type { IncomingMessage } from 'node:http';
import type { AuthSettings } from './auth-settings.js';

const REQUEST_HEADERS = new Set([
  'authorization',
  'content-type',
  'accept',
  'mcp-protocol-version',
  'mcp-method',
  'mcp-name',
  'mcp-session-id',
  'last-event-id',
]);
const PARAMETER_HEADER = /^mcp-param-[a-z0-9-]{1,64}$/;

export interface CorsAnswer {
  origin: string | false;
  methods?: string[];
  allowedHeaders?: string[];
  exposedHeaders?: string[];
  maxAge?: number;
}

/**
 * Which other origins' pages may read what: public metadata everyone, the MCP endpoint those of the allow-list, everything
 * else nobody. For `app.enableCors`, which answers OPTIONS before any guard.
 */
export function corsFor(settings: AuthSettings) {
  return (request: IncomingMessage, answer: (error: Error | null, options: CorsAnswer) => void): void => {
    answer(null, corsAnswer(settings, request));
  };
}

function corsAnswer(settings: AuthSettings, request: IncomingMessage): CorsAnswer {
  const path = request.url?.split('?')[0] ?? '';
  const allowedHeaders = askedHeaders(request);
  if (path.startsWith('/.well-known/')) return { origin: '*', methods: ['GET'], allowedHeaders, maxAge: 600 };
  const { origin } = request.headers;
  if (!settings.isMcpPath(path) || origin === undefined || !settings.isMcpOrigin(origin)) return { origin: false };
  return {
    origin,
    methods: ['GET', 'POST', 'DELETE'],
    allowedHeaders,
    exposedHeaders: ['WWW-Authenticate', 'Mcp-Session-Id'],
    maxAge: 600,
  };
}

function askedHeaders(request: IncomingMessage): string[] {
  const asked = request.headers['access-control-request-headers'] ?? '';
  const names = asked.split(',').map((name) => name.trim().toLowerCase());
  return [...REQUEST_HEADERS, ...names.filter((name) => PARAMETER_HEADER.test(name))];
}
