import { type DomainError, ERROR_CODES, type ErrorCategory, type ErrorCode } from '../kernel/domain-error.js';

/** RFC 9457 problem details with our stable code. Facts of the error are members beside the standard ones (§3.2). */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly retryAfterMs?: number;
}

const STATUS: Readonly<Record<ErrorCategory, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  unsupported_media_type: 415,
  too_many: 429,
  unavailable: 503,
};

const TITLES: Readonly<Record<ErrorCategory, string>> = {
  invalid: 'The request is not right',
  unauthenticated: 'You are not signed in',
  forbidden: 'This is not allowed',
  not_found: 'There is nothing here',
  conflict: 'The state does not allow this',
  too_large: 'Too large',
  unsupported_media_type: 'Wrong type of body',
  too_many: 'Too many requests',
  unavailable: 'Not available now',
};

/** What a refusal by the framework or a body parser is called; their own texts tell about us and stay inside. */
const BY_STATUS: Readonly<Record<number, { code: ErrorCode; detail: string }>> = {
  401: { code: 'not_signed_in', detail: 'Sign in to continue.' },
  403: { code: 'csrf_refused', detail: 'This request is not allowed.' },
  404: { code: 'not_found', detail: 'Nothing answers this request. Check its address.' },
  405: { code: 'method_not_allowed', detail: 'This address does not take that method.' },
  413: { code: 'body_too_large', detail: 'The body is too large.' },
  415: { code: 'json_required', detail: 'Send the body as application/json in UTF-8.' },
  421: { code: 'not_found', detail: 'This server does not answer under that name.' },
};

const RETRY_AFTER_MS = 1_000;

export function problemOf(error: DomainError): Problem {
  const { code, category, message, details } = error;
  const status = code === 'internal' ? 500 : STATUS[category];
  const wait = status === 503 ? { retryAfterMs: RETRY_AFTER_MS } : {};
  return { ...wait, ...details, ...problem(code, status, message) };
}

/** For a status that something else than our own code chose. */
export function problemOfStatus(status: number): Problem {
  if (status < 400 || status >= 500) return INTERNAL;
  const { code, detail } = BY_STATUS[status] ?? { code: 'invalid_arguments', detail: 'The request could not be read.' };
  return problem(code, status, detail);
}

/** The same for every fault of ours: what happened is in the log. */
export const INTERNAL: Problem = problem(
  'internal',
  500,
  'Something went wrong on our side. Nothing was changed by this request.',
);

function problem(code: ErrorCode, status: number, detail: string): Problem {
  return { type: `urn:countersign:error:${code}`, title: TITLES[ERROR_CODES[code]], status, code, detail };
}
