import { Client as ModernClient, StreamableHTTPClientTransport as ModernTransport } from '@modelcontextprotocol/client';
import { Client as ClassicClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as ClassicTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Answer, Era } from './assistant.js';
import type { Person } from './person.js';

const REDIRECT = 'http://127.0.0.1:33333/callback';

export interface Tokens {
  access_token: string;
  refresh_token: string;
}

/** What the library sent, as far as it is told apart here. */
export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly body: string;
}

export interface LibraryClientOptions {
  /** Where the client's own metadata document lies. */
  readonly clientMetadataUrl?: string;
  /** Changes what the library sees of an answer: a client may be blind to some of it. */
  readonly sees?: (url: string, answer: Response) => Response;
}

/** A real client library of one era whose every request is kept, whose tokens can be taken away, and who signs in again when asked to. */
export class LibraryClient {
  readonly asked: Asked[] = [];
  /** Pages that the library had opened for the person. */
  readonly pages: URL[] = [];
  tokens: Tokens | undefined;
  readonly #client: ClassicClient | ModernClient;
  readonly #newTransport: () => ClassicTransport | ModernTransport;
  #transport: ClassicTransport | ModernTransport;
  #code = '';

  private constructor(
    era: Era,
    mcpUrl: string,
    private readonly person: Person,
    private readonly options: LibraryClientOptions,
  ) {
    const info = { name: 'Test client', version: '1.0.0' };
    const url = new URL(mcpUrl);
    const given = { authProvider: this.#provider() as never, fetch: this.#fetch as never };
    if (era === '2025-11-25') {
      this.#client = new ClassicClient(info);
      this.#newTransport = () => new ClassicTransport(url, given);
    } else {
      this.#client = new ModernClient(info, { versionNegotiation: { mode: { pin: era } } });
      this.#newTransport = () => new ModernTransport(url, given);
    }
    this.#transport = this.#newTransport();
  }

  static async connect(
    era: Era,
    mcpUrl: string,
    person: Person,
    options: LibraryClientOptions = {},
  ): Promise<LibraryClient> {
    const client = new LibraryClient(era, mcpUrl, person, options);
    await client.#signingIn(async (isSecond) => {
      // A transport that was started cannot be started again.
      if (isSecond) client.#transport = client.#newTransport();
      await client.#client.connect(client.#transport as never);
    });
    return client;
  }

  /** A tool call. Where the library steps back to sign-in, the person signs in and the call is made again. */
  async call(name: string, args: Record<string, unknown> = {}): Promise<Answer> {
    const request = { name, arguments: args };
    const result = await this.#signingIn(() => (this.#client as ClassicClient).callTool(request));
    const content = result.content as { text?: string }[];
    return { isError: result.isError === true, text: content[0]?.text ?? '', facts: result.structuredContent };
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  async #signingIn<T>(act: (isSecond: boolean) => Promise<T>): Promise<T> {
    const before = this.pages.length;
    try {
      return await act(false);
    } catch (error) {
      if (this.pages.length === before || this.#code === '') throw error;
      await this.#transport.finishAuth(this.#code);
      return act(true);
    }
  }

  readonly #fetch = async (url: string | URL, init?: RequestInit): Promise<Response> => {
    const { method = 'GET', body } = init ?? {};
    this.asked.push({ method, url: String(url), body: body === undefined ? '' : String(body) });
    const answer = await fetch(url, init);
    return this.options.sees?.(String(url), answer) ?? answer;
  };

  #provider() {
    let information: unknown;
    let verifier = '';
    let discovery: unknown;
    return {
      redirectUrl: REDIRECT,
      ...(this.options.clientMetadataUrl && { clientMetadataUrl: this.options.clientMetadataUrl }),
      clientMetadata: {
        client_name: 'Test client',
        redirect_uris: [REDIRECT],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'none',
      },
      clientInformation: () => information,
      saveClientInformation: (client: unknown) => {
        information = client;
      },
      tokens: () => this.tokens,
      saveTokens: (tokens: Tokens) => {
        this.tokens = tokens;
      },
      invalidateCredentials: () => {
        this.tokens = undefined;
      },
      saveCodeVerifier: (value: string) => {
        verifier = value;
      },
      codeVerifier: () => verifier,
      discoveryState: () => discovery,
      saveDiscoveryState: (state: unknown) => {
        discovery = state;
      },
      redirectToAuthorization: async (page: URL) => {
        this.pages.push(page);
        this.#code = '';
        const back = await this.person.follow(page.href, REDIRECT);
        this.#code = back.searchParams.get('code') ?? '';
        if (this.#code === '') throw new Error(`the sign-in was refused: ${back.search}`);
      },
    };
  }
}
