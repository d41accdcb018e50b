import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OAuthClientProvider } from '@modelcontextprotocol/sdk/client/auth.js';
import type {
  OAuthClientInformationMixed,
  OAuthClientMetadata,
  OAuthTokens,
} from '@modelcontextprotocol/sdk/shared/auth.js';

/**
 * Signs the demo in as MCP clients do: dynamic registration, PKCE, and a loopback redirect (RFC 8252 §7.3). Keeps
 * everything in memory, so that every run starts from nothing.
 */
export class BrowserSignIn implements OAuthClientProvider {
  #server: Server | undefined;
  #client: OAuthClientInformationMixed | undefined;
  #tokens: OAuthTokens | undefined;
  #verifier = '';
  #state = '';
  #redirectUrl = '';
  readonly #code: Promise<string>;
  #resolve: (code: string) => void = () => {};
  #reject: (error: Error) => void = () => {};

  constructor(
    private readonly clientName: string,
    private readonly showUrl: (url: string) => void,
  ) {
    this.#code = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // A refusal may arrive before anybody waits for the code.
    this.#code.catch(() => {});
  }

  /** Listens for the redirect on a free loopback port. */
  async listen(): Promise<void> {
    this.#server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', this.#redirectUrl);
      if (url.pathname !== '/callback') return void response.writeHead(404).end();
      const code = url.searchParams.get('code');
      const isOurs = url.searchParams.get('state') === this.#state;
      response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
      response.end(
        code && isOurs ? 'Signed in. Go back to the terminal.' : 'The sign-in did not work. Go back to the terminal.',
      );
      if (code && isOurs) this.#resolve(code);
      else this.#reject(new Error(`The sign-in was refused: ${url.searchParams.get('error') ?? 'no code'}.`));
    });
    await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve));
    this.#redirectUrl = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/callback`;
  }

  close(): void {
    this.#server?.close();
    this.#server?.closeAllConnections();
  }

  /** The authorization code, once the browser has come back. */
  code(): Promise<string> {
    return this.#code;
  }

  get redirectUrl(): string {
    return this.#redirectUrl;
  }

  get clientMetadata(): OAuthClientMetadata {
    return {
      client_name: this.clientName,
      redirect_uris: [this.#redirectUrl],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    };
  }

  state(): string {
    this.#state = crypto.randomUUID();
    return this.#state;
  }

  clientInformation(): OAuthClientInformationMixed | undefined {
    return this.#client;
  }

  saveClientInformation(client: OAuthClientInformationMixed): void {
    this.#client = client;
  }

  tokens(): OAuthTokens | undefined {
    return this.#tokens;
  }

  saveTokens(tokens: OAuthTokens): void {
    this.#tokens = tokens;
  }

  redirectToAuthorization(url: URL): void {
    this.showUrl(url.href);
  }

  saveCodeVerifier(verifier: string): void {
    this.#verifier = verifier;
  }

  codeVerifier(): string {
    return this.#verifier;
  }
}

/** Opens a URL in the person's browser when there is one. The URL is printed in any case. */
export function openInBrowser(url: string): void {
  const command = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open';
  const child = spawn(command, [url], { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}
