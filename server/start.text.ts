import type { Config } from './config/config.js';
import type { Upstream } from './upstream.js';

/** Where the demo goes when it is told nothing. */
const DEMO_URL = 'http://localhost:5711/mcp';

/** The few lines that the console says after the start. */
export function startText(config: Config, upstream: Upstream): string {
  const { publicUrl, mcpUrl } = config;
  const store = config.redisUrl === null ? `SQLite in ${config.dataDir}` : 'Redis';
  const lines =
    config.mode === 'sandbox'
      ? [
          `Countersign runs in its SANDBOX: no account is needed and nothing reaches a real API (store: ${store}).`,
          '',
          `  MCP server   ${mcpUrl}`,
          `  Pages        ${publicUrl}/  ·  ${publicUrl}/access`,
          `  Sign in as   ${upstream.users.map(({ email, organizations }) => `${email} (${organizations.join(', ') || 'no organization'})`).join(' · ')}`,
          `  Claude Code  claude mcp add --transport http countersign ${mcpUrl}`,
          `  Tour         npm run demo${mcpUrl === DEMO_URL ? '' : ` -- ${mcpUrl}`}   (in a second terminal)`,
        ]
      : [`Countersign is ready at ${publicUrl} (store: ${store}).`, `  MCP server   ${mcpUrl}`];
  return `\n${lines.join('\n')}\n\n`;
}
