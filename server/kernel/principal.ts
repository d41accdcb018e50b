/** The verified caller of an MCP request. Every field comes from a verified access token, none from the request. */
export interface Principal {
  readonly issuer: string;
  /** WorkOS user id. */
  readonly subject: string;
  /** WorkOS organization id; `null` is a value of its own and never equals an organization. */
  readonly organization: string | null;
  readonly clientId: string;
  /** The authorization server's id of this sign-in. For WorkOS Connect it is a consent id, not a browser session. */
  readonly sid: string;
}

/**
 * One unambiguous string for a principal. Parts are length-prefixed, so that no two different principals share a key,
 * whatever characters their parts contain.
 */
export function sessionKey(principal: Principal): string {
  const { issuer, subject, organization, clientId, sid } = principal;
  const organizationPart = organization === null ? '-' : `${organization.length}:${organization}`;
  return [issuer, subject, clientId, sid].map((part) => `${part.length}:${part}`).join('') + organizationPart;
}

export function isSamePrincipal(a: Principal, b: Principal): boolean {
  return sessionKey(a) === sessionKey(b);
}
