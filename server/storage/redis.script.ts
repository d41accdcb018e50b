import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { DomainError } from '../kernel/domain-error.js';
import { readLua } from './lua-file.js';

/** One atomic step in Redis, known there by its SHA-1. Every driver error becomes `store_unavailable`. */
export class RedisScript {
  readonly #text: string;
  readonly #sha: string;

  constructor(name: string) {
    this.#text = `${readLua('moment')}\n${readLua(name)}`;
    this.#sha = createHash('sha1').update(this.#text).digest('hex');
  }

  run(client: Redis, keys: readonly string[], args: readonly (string | number | Uint8Array)[]): Promise<unknown> {
    return this.#run(keys, args, (command, all) => client.call(command, all));
  }

  /** As `run`, with every string of the answer as bytes. */
  runForBytes(client: Redis, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown> {
    return this.#run(keys, args, (command, all) => client.callBuffer(command, all));
  }

  async #run(
    keys: readonly string[],
    args: readonly (string | number | Uint8Array)[],
    call: (command: string, all: (string | number | Buffer)[]) => Promise<unknown>,
  ): Promise<unknown> {
    const rest = [keys.length, ...keys, ...args.map((arg) => (arg instanceof Uint8Array ? Buffer.from(arg) : arg))];
    try {
      return await call('EVALSHA', [this.#sha, ...rest]).catch((error: unknown) => {
        // A server that was just started has run nothing yet: only then is the text sent.
        if (error instanceof Error && error.message.startsWith('NOSCRIPT')) return call('EVAL', [this.#text, ...rest]);
        throw error;
      });
    } catch (error) {
      throw unavailable(error);
    }
  }
}

/** Whatever the driver says, for the caller it is one thing, and nothing was changed that the caller may rely on. */
export function unavailable(cause: unknown): DomainError {
  return new DomainError(
    'store_unavailable',
    'The store is out of reach. Nothing was done. Try again.',
    { retryAfterMs: 1_000 },
    { cause },
  );
}
