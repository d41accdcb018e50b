import { SignJWT } from 'jose';
import { type SandboxKeys, signingKey } from '../keys.js';
import type { SandboxSession } from '../sandbox-state.js';
import { CLIENT_ID } from '../seed.js';
import { ulid } from '../ulid.js';

const LIFE_S = 300;

/** A browser session's access token: `sid` is the session, there is no audience. */
export async function sessionToken(base: string, keys: SandboxKeys, session: SandboxSession): Promise<string> {
  const organization = session.organizationId && {
    org_id: session.organizationId,
    role: 'member',
    roles: ['member'],
    permissions: [],
  };
  return new SignJWT({
    ...organization,
    sid: session.id,
    client_id: CLIENT_ID,
    auth_time: Math.floor(session.authenticatedAt / 1000),
  })
    .setProtectedHeader({ alg: 'RS256', kid: keys.kid })
    .setIssuer(`${base}/user_management/${CLIENT_ID}`)
    .setSubject(session.userId)
    .setJti(ulid())
    .setIssuedAt()
    .setExpirationTime(`${LIFE_S}s`)
    .sign(await signingKey(keys));
}
