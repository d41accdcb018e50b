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

export type PageAction = 'accept' | 'decline' | 'cancel';

/** What a client does when the server asks it to open a page; without it, a client declares no URL elicitation. */
export type OpenPage = (page: { readonly url: string; readonly message: string }) => PageAction | Promise<PageAction>;

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

  static async connect(
    era: Era,
    mcpUrl: string,
    person: Person,
    name = 'Test assistant',
    openPage?: OpenPage,
  ): Promise<Assistant> {
    const oauth = new OAuth(name, person);
    const url = new URL(mcpUrl);
    const info = { name, version: '1.0.0' };
    const capabilities = openPage ? { elicitation: { form: {}, url: {} } } : {};
    const client =
      era === '2025-11-25'
        ? new ClassicClient(info, { capabilities })
        : new ModernClient(info, { capabilities, versionNegotiation: { mode: { pin: era } } });
    if (openPage && client instanceof ModernClient) {
      client.setRequestHandler('elicitation/create', async ({ params }) => {
        if (params.mode !== 'url') throw new Error('Countersign asks by pages alone.');
        return { action: await openPage(params) };
      });
    }
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

  /** `onprogress` asks for progress. */
  async call(
    name: string,
    args: Record<string, unknown> = {},
    options: { onprogress?: (progress: { progress: number }) => void } = {},
  ): Promise<Answer> {
    const params = { name, arguments: args };
    const { client } = this;
    const result =
      client instanceof ModernClient ? client.callTool(params, options) : client.callTool(params, undefined, options);
    return this.#answer(await result);
  }

  /** As a client that does every step of a multi round-trip request by itself. `onprogress` asks for progress. */
  async step(params: Record<string, unknown>, onprogress?: (progress: { progress: number }) => void) {
    const options = { allowInputRequired: true, ...(onprogress ? { onprogress } : {}) };
    const request = { method: 'tools/call', params } as never;
    return (await (this.client as ModernClient).request(request, options)) as Record<string, unknown>;
  }

  #answer(result: Record<string, unknown>): Answer {
    const content = result.content as { text?: string }[];
    return { isError: result.isError === true, text: content[0]?.text ?? '', facts: result.structuredContent };
  }

  tools() {
    return (this.client as ClassicClient).listTools();
  }

  prompts() {
    return (this.client as ClassicClient).listPrompts();
  }

  prompt(name: string, args: Record<string, string> = {}) {
    return (this.client as ClassicClient).getPrompt({ name, arguments: args });
  }

  resources() {
    return (this.client as ClassicClient).listResources();
  }

  resource(uri: string) {
    return (this.client as ClassicClient).readResource({ uri });
  }

  /** What the server says of itself. */
  server() {
    return (this.client as ClassicClient).getServerVersion();
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
