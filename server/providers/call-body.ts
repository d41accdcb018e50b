import { DomainError } from '../kernel/domain-error.js';
import type { Call, Method } from './call.js';
import { checkFaithfulValue, readFaithfulJson } from './faithful-json.js';
import { overridesMethod, parameterNames } from './forbidden-names.js';

export const BODY_MAX = 1024 * 1024;

const BODILESS: readonly Method[] = ['GET', 'HEAD', 'OPTIONS'];
const JSON_TYPE = /^application\/(?:[a-z0-9.+-]+\+)?json(?:\s*;|$)/i;

export function isJsonType(contentType: string): boolean {
  return JSON_TYPE.test(contentType);
}

/**
 * The exact bytes of a body. `undefined` is no body; `null` is the JSON value. A value is serialised once, here; a string is the
 * bytes themselves, and under a JSON content type it must be JSON that everyone reads alike.
 * @throws DomainError `body_not_allowed`, `body_not_faithful`, `body_too_large`, `call_not_allowed`
 */
export function readBody(body: unknown, method: Method, contentType: string): Uint8Array | null {
  if (body === undefined) return null;
  if (BODILESS.includes(method)) {
    throw new DomainError('body_not_allowed', `A ${method} call has no body. Leave “body” out, or use another method.`);
  }
  const isJson = isJsonType(contentType);
  if (typeof body !== 'string' && !isJson) {
    throw new DomainError(
      'body_not_faithful',
      `This call's body is ${contentType}: pass it as a string, which is sent as it is.`,
    );
  }
  if (typeof body !== 'string') checkFaithfulValue(body);
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const bytes = new TextEncoder().encode(text);
  if (bytes.byteLength > BODY_MAX) {
    throw new DomainError('body_too_large', `The body has ${bytes.byteLength} bytes; at most ${BODY_MAX} are allowed.`);
  }
  if (/\p{Surrogate}/u.test(text)) {
    throw new DomainError('body_not_faithful', 'The body has half of a surrogate pair, which has no bytes in UTF-8.');
  }
  const value = isJson && typeof body === 'string' ? readFaithfulJson(text) : body;
  if (isJson && typeof value === 'string' && holdsJson(value)) {
    const message =
      'The body is JSON inside of a JSON string: it was encoded twice. Pass the JSON value itself, or its text once.';
    throw new DomainError('body_not_faithful', message);
  }
  refuseOverride(isJson ? keysOf(value) : formNames(text, contentType));
  return bytes;
}

/**
 * What the bytes of a canonical call say, as the provider will read them; `undefined` when there is no body or it is not JSON.
 * @throws SyntaxError never for a call that `parseCall` made
 */
export function jsonBodyOf(call: Call): unknown {
  const contentType = call.headers.find(([name]) => name === 'content-type')?.[1] ?? '';
  if (call.body === null || !isJsonType(contentType)) return undefined;
  return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(call.body)) as unknown;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What was meant to be an object or a list. Words, numbers and quotes may be meant as they are. */
function holdsJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function keysOf(value: unknown): readonly string[] {
  return isRecord(value) ? Object.keys(value) : [];
}

function formNames(text: string, contentType: string): readonly string[] {
  return contentType.startsWith('application/x-www-form-urlencoded') ? parameterNames(text) : [];
}

function refuseOverride(names: readonly string[]): void {
  const name = names.find(overridesMethod);
  if (name === undefined) return;
  const message = `The body field “${name}” changes the method for some servers. Use the method itself.`;
  throw new DomainError('call_not_allowed', message, { field: name });
}
