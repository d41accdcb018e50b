/** Standard scopes only: dynamically registered clients get no others, and a challenge that names one breaks their sign-in. */
export const STANDARD_SCOPES = ['openid', 'profile', 'email'] as const;

const DESCRIPTIONS = {
  invalid_request: 'The Authorization header is malformed.',
  invalid_token: 'The access token is missing, expired or not for this server.',
} as const;

export type ChallengeError = keyof typeof DESCRIPTIONS;

export function challengeDescription(error: ChallengeError): string {
  return DESCRIPTIONS[error];
}

/**
 * The `WWW-Authenticate` answer (RFC 6750 §3, RFC 9728 §5.1). The same for every cause of one error: it must not tell an
 * attacker which check a token failed.
 */
export function challenge(error: ChallengeError, resourceMetadataUrl: string): string {
  const parameters = {
    error,
    error_description: DESCRIPTIONS[error],
    scope: STANDARD_SCOPES.join(' '),
    resource_metadata: resourceMetadataUrl,
  };
  return `Bearer ${Object.entries(parameters)
    .map(([name, value]) => `${name}="${value}"`)
    .join(', ')}`;
}
