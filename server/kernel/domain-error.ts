/** How an edge answers: HTTP status is `http/`'s business, the model's text `mcp/text/`'s. */
export type ErrorCategory =
  | 'invalid' // the caller can correct it
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict' // the state does not allow it now
  | 'too_large'
  | 'unsupported_media_type'
  | 'too_many'
  | 'unavailable'; // a dependency is out of reach: try again later

/** Every code is API: documented in docs/errors.md, tested, never renamed in silence. */
export const ERROR_CODES = {
  invalid_arguments: 'invalid',
  url_not_canonical: 'invalid',
  method_not_allowed: 'invalid',
  header_not_allowed: 'invalid',
  body_not_allowed: 'invalid',
  body_not_faithful: 'invalid',
  body_too_large: 'too_large',
  provider_not_matched: 'invalid',
  unknown_provider: 'invalid',
  call_not_allowed: 'invalid',
  graphql_refused: 'invalid',
  authority_required: 'forbidden',
  connection_required: 'forbidden',
  connection_changed: 'conflict',
  request_mismatch: 'conflict',
  request_changed: 'conflict',
  already_decided: 'conflict',
  already_executing: 'conflict',
  already_used: 'conflict',
  request_pending: 'conflict',
  call_again: 'conflict',
  request_denied: 'conflict',
  request_expired: 'conflict',
  request_withdrawn: 'conflict',
  authority_revoked: 'conflict',
  authority_voided: 'conflict',
  superseded: 'conflict',
  recently_denied: 'too_many',
  too_many_pending: 'too_many',
  wider_than_asked: 'invalid',
  not_found: 'not_found',
  invalid_token: 'unauthenticated',
  not_signed_in: 'unauthenticated',
  sign_in_failed: 'unauthenticated',
  org_mismatch: 'forbidden',
  impersonated: 'forbidden',
  reauthentication_required: 'forbidden',
  csrf_refused: 'forbidden',
  json_required: 'unsupported_media_type',
  upstream_address_refused: 'unavailable',
  store_unavailable: 'unavailable',
  store_in_use: 'unavailable',
  workos_unavailable: 'unavailable',
  audit_unavailable: 'unavailable',
  cancelled: 'unavailable',
  internal: 'unavailable',
} as const satisfies Record<string, ErrorCategory>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** A refusal of ours. `message` is written for the person or model that reads it and names the next step. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly category: ErrorCategory;

  constructor(
    readonly code: ErrorCode,
    message: string,
    /** Facts for the edge to show. Never a token, never what another person owns. */
    readonly details: Readonly<Record<string, unknown>> = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.category = ERROR_CODES[code];
  }
}
