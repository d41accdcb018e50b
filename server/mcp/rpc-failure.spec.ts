import type { Response } from 'express';
import { writeRpcFailure } from './rpc-failure.js';

/** JSON-RPC 2.0 §5: “If there was an error in detecting the id in the Request object (e.g. Parse error/Invalid Request), it MUST be Null.” */
it.each([
  [{ code: 'invalid_arguments', status: 400, detail: 'Not read.' }, -32_700, {}],
  [{ code: 'body_too_large', status: 413, detail: 'Too large.' }, -32_000, {}],
  [{ code: 'invalid_token', status: 401, detail: 'Sign in.' }, -32_000, {}],
  [{ code: 'store_unavailable', status: 503, detail: 'Away.', retryAfterMs: 1_000 }, -32_000, { retryAfterMs: 1_000 }],
])('%j before the protocol took over', (failure, code, more) => {
  const written: unknown[] = [];
  writeRpcFailure(failure, { json: (body: unknown) => written.push(body) } as unknown as Response);
  expect(written).toEqual([
    { jsonrpc: '2.0', id: null, error: { code, message: failure.detail, data: { code: failure.code, ...more } } },
  ]);
});
