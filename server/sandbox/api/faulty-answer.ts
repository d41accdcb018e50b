import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from '../faults.js';

const SLOW_MS = 30_000;

const answer = (res: ServerResponse, status: number, type: string, body: string) => {
  res.writeHead(status, { 'content-type': type, ...(status === 429 && { 'retry-after': '2' }) });
  res.end(body);
};

/**
 * Does what a fault says to one request. Resolves to true when that was the whole answer, false when the request may go
 * on, late or at once.
 */
export async function strike(fault: Fault, req: IncomingMessage, res: ServerResponse): Promise<boolean> {
  if (fault.kind === 'slow') return !(await delay(fault.delayMs ?? SLOW_MS, res));
  if (fault.kind === 'down') req.socket.destroy();
  else if (fault.kind === '429')
    answer(res, 429, 'application/json', '{"message":"Too many requests.","code":"rate_limit_exceeded"}');
  else if (fault.kind === '500') answer(res, 500, 'application/json', '{"message":"Internal server error."}');
  else if (fault.kind === 'html') answer(res, 502, 'text/html', '<!doctype html><title>502 Bad Gateway</title>');
  else if (fault.kind === 'unauthorized') answer(res, 401, 'application/json', '{"message":"Unauthorized"}');
  else return false;
  return true;
}

/** Resolves to false when the caller went away first. */
function delay(ms: number, res: ServerResponse): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), ms);
    res.once('close', () => {
      clearTimeout(timer);
      resolve(false);
    });
  });
}
