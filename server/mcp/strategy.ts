import { McpStrategy, StreamableHttpTransport } from '@rekog/mcp-nest';
import type { McpSettings } from './mcp-settings.js';
import { SERVER_INSTRUCTIONS } from './text/instructions.text.js';

/** Stateless for both eras: nothing is kept between requests, so no session can be taken over or run out of memory. */
export function mcpTransport(settings: McpSettings): StreamableHttpTransport {
  return new StreamableHttpTransport({
    statefulMode: false,
    // A JSON answer could not carry progress in the 2025 era.
    enableJsonResponse: false,
    security: { allowedOrigins: [...settings.allowedOriginHosts], allowedHosts: [...settings.allowedHosts] },
  });
}

export function mcpStrategy(settings: McpSettings, transport: StreamableHttpTransport): McpStrategy {
  return new McpStrategy({
    name: 'countersign',
    title: 'Countersign',
    version: settings.version,
    websiteUrl: settings.publicUrl,
    instructions: SERVER_INSTRUCTIONS,
    // `logging` is deprecated in 2026-07-28 and nothing here changes while the server runs; both would be declared otherwise.
    capabilities: { logging: undefined, tools: {} },
    cacheHints: {
      'tools/list': { ttlMs: 300_000, cacheScope: 'private' },
      'server/discover': { ttlMs: 3_600_000, cacheScope: 'public' },
    },
    // Every request has passed the bearer guard; without this the tools would be advertised as open to everyone.
    allowUnauthenticatedAccess: true,
    transports: [transport],
    logging: { level: ['error', 'warn'] },
  });
}
