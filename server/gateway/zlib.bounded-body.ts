import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * Collects a body up to a bound of *decoded* bytes. We ask for no encoding; a provider that encodes all the same is decoded piece by
 * piece and cut at the bound, so that a small body never becomes a large one (I20). An encoding that we do not know stays as it is.
 */
export class BoundedBody {
  readonly #decoder: Transform | null;
  readonly #chunks: Uint8Array[] = [];
  #size = 0;
  #isEmpty = true;
  #isOver = false;

  constructor(
    encoding: string,
    private readonly bound: number,
    private readonly done: (body: Uint8Array, isTruncated: boolean) => void,
  ) {
    const name = encoding.trim().toLowerCase();
    this.#decoder = Object.hasOwn(DECODERS, name) ? (DECODERS[name]?.() ?? null) : null;
    this.#decoder?.on('data', (chunk: Buffer) => this.#keep(chunk));
    this.#decoder?.once('end', () => this.#finish(false));
    this.#decoder?.on('error', () => this.cut());
  }

  /** False when the sender should pause until `resume` is called. */
  write(chunk: Uint8Array, resume: () => void): boolean {
    this.#isEmpty = false;
    if (this.#isOver) return true;
    if (this.#decoder === null) {
      this.#keep(chunk);
      return true;
    }
    if (this.#decoder.write(chunk)) return true;
    this.#decoder.once('drain', resume);
    return false;
  }

  end(): void {
    if (this.#decoder !== null && !this.#isEmpty && !this.#isOver) this.#decoder.end();
    else this.#finish(false);
  }

  /** No more will come: what is here is a part. */
  cut(): void {
    this.#finish(true);
  }

  /** Forgets what came and lets nothing more happen. */
  drop(): void {
    this.#isOver = true;
    this.#decoder?.destroy();
  }

  #keep(chunk: Uint8Array): void {
    if (this.#isOver) return;
    const room = this.bound - this.#size;
    this.#chunks.push(chunk.byteLength > room ? chunk.subarray(0, room) : chunk);
    this.#size += Math.min(room, chunk.byteLength);
    if (chunk.byteLength > room) this.#finish(true);
  }

  #finish(isTruncated: boolean): void {
    if (this.#isOver) return;
    this.drop();
    this.done(Buffer.concat(this.#chunks), isTruncated);
  }
}
