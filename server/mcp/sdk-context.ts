import type { ServerResponse } from 'node:http';
import type { ServerContext } from '@modelcontextprotocol/server';
import type { McpContext } from '@rekog/mcp-nest';
import { DomainError } from '../kernel/domain-error.js';
import type { Principal } from '../kernel/principal.js';
import { claimedName } from '../sessions/session.js';
import { mayOpenPages, type PageReply, pageReply } from './url-elicitation.js';

/** One overall bound of a tool call: below the 60 s after which clients give up. */
const DEADLINE_MS = 50_000;

/** What our tools need of one MCP request. docs/mcp.md lists what mcp-nest gets wrong and where each of it is handled. */
export interface ToolCall {
  readonly principal: Principal;
  /** The client's own claim; 2025-era requests carry it only in `initialize`. */
  readonly clientName: string | undefined;
  /** Aborts when the client goes away or the deadline passes. */
  readonly signal: AbortSignal;
  /** Reports progress when the client asked for it. `value` must grow from call to call. */
  readonly progress: (value: number, message: string) => Promise<void>;
  /** Whether this very request declares that the client opens pages for us: URL elicitation of 2026-07-28. */
  readonly opensPages: boolean;
  /** What a client brings back when it repeats a call for which it was to open a page; `null` for a first call. */
  readonly reply: PageReply | null;
}

/**
 * Reads the request from the one place that is never shared between requests: the SDK's own context. `McpContext`'s
 * `getRawRequest()` can be another caller's in a stateful server, and its `reportProgress` is silent in the 2025 era.
 */
export function toolCall(context: McpContext): ToolCall {
  const sdk = context.getArgByIndex(4) as ServerContext | undefined;
  const principal = sdk?.http?.authInfo?.extra?.principal as Principal | undefined;
  if (!sdk || !principal) throw new DomainError('not_signed_in', 'This request carries no verified sign-in.');
  const token = sdk.mcpReq._meta?.progressToken;
  return {
    principal,
    clientName: claimedName(context.getClientInfo()?.name),
    signal: AbortSignal.any([sdk.mcpReq.signal, disconnect(context), AbortSignal.timeout(DEADLINE_MS)]),
    progress: async (progress, message) => {
      if (token === undefined) return;
      await sdk.mcpReq.notify({
        method: 'notifications/progress',
        params: { progressToken: token, progress, message },
      });
    },
    opensPages: mayOpenPages(context),
    reply: pageReply(context, sdk),
  };
}

/** The SDK aborts on disconnect in the 2026 era only; a stateless 2025-era request has its own response to watch. */
function disconnect(context: McpContext): AbortSignal {
  const gone = new AbortController();
  const response = context.getRawRequest<{ res?: ServerResponse }>()?.res;
  if (context.getSession().stateless && response) {
    const check = () => {
      if (!response.writableFinished) gone.abort();
    };
    if (response.destroyed) check();
    else response.once('close', check);
  }
  return gone.signal;
}
