const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/** What the configuration says about who may come in. Every URL that we tell anyone is built from this, never from a request. */
export interface AuthSettingsValues {
  /** Origin of this server as the world sees it, `https://countersign.example.com`. */
  readonly publicUrl: string;
  /** Path of the MCP endpoint, `/mcp`. */
  readonly mcpPath: string;
  /** The authorization server's issuer, exactly as in its tokens. */
  readonly issuer: string;
  /** Where its keys are; `/oauth2/jwks` below the issuer when absent. */
  readonly jwksUrl?: string;
  /** Accepted audiences; the MCP endpoint's URL when absent. Anything that is not a URL of ours is logged at the start. */
  readonly audiences?: readonly string[];
  /** Origins beside our own from which browsers may use the MCP endpoint. */
  readonly mcpOrigins?: readonly string[];
  readonly isSandbox: boolean;
}

export class AuthSettings {
  readonly origin: string;
  readonly host: string;
  readonly isHttps: boolean;
  /** We are reached on this machine only: the other loopback names mean us, too. */
  readonly isLoopback: boolean;
  readonly mcpPath: string;
  /** RFC 8707 resource: the canonical URL of the MCP endpoint. */
  readonly resource: string;
  /** RFC 9728 §3.1: the metadata's URL carries the resource's path. */
  readonly resourceMetadataUrl: string;
  readonly issuer: string;
  readonly jwksUrl: string;
  readonly audiences: readonly string[];
  readonly mcpOrigins: readonly string[];
  readonly isSandbox: boolean;

  constructor(values: AuthSettingsValues) {
    const url = new URL(values.publicUrl);
    this.origin = url.origin;
    this.host = url.host;
    this.isHttps = url.protocol === 'https:';
    this.isLoopback = LOOPBACK_NAMES.has(url.hostname);
    this.mcpPath = values.mcpPath;
    this.resource = url.origin + values.mcpPath;
    this.resourceMetadataUrl = `${url.origin}/.well-known/oauth-protected-resource${values.mcpPath}`;
    this.issuer = values.issuer;
    this.jwksUrl = values.jwksUrl ?? `${values.issuer}/oauth2/jwks`;
    this.audiences = values.audiences ?? [this.resource];
    this.mcpOrigins = [this.origin, ...(values.mcpOrigins ?? [])];
    this.isSandbox = values.isSandbox;
  }

  /** `host` is another loopback name of this very server. */
  isLoopbackAlias(host: string): boolean {
    if (!this.isLoopback || host === this.host) return false;
    const [, name, port] = /^(.+?)(:\d+)?$/.exec(host) ?? [];
    return LOOPBACK_NAMES.has(name ?? '') && (port ?? '') === portOf(this.host);
  }

  /** Routes are matched without regard to case and a slash at the end, so every rule about the endpoint has to be, too. */
  isMcpPath(path: string): boolean {
    return path.toLowerCase().replace(/\/+$/, '') === this.mcpPath.toLowerCase();
  }

  /** A page on this machine may use the MCP endpoint of a server on this machine; it still needs a token. */
  isMcpOrigin(origin: string): boolean {
    if (this.mcpOrigins.includes(origin)) return true;
    return this.isLoopback && URL.canParse(origin) && isLoopbackOrigin(new URL(origin), origin);
  }
}

function isLoopbackOrigin(url: URL, origin: string): boolean {
  return url.origin === origin && LOOPBACK_NAMES.has(url.hostname);
}

function portOf(host: string): string {
  return /:\d+$/.exec(host)?.[0] ?? '';
}
