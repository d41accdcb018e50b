import { createHash } from 'node:crypto';
import type { AccessLevel } from '../kernel/access-level.js';
import { METHODS, type Method } from './call.js';
import { isRecord } from './call-body.js';
import { type Rule, read, write } from './rest.js';

export interface OpenapiOptions {
  /** SHA-256 of the file, in hexadecimal. Another file stops the boot: what is a read changes by a decision of yours alone. */
  readonly sha256: string;
  /** What stands before the paths of the description, such as `/v1`. Default: nothing. */
  readonly basePath?: string;
  /**
   * `operationId`, or `POST /path` where there is none → what the operation is when its method does not tell. `left_out` makes no
   * rule, so that it cannot be called.
   */
  readonly overrides?: Readonly<Record<string, AccessLevel | 'left_out'>>;
}

/**
 * The rules of an OpenAPI 3 description in JSON, given as the text of a file: GET and HEAD are reads, everything else is a write, unless
 * an override says otherwise. Summaries become titles. Never fetch the text: remote input must not decide what a read is.
 * @throws Error when the file is another one, is no OpenAPI 3, or an override names no operation; each stops the boot
 */
export function openapiRules(text: string, { sha256, basePath = '', overrides = {} }: OpenapiOptions): readonly Rule[] {
  const actual = createHash('sha256').update(text).digest('hex');
  if (actual !== sha256) {
    throw new Error(`The OpenAPI file has changed: its SHA-256 is ${actual}. Look at what changed, then record it.`);
  }
  const document: unknown = JSON.parse(text);
  if (!isRecord(document) || !String(document.openapi).startsWith('3.') || !isRecord(document.paths)) {
    throw new Error('The file is no OpenAPI 3 description in JSON.');
  }
  const operations = Object.entries(document.paths).flatMap(([path, item]) => operationsOf(path, item));
  const unknown = Object.keys(overrides).filter((name) => !operations.some((operation) => operation.name === name));
  if (unknown.length > 0) throw new Error(`No operation is called ${unknown.join(', ')}.`);
  return operations
    .filter(({ name }) => overrides[name] !== 'left_out')
    .sort((a, b) => placeholders(a.path) - placeholders(b.path))
    .map(({ name, method, path, summary }) => {
      const isRead = Object.hasOwn(overrides, name) ? overrides[name] === 'read' : method === 'GET';
      return (isRead ? read : write)(method, basePath + path, summary);
    });
}

interface Operation {
  readonly name: string;
  readonly method: Method;
  readonly path: string;
  readonly summary: string | undefined;
}

function operationsOf(source: string, item: unknown): readonly Operation[] {
  if (!isRecord(item)) return [];
  // Names of placeholders with hyphens are common; ours have none.
  const path = source.replace(/\{[^}]*\}/g, (placeholder) => placeholder.replace(/[^A-Za-z0-9_{}]/g, '_'));
  // HEAD is judged as GET, and OPTIONS is not called.
  const methods = METHODS.filter((method) => method !== 'HEAD' && method !== 'OPTIONS');
  return methods.flatMap((method) => {
    const operation = item[method.toLowerCase()];
    if (!isRecord(operation)) return [];
    const { operationId, summary } = operation;
    const name = typeof operationId === 'string' ? operationId : `${method} ${source}`;
    return [{ name, method, path, summary: typeof summary === 'string' ? summary.replace(/\.$/, '') : undefined }];
  });
}

function placeholders(path: string): number {
  return path.split('{').length - 1;
}
