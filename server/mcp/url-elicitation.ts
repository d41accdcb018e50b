import {
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  ProtocolError,
  ProtocolErrorCode,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { McpContext } from '@rekog/mcp-nest';

/** The name of our one question among the `inputRequests` of an answer. */
const QUESTION = 'approval';

/** What the client says became of the page, and the state that it was given for it. Both are the client's own claims. */
export interface PageReply {
  readonly state: unknown;
  /** `accept` says that the page was opened, not that anything was approved. `null`: no answer to our question. */
  readonly action: 'accept' | 'decline' | 'cancel' | null;
}

/** A tool's answer that has the client open a page and repeat the call. `content` is there for mcp-nest alone. */
export type PageToOpen = InputRequiredResult & { readonly content: [] };

/**
 * MCP 2026-07-28: “Servers MUST NOT send elicitation requests with modes that are not supported by the client.” Asked before
 * anything is answered, as the SDK would answer the client an error that its model never sees. In the 2025 era there is no way back to
 * a stateless server, whatever a request says.
 */
export function mayOpenPages(context: McpContext): boolean {
  return isModern(context) && context.getClientCapabilities()?.elicitation?.url !== undefined;
}

export function pageReply(context: McpContext, { mcpReq }: ServerContext): PageReply | null {
  const state = isModern(context) ? mcpReq.requestState() : undefined;
  if (state === undefined) return null;
  const response = inputResponse(mcpReq.inputResponses, QUESTION);
  return { state, action: response.kind === 'elicit' ? response.action : null };
}

/** mcp-nest makes text of every result that has no `content`, and a finished answer of an unfinished one. */
export function pageToOpen(url: string, message: string, requestState: string): PageToOpen {
  const inputRequests = { [QUESTION]: inputRequired.elicitUrl({ url, message }) };
  return { ...inputRequired({ inputRequests, requestState }), content: [] };
}

/** mcp-nest cannot be told to check the state: our tools do, and refuse it as the SDK would. */
export function invalidState(): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, 'Invalid or expired requestState', {
    reason: 'invalid_request_state',
  });
}

function isModern(context: McpContext): boolean {
  return context.getSession().era === 'modern';
}
