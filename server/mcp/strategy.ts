import { McpStrategy, StreamableHttpTransport } from '@rekog/mcp-nest';
import { MARK } from './icons.js';
import { withTitles } from './listing.js';
import type { McpSettings } from './mcp-settings.js';
import { SERVER_INSTRUCTIONS } from './text/instructions.text.js';

/**
 * Stateless for both eras: nothing is kept between requests, so no session can be taken over or run out of memory. Origin and Host are
 * checked before, with ports, by `auth/origin-host.middleware.ts`.
 */
export function mcpTransport(): StreamableHttpTransport {
  return new StreamableHttpTransport({
    statefulMode: false,
    // A JSON answer could not carry progress in the 2025 era.
    enableJsonResponse: false,
  });
}

/** The same for everyone today; private, as what is listed may one day follow from who asks. */
const LIST = { ttlMs: 300_000, cacheScope: 'private' } as const;

export function mcpStrategy(settings: McpSettings, transport: StreamableHttpTransport): McpStrategy {
  return new McpStrategy({
    name: 'countersign',
    title: 'Countersign',
    version: settings.version,
    websiteUrl: settings.publicUrl,
    icons: [MARK],
    instructions: SERVER_INSTRUCTIONS,
    // `logging` is deprecated in 2026-07-28 and nothing here changes while the server runs; both would be declared otherwise.
    capabilities: {
      logging: undefined,
      tools: { listChanged: false },
      prompts: { listChanged: false },
      resources: { listChanged: false },
    },
    cacheHints: {
      'tools/list': LIST,
      'prompts/list': LIST,
      'resources/list': LIST,
      'resources/templates/list': LIST,
      'resources/read': LIST,
      'server/discover': { ttlMs: 3_600_000, cacheScope: 'public' },
    },
    // Every request has passed the bearer guard; without this the tools would be advertised as open to everyone.
    allowUnauthenticatedAccess: true,
    transports: [transport],
    serverMutator: withTitles,
    // Its lines repeat what a request contained, line breaks included; our tools log what fails in them.
    logging: false,
  });
}
