import type { Response } from 'express';

interface Failure {
  readonly code: string;
  readonly status: number;
  readonly detail: string;
  readonly retryAfterMs?: number;
}

/** JSON-RPC 2.0 §5.1: what could not be parsed. */
const PARSE_ERROR = -32_700;
/** JSON-RPC 2.0 §5.1: JSON that is no request. */
const INVALID_REQUEST = -32_600;
/** JSON-RPC 2.0 §5.1: parameters that do not fit the method. */
const INVALID_PARAMS = -32_602;
/** The range that JSON-RPC leaves to servers. */
const SERVER_ERROR = -32_000;

/** A failure before the protocol took over, in the shape that MCP clients read. The id is unknown, so it is `null`. */
export function writeRpcFailure({ code, status, detail, retryAfterMs }: Failure, response: Response): void {
  const isParseError = status === 400 && code === 'invalid_arguments';
  response.json({
    jsonrpc: '2.0',
    id: null,
    error: {
      code: isParseError ? PARSE_ERROR : SERVER_ERROR,
      message: detail,
      data: { code, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
    },
  });
}

/** What could be parsed and is none of the protocol's messages. */
export function writeInvalidRequest(response: Response): void {
  const message = 'Send one JSON-RPC message, as an object. There are no batches.';
  response.status(400).json({ jsonrpc: '2.0', id: null, error: { code: INVALID_REQUEST, message } });
}

/** Answered as a method would: clients of 2025 read no error in an HTTP failure. */
export function writeInvalidParams(id: string | number, what: string, response: Response): void {
  response
    .status(200)
    .json({ jsonrpc: '2.0', id, error: { code: INVALID_PARAMS, message: `Invalid params: ${what}` } });
}
