import { Client as ModernClient, StreamableHTTPClientTransport as ModernTransport } from '@modelcontextprotocol/client';
import { Client as ClassicClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as ClassicTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Person } from './person.js';

export type Era = '2025-11-25' | '2026-07-28';

export interface Answer {
  readonly isError: boolean;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: what a tool answers is checked by each test
  readonly facts: any;
}

const REDIRECT = 'http://127.0.0.1:33333/callback';

/** An OAuth client as a desktop assistant is one: dynamic registration and PKCE by the library, the person in a browser. */
class OAuth {
  #client: unknown;
  #tokens: unknown;
  #verifier = '';
  #discovery: unknown;
  code = '';
  readonly redirectUrl = REDIRECT;
  readonly clientMetadata;

  constructor(
    name: string,
    private readonly person: Person,
  ) {
    this.clientMetadata = {
      client_name: name,
      redirect_uris: [REDIRECT],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    };
  }

  clientInformation = () => this.#client as never;
  saveClientInformation = (client: unknown) => {
    this.#client = client;
  };
  tokens = () => this.#tokens as never;
  saveTokens = (tokens: unknown) => {
    this.#tokens = tokens;
  };
  saveCodeVerifier = (verifier: string) => {
    this.#verifier = verifier;
  };
  codeVerifier = () => this.#verifier;
  discoveryState = () => this.#discovery as never;
  saveDiscoveryState = (state: unknown) => {
    this.#discovery = state;
  };
  redirectToAuthorization = async (url: URL) => {
    const back = await this.person.follow(url.href, REDIRECT);
    this.code = back.searchParams.get('code') ?? '';
  };

  get accessToken(): string {
    return (this.#tokens as { access_token: string }).access_token;
  }
}

/** A real MCP client of one era, signed in for one person. */
export class Assistant {
  private constructor(
    readonly era: Era,
    private readonly client: ClassicClient | ModernClient,
    private readonly oauth: OAuth,
  ) {}

  static async connect(era: Era, mcpUrl: string, person: Person, name = 'Test assistant'): Promise<Assistant> {
    const oauth = new OAuth(name, person);
    const url = new URL(mcpUrl);
    const client =
      era === '2025-11-25'
        ? new ClassicClient({ name, version: '1.0.0' })
        : new ModernClient({ name, version: '1.0.0' }, { versionNegotiation: { mode: { pin: era } } });
    const transport = () =>
      era === '2025-11-25'
        ? new ClassicTransport(url, { authProvider: oauth as never })
        : new ModernTransport(url, { authProvider: oauth as never });
    const first = transport();
    try {
      await client.connect(first as never);
    } catch (error) {
      if (oauth.code === '') throw error;
      await first.finishAuth(oauth.code);
      await client.connect(transport() as never);
    }
    // As every host does; from then on the library checks each result against the tool's output schema.
    await client.listTools();
    return new Assistant(era, client, oauth);
  }

  async call(name: string, args: Record<string, unknown> = {}): Promise<Answer> {
    const result = await (this.client as ClassicClient).callTool({ name, arguments: args });
    const content = result.content as { text?: string }[];
    return { isError: result.isError === true, text: content[0]?.text ?? '', facts: result.structuredContent };
  }

  tools() {
    return (this.client as ClassicClient).listTools();
  }

  instructions(): string | undefined {
    return (this.client as ClassicClient).getInstructions();
  }

  /** For requests that no client library would make. */
  get accessToken(): string {
    return this.oauth.accessToken;
  }

  close(): Promise<void> {
    return this.client.close();
  }
}
