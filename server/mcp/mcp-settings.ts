/** What the tools tell about this server. */
export class McpSettings {
  constructor(
    readonly version: string,
    /** Origin of our pages, without a trailing slash. */
    readonly publicUrl: string,
    readonly mcpUrl: string,
    readonly isSandbox: boolean,
    /** Host names that a browser-based client may come from (mcp-nest compares names, not ports). */
    readonly allowedOriginHosts: readonly string[],
    readonly allowedHosts: readonly string[],
  ) {}
}
