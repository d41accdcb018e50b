import type { Dispatcher } from 'undici';
import { TransportFailure, type UpstreamAnswer } from './transport.port.js';
import { BoundedBody } from './zlib.bounded-body.js';

type Headers = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>[2];

/**
 * One exchange with undici. It knows the moment before which certainly no byte of the request left: `onRequestStart`. A second
 * start would be a retry and is stopped.
 */
export class ExchangeHandler implements Dispatcher.DispatchHandler {
  readonly answer: Promise<UpstreamAnswer>;
  #resolve!: (answer: UpstreamAnswer) => void;
  #reject!: (failure: TransportFailure) => void;
  #controller: Dispatcher.DispatchController | null = null;
  #isOver = false;
  #status = 0;
  #headers: readonly (readonly [string, string])[] = [];
  #body: BoundedBody | null = null;

  constructor(private readonly bodyBytes: number) {
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /**
   * Ends the exchange. Once a status has come the provider has acted on the request, so what came is an answer that is cut, not a
   * failure (mistake 20). Only who cancels gets none.
   */
  stop(code: TransportFailure['code'], cause?: unknown): void {
    if (this.#body !== null && code !== 'cancelled') this.#body.cut();
    else this.#fail(new TransportFailure(code, this.#controller !== null, { cause }));
  }

  /** Ends the exchange while certainly no byte of the request has left; otherwise it goes on. */
  stopUnlessStarted(code: TransportFailure['code']): void {
    if (this.#controller === null) this.#fail(new TransportFailure(code, false));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#isOver || this.#controller !== null) controller.abort(new Error('ended'));
    else this.#controller = controller;
  }

  onRequestUpgrade(controller: Dispatcher.DispatchController): void {
    controller.abort(new Error('no upgrade'));
    this.stop('upstream_broken');
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    if (status < 200) return;
    this.#status = status;
    this.#headers = Object.entries(headers).flatMap(([name, value]) =>
      [value ?? []].flat().map((item) => [name.toLowerCase(), item] as const),
    );
    const encoding = this.#headers.find(([name]) => name === 'content-encoding')?.[1] ?? 'identity';
    this.#body = new BoundedBody(encoding, this.bodyBytes, (body, isTruncated) => this.#done(body, isTruncated));
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#body?.write(chunk, () => controller.resume()) === false && !this.#isOver) controller.pause();
  }

  onResponseEnd(): void {
    this.#body?.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (error instanceof TransportFailure) this.#fail(error);
    else this.stop(isTimeout(error) ? 'upstream_timeout' : 'upstream_broken', error);
  }

  #done(body: Uint8Array, isTruncated: boolean): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (isTruncated) this.#controller?.abort(new Error('enough'));
    this.#resolve({ status: this.#status, headers: this.#headers, body, isTruncated });
  }

  #fail(failure: TransportFailure): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#body?.drop();
    this.#controller?.abort(failure);
    this.#reject(failure);
  }
}

function isTimeout(error: Error): boolean {
  return 'code' in error && (error.code === 'UND_ERR_HEADERS_TIMEOUT' || error.code === 'UND_ERR_BODY_TIMEOUT');
}
