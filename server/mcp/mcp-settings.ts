/** What the tools tell about this server. */
export class McpSettings {
  constructor(
    readonly version: string,
    /** Origin of our pages, without a trailing slash. */
    readonly publicUrl: string,
    readonly mcpUrl: string,
    readonly isSandbox: boolean,
  ) {}
}
