import { createHmac } from 'node:crypto';
import { tagOf } from '../kernel/ids.js';

const PREFIX = 'pipes:mcp';

/** What belongs to one session lies in one hash slot, so that one script reaches all of it, also on a Redis Cluster. */
export const sessionKeys = (tag: string) => ({
  session: `${PREFIX}:{${tag}}:session`,
  live: `${PREFIX}:{${tag}}:live`,
  audit: `${PREFIX}:{${tag}}:audit`,
  /** Followed by the id. */
  grantPrefix: `${PREFIX}:{${tag}}:grant:`,
});

/** A grant's id carries its session's tag. */
export const grantKeys = (id: string) => ({
  grant: `${PREFIX}:{${tagOf(id)}}:grant:${id}`,
  body: `${PREFIX}:{${tagOf(id)}}:body:${id}`,
});

/** A person's index over all their sessions has a slot of its own. The key names nobody. */
export function indexKeys(tagKey: Uint8Array, userId: string) {
  const name = createHmac('sha256', tagKey).update(`user:${userId}`).digest('hex').slice(0, 32);
  const of = (what: string) => `${PREFIX}:{u-${name}}:${what}`;
  return { live: of('live'), history: of('history'), choices: of('choices'), denied: of('denied') };
}

export const browserSessionKey = (id: string) => `${PREFIX}:{b-${id}}:browser`;

/** Events that no grant's session owns. */
export const LOOSE_AUDIT_KEY = `${PREFIX}:{audit}:audit`;

/** Carries the id of every grant that changed. */
export const CHANGES_CHANNEL = `${PREFIX}:changes`;
