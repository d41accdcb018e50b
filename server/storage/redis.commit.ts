import type { Redis } from 'ioredis';
import type { AuditEvent } from '../audit/audit-event.js';
import { type AuthorityGrant, liveUntil, type Moment } from '../grants/authority-grant.js';
import type { Holder, Transition } from '../grants/grant-store.port.js';
import { tagOf } from '../kernel/ids.js';
import { CHANGES_CHANNEL, grantKeys, sessionKeys } from './redis.keys.js';
import { RedisScript } from './redis.script.js';
import { holderField } from './store-rules.js';

const COMMIT = new RedisScript('commit');

/** One grant as it shall be, the version that it must still have, and its facts. `follows` is 0 for a new grant. */
export interface Change {
  readonly follows: number;
  readonly notAfter: number | null;
  readonly grant: AuthorityGrant;
  readonly events: readonly AuditEvent[];
  readonly body: Uint8Array | null;
}

export interface Committed {
  readonly kind: 'ok' | 'conflict' | 'not_found';
  readonly moment: Moment;
  /** After a conflict: the first grant as it is now, so that the next try needs no read. */
  readonly current: AuthorityGrant | null;
}

/** Transitions of one grant, each made on the one before, as one change that follows `follows`. */
export function changeOf(transitions: readonly Transition[], follows: number): Change {
  const last = transitions.at(-1) as Transition;
  const limits = transitions.map(({ notAfter }) => notAfter).filter((notAfter) => notAfter !== null);
  const events = transitions.map(({ event }) => event).filter((event) => event !== null);
  return { follows, notAfter: limits.length > 0 ? Math.min(...limits) : null, grant: last.grant, events, body: null };
}

/** Writes all changes, which belong to one session, or none. `questions`: only while no other question was put since. */
export async function commit(
  client: Redis,
  historyTtlMs: number,
  holder: Holder,
  epoch: string,
  changes: readonly [Change, ...Change[]],
  questions = '',
): Promise<Committed> {
  const [first] = changes;
  const { session, live, audit } = sessionKeys(tagOf(first.grant.id));
  const keys = [session, live, audit, ...changes.flatMap(({ grant }) => Object.values(grantKeys(grant.id)))];
  const shared = [
    epoch,
    questions,
    ...holderField(holder),
    first.grant.principal.subject,
    historyTtlMs,
    CHANGES_CHANNEL,
  ];
  const answer = await COMMIT.run(client, keys, [...shared, ...changes.flatMap(argumentsOf)]);
  const [kind, now, currentEpoch, record] = answer as [Committed['kind'], number, string, string | null];
  const current = record === null ? null : (JSON.parse(record) as AuthorityGrant);
  return { kind, moment: { now, epoch: currentEpoch }, current };
}

function argumentsOf({ grant, follows, notAfter, events, body }: Change): (string | number | Uint8Array)[] {
  return [
    grant.id,
    follows,
    notAfter ?? '',
    grant.version,
    liveUntil(grant),
    JSON.stringify(grant),
    // JSON has no line break of its own.
    events.map((event) => JSON.stringify(event)).join('\n'),
    body === null ? '' : 'body',
    body ?? '',
  ];
}
