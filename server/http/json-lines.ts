import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/**
 * Sends values as JSON Lines, one after the other and no faster than the reader takes them, as a file to be saved. What fails before the
 * first line is an ordinary answer; what fails later cuts the connection, so that nobody takes a part for the whole.
 */
export async function sendJsonLines(response: Response, fileName: string, values: AsyncGenerator): Promise<void> {
  const first = await values.next();
  response.setHeader('Content-Type', 'application/jsonl; charset=utf-8');
  response.setHeader('Content-Disposition', `attachment; filename="${fileName}"`);
  await pipeline(Readable.from(linesOf(first, values)), response);
}

async function* linesOf(first: IteratorResult<unknown>, rest: AsyncGenerator): AsyncGenerator<string> {
  if (first.done) return;
  yield `${JSON.stringify(first.value)}\n`;
  for await (const value of rest) yield `${JSON.stringify(value)}\n`;
}
