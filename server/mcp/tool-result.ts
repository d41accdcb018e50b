import { ProtocolError } from '@modelcontextprotocol/server';
import { Logger } from '@nestjs/common';
import type { McpContext } from '@rekog/mcp-nest';
import type * as z from 'zod';
import { NotNow } from '../grants/not-now.js';
import { DomainError } from '../kernel/domain-error.js';
import { McpSettings } from './mcp-settings.js';
import { type ToolCall, toolCall } from './sdk-context.js';
import { refusalText } from './text/refusal.text.js';
import { toldGrant } from './told-grant.js';

export interface ToolResult {
  [key: string]: unknown;
  content: { type: 'text'; text: string }[];
  structuredContent: Record<string, unknown>;
  isError?: boolean;
}

const log = new Logger('McpTools');

/** After an outage a client should wait about this long. */
const RETRY_AFTER_MS = 2_000;

/**
 * A result that says the next step in words and the facts as data. mcp-nest does not check results that bring their own
 * `content`, so the schema is applied here; the facts are also sent as JSON text for clients that read only text.
 */
export function toolResult<T extends z.ZodType>(
  schema: T,
  facts: z.input<T>,
  text: string,
  isError = false,
): ToolResult {
  const structuredContent = schema.parse(facts) as Record<string, unknown>;
  return {
    content: [
      { type: 'text', text },
      { type: 'text', text: JSON.stringify(structuredContent) },
    ],
    structuredContent,
    ...(isError ? { isError } : {}),
  };
}

/**
 * Runs a tool. Refusals become results with their code and the next step; anything unknown says nothing of its inside. What is wrong
 * with the protocol itself stays an error of the protocol.
 */
export async function answer<Result = ToolResult>(
  context: McpContext,
  settings: McpSettings,
  run: (call: ToolCall) => Promise<Result>,
): Promise<Result | ToolResult> {
  try {
    return await run(toolCall(context));
  } catch (error) {
    if (error instanceof ProtocolError) throw error;
    return refusal(error instanceof DomainError ? error : unknownError(error), settings);
  }
}

function refusal(error: DomainError, settings: McpSettings): ToolResult {
  const { code, message, details, category } = error;
  const wait = category === 'unavailable' ? { retryAfterMs: RETRY_AFTER_MS } : {};
  // What became of a grant is told as check_access_request tells it.
  const told = error instanceof NotNow ? toldGrant(error.grant, error.moment, settings.publicUrl) : null;
  const approval = told === null ? {} : { approval: told.facts };
  const structuredContent = { error: { ...details, code, message, ...approval, ...wait } };
  return {
    content: [
      { type: 'text', text: told?.text ?? refusalText(error, settings) },
      { type: 'text', text: JSON.stringify(structuredContent) },
    ],
    structuredContent,
    isError: true,
  };
}

function unknownError(error: unknown): DomainError {
  if (isCancelled(error)) {
    return new DomainError('cancelled', 'The call was cancelled before anything was sent. It can be made again.');
  }
  log.error(`a tool failed: ${error instanceof Error ? `${error.name} ${stackWithoutMessage(error)}` : typeof error}`);
  return new DomainError('internal', 'Countersign failed. Nothing was sent. Try again later.');
}

/** By name: what a signal throws is a `DOMException`, and its reason tells whether the client went or the deadline passed. */
function isCancelled(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('name' in error)) return false;
  return error.name === 'AbortError' || error.name === 'TimeoutError';
}

/** Messages of foreign errors may hold what a request contained; frames hold only our own file names. */
function stackWithoutMessage(error: Error): string {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 5)
    .join('');
}
