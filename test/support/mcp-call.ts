import { EventEmitter } from 'node:events';
import { McpContext } from '@rekog/mcp-nest';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { McpSettings } from '../../server/mcp/mcp-settings.js';
import { principal } from './grants.js';

const ORIGIN = 'https://countersign.example';
export const MCP_SETTINGS = new McpSettings('1.2.3', ORIGIN, `${ORIGIN}/mcp`, false);

/** The response of one request, as far as going away is concerned. */
export class FakeResponse extends EventEmitter {
  writableFinished = false;
  destroyed = false;

  close(isFinished: boolean): void {
    this.writableFinished = isFinished;
    this.destroyed = true;
    this.emit('close');
  }
}

export interface ContextOf {
  readonly extra?: Record<string, unknown>;
  readonly clientInfo?: unknown;
  readonly progressToken?: string;
  readonly signal?: AbortSignal;
  readonly response?: FakeResponse;
  readonly stateless?: boolean;
  readonly era?: 'legacy' | 'modern';
  /** What the request declares of its client, in the 2026 era. */
  readonly capabilities?: Record<string, unknown>;
  readonly requestState?: unknown;
  readonly inputResponses?: Record<string, unknown>;
}

/** mcp-nest's own context for one request of Ada's assistant; `sent` is what went back before the answer. */
export function contextOf(of: ContextOf = {}): { context: McpContext; sent: unknown[] } {
  const sent: unknown[] = [];
  const sdk = {
    http: { authInfo: { extra: of.extra ?? { principal: principal() } } },
    mcpReq: {
      signal: of.signal ?? new AbortController().signal,
      _meta: of.progressToken === undefined ? {} : { progressToken: of.progressToken },
      envelope: {
        'io.modelcontextprotocol/clientInfo': of.clientInfo,
        'io.modelcontextprotocol/clientCapabilities': of.capabilities,
      },
      requestState: () => of.requestState,
      inputResponses: of.inputResponses,
      notify: async (notification: unknown) => {
        sent.push(notification);
      },
    },
  };
  const session = { transport: 'streamable-http', stateless: of.stateless ?? true, era: of.era ?? 'legacy' };
  const args = [{}, { params: {} }, session, { res: of.response }, sdk];
  return { context: new McpContext(args as unknown as ConstructorParameters<typeof McpContext>[0]), sent };
}

/** Checks as a 2025-era client does. Returns what does not fit. */
export function misfit(schema: Record<string, unknown>, value: unknown): string | null {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  return ajv.validate(schema, value) ? null : ajv.errorsText();
}
