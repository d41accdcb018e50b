import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import { BaseRpcExceptionFilter } from '@nestjs/microservices';
import type { Request, Response } from 'express';
import type { Observable } from 'rxjs';
import { DomainError } from '../kernel/domain-error.js';
import { errorPage } from './error-page.js';
import { INTERNAL, type Problem, problemOf, problemOfStatus } from './failure.js';
import { redact } from './redact.js';

/** Writes one failure in another protocol's shape. Status and headers are already set. */
export type WriteFailure = (problem: Problem, response: Response) => void;

const MACHINE_PATHS = ['/api/', '/.well-known/', '/assets/', '/mcp'];

/**
 * Every error that reaches HTTP, as RFC 9457 problem details; as a small page for a person who followed a link. Says nothing that the
 * error's author did not write for the caller: no stack, no text of a library.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #logger = new Logger('Http');

  /** `shapes`: paths whose callers speak another protocol. */
  constructor(private readonly shapes: ReadonlyMap<string, WriteFailure> = new Map()) {}

  catch(error: unknown, host: ArgumentsHost): Observable<unknown> | undefined {
    // Tool calls come through here as `rpc`, too: they keep what the framework does with their errors, which hides them.
    if (host.getType() !== 'http') return new BaseRpcExceptionFilter().catch(error, host);
    const http = host.switchToHttp();
    this.#answer(this.#problem(error), http.getRequest(), http.getResponse());
    return undefined;
  }

  #answer(problem: Problem, request: Request, response: Response): void {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response.status(problem.status).setHeader('Cache-Control', 'no-store');
    if (problem.retryAfterMs !== undefined) response.setHeader('Retry-After', Math.ceil(problem.retryAfterMs / 1000));
    const write = this.shapes.get(request.path.toLowerCase().replace(/\/+$/, ''));
    if (write !== undefined) write(problem, response);
    else if (isNavigation(request)) response.type('text/html').send(errorPage(problem));
    else response.type('application/problem+json').send(JSON.stringify(problem));
  }

  #problem(error: unknown): Problem {
    if (error instanceof DomainError) {
      if (error.category === 'unavailable') this.#log(error);
      return problemOf(error);
    }
    const status = error instanceof HttpException ? error.getStatus() : statusOfParser(error);
    if (status !== null && status < 500) return problemOfStatus(status);
    this.#log(error);
    return INTERNAL;
  }

  #log(error: unknown): void {
    const text =
      error instanceof Error
        ? (error.stack ?? error.message)
        : `Something was thrown that is no error: ${typeof error}`;
    const cause = error instanceof Error && error.cause instanceof Error ? `\nCaused by ${error.cause.stack}` : '';
    this.#logger.error(redact(text + cause));
  }
}

/** Body parsers and the static files of Express mark what is the caller's fault with a status and `expose`. */
function statusOfParser(error: unknown): number | null {
  if (!(error instanceof Error) || !('expose' in error) || error.expose !== true) return null;
  return 'status' in error && typeof error.status === 'number' ? error.status : null;
}

function isNavigation(request: Request): boolean {
  if (request.method !== 'GET' || MACHINE_PATHS.some((path) => request.path.startsWith(path))) return false;
  return request.accepts(['application/problem+json', 'text/html']) === 'text/html';
}
