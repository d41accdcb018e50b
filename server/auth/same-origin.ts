type Headers = Readonly<Record<string, readonly string[] | undefined>>;

export type CsrfRefusal = 'origin' | 'fetch_site' | 'token';

/** Why an unsafe request is not our own page's, or `null`. Without an Origin it is refused: every browser sends one here. */
export function csrfRefusal(headers: Headers, origin: string, isToken: (token: string) => boolean): CsrfRefusal | null {
  if (!isOnly(headers.origin, origin)) return 'origin';
  const site = headers['sec-fetch-site'];
  if (site !== undefined && !isOnly(site, 'same-origin')) return 'fetch_site';
  const tokens = headers['x-csrf-token'] ?? [];
  return tokens.length === 1 && isToken(tokens[0]!) ? null : 'token';
}

/** A form can send a body, but none of this type. Parameters of the type are refused, too: they could change the reading. */
export function isJsonOrNothing(headers: Headers): boolean {
  const type = headers['content-type'];
  if (type !== undefined) return isOnly(type, 'application/json');
  const length = headers['content-length']?.[0] ?? '0';
  return headers['transfer-encoding'] === undefined && length === '0';
}

function isOnly(values: readonly string[] | undefined, wanted: string): boolean {
  return values?.length === 1 && values[0] === wanted;
}
