/** What the `Authorization` header holds. `malformed` does not follow RFC 9110 §11.4 at all; `none` is no bearer token. */
export type Authorization =
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'malformed' };

const CREDENTIALS = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+(?: +[A-Za-z0-9\-._~+/]+=*)?$/;
const BEARER = /^bearer ([A-Za-z0-9\-._~+/]+=*)$/i;

/** Reads every value that the request carries under the name; a repeated header names no token. */
export function readAuthorization(values: readonly string[]): Authorization {
  if (values.length !== 1) return { kind: 'none' };
  const value = values[0]!;
  const token = BEARER.exec(value)?.[1];
  if (token !== undefined) return { kind: 'bearer', token };
  return { kind: value === '' || CREDENTIALS.test(value) ? 'none' : 'malformed' };
}
