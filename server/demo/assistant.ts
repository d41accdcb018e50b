import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { BrowserSignIn } from './sign-in.js';

/** What a tool answered: the text for a model and the facts. */
export interface ToolAnswer {
  readonly text: string;
  readonly facts: Record<string, unknown>;
  readonly isError: boolean;
}

/** An MCP client with the two things that an assistant does: sign in, and call tools. */
export class Assistant {
  readonly #client = new Client({ name: 'Countersign demo', version: '1.0.0' });

  constructor(
    private readonly mcpUrl: URL,
    private readonly signIn: BrowserSignIn,
  ) {}

  async connect(): Promise<void> {
    const transport = new StreamableHTTPClientTransport(this.mcpUrl, { authProvider: this.signIn });
    try {
      await this.#client.connect(transport);
    } catch (error) {
      if (!(error instanceof UnauthorizedError)) throw error;
      await transport.finishAuth(await this.signIn.code());
      await this.#client.connect(new StreamableHTTPClientTransport(this.mcpUrl, { authProvider: this.signIn }));
    }
  }

  async call(name: string, args: Record<string, unknown> = {}): Promise<ToolAnswer> {
    const result = await this.#client.callTool({ name, arguments: args });
    const content = result.content as { type: string; text?: string }[];
    return {
      text: content[0]?.text ?? '',
      facts: (result.structuredContent ?? {}) as Record<string, unknown>,
      isError: result.isError === true,
    };
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}
