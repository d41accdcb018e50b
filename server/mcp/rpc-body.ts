import { BadRequestException, UnsupportedMediaTypeException } from '@nestjs/common';
import express, { type Request, type Response } from 'express';
import { isDeeperThan } from '../http/json-depth.js';

const BODY_LIMIT = '4mb';
/** A call's own body may have 64 levels, inside of the protocol's few. */
const DEPTH_MAX = 96;

const parse = express.json({
  limit: BODY_LIMIT,
  // What is JSON and no message is told as that.
  strict: false,
  verify: (_request, _response, body) => {
    if (isDeeperThan(body, DEPTH_MAX)) throw new BadRequestException();
  },
});

/**
 * Reads the body of a request that has shown its token: nobody else makes the server parse anything (I40). The library's own reader
 * knows no bound, so nothing is left for it.
 * @throws what the HTTP filter turns into 400, 413 and 415
 */
export async function readBody(request: Request, response: Response): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    parse(request, response, (error?: unknown) => (error ? reject(error) : resolve()));
  });
  if (request.body === undefined) throw new UnsupportedMediaTypeException();
}

/** Batches are of no revision that is spoken here. */
export function isMessage(body: unknown): body is object {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}

/** A request of the protocol's that can be answered by its id. What else has an id is refused by the SDK. */
export function hasId(message: object): message is { readonly id: string | number } {
  const { jsonrpc, id } = message as { jsonrpc?: unknown; id?: unknown };
  return jsonrpc === '2.0' && (typeof id === 'string' || Number.isInteger(id));
}
