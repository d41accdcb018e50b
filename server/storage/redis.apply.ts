import type { AuthorityGrant, Moment } from '../grants/authority-grant.js';
import { refusedAt } from '../grants/cool-down.js';
import type { Found, Holder, Transition } from '../grants/grant-store.port.js';
import { type Change, type Committed, changeOf } from './redis.commit.js';
import { Deadline, type RedisTime } from './redis.time.js';
import { checkInTime, grantNotFound, holderField } from './store-rules.js';

/** Bounds one script's work. */
const TOGETHER_MAX = 64;

type Decide = (grant: AuthorityGrant, moment: Moment) => Transition;

interface Caller {
  readonly decide: Decide;
  readonly known: Found | null;
  readonly deadline: Deadline;
  readonly resolve: (found: Found) => void;
  readonly reject: (error: unknown) => void;
}

/** What the queue needs of the store. */
export interface GrantAccess {
  readonly time: RedisTime;
  find(id: string, holder: Holder): Promise<Found | null>;
  enter(grant: AuthorityGrant): Promise<void>;
  commit(holder: Holder, moment: Moment, changes: readonly [Change, ...Change[]]): Promise<Committed>;
}

/**
 * Applies transitions by compare-and-swap. Callers of one process that come to a grant while it is being written are
 * decided one after the other and written together, so that a crowd costs two round trips and not one race each.
 */
export class RedisApplyQueue {
  readonly #waiting = new Map<string, Caller[]>();

  constructor(private readonly access: GrantAccess) {}

  apply(id: string, holder: Holder, decide: Decide, known: Found | null): Promise<Found> {
    return new Promise((resolve, reject) => {
      const caller: Caller = { decide, known, deadline: new Deadline(), resolve, reject };
      const name = JSON.stringify([id, ...holderField(holder)]);
      const queue = this.#waiting.get(name);
      if (queue) queue.push(caller);
      else void this.#drain(name, id, holder, [caller]);
    });
  }

  async #drain(name: string, id: string, holder: Holder, queue: Caller[]): Promise<void> {
    this.#waiting.set(name, queue);
    let before: Found | null = null;
    while (queue.length > 0) {
      const callers = queue.splice(0, TOGETHER_MAX).filter(isInTime);
      try {
        before = await this.#write(id, holder, callers, before);
      } catch (error) {
        before = null;
        for (const caller of callers) caller.reject(error);
      }
    }
    this.#waiting.delete(name);
  }

  /** Settles every caller or throws. Returns the grant as it was written last. */
  async #write(id: string, holder: Holder, callers: readonly Caller[], before: Found | null): Promise<Found | null> {
    let asking = callers;
    let base = this.#remembered(callers, before);
    let isCertain = base === null;
    base ??= await this.#read(id, holder);
    while (asking.length > 0) {
      const { accepted, refused, last } = decideInTurn(asking, base);
      // A refusal that rests on old knowledge is no answer: then the grant is read.
      if (refused.length > 0 && !isCertain) {
        base = await this.#read(id, holder);
        isCertain = true;
        continue;
      }
      for (const { caller, error } of refused) caller.reject(error);
      if (accepted.length === 0) return base;
      if (last.status !== base.grant.status && isEntered(last)) await this.access.enter(last);
      const transitions = accepted.map(({ transition }) => transition);
      const answer = await this.access.commit(holder, base, [changeOf(transitions, base.grant.version)]);
      if (answer.kind === 'ok') {
        for (const { caller, transition } of accepted) caller.resolve({ ...answer.moment, grant: transition.grant });
        return { ...answer.moment, grant: last };
      }
      if (answer.kind === 'not_found' || answer.current === null) throw grantNotFound();
      base = { ...answer.moment, grant: answer.current };
      isCertain = true;
      asking = accepted.map(({ caller }) => caller).filter(isInTime);
    }
    return base;
  }

  /** The newest that is known without asking, at the time that Redis's clock is guessed to show. */
  #remembered(callers: readonly Caller[], before: Found | null): Found | null {
    const known = [before, ...callers.map((caller) => caller.known)].filter((found) => found !== null);
    const [first] = known.sort((a, b) => b.grant.version - a.grant.version);
    return first ? { ...first, now: Math.max(first.now, this.access.time.guess()) } : null;
  }

  async #read(id: string, holder: Holder): Promise<Found> {
    const found = await this.access.find(id, holder);
    if (found === null) throw grantNotFound();
    return found;
  }
}

function decideInTurn(callers: readonly Caller[], { grant, now, epoch }: Found) {
  const accepted: { caller: Caller; transition: Transition }[] = [];
  const refused: { caller: Caller; error: unknown }[] = [];
  let last = grant;
  for (const caller of callers) {
    try {
      const transition = caller.decide(last, { now, epoch });
      checkInTime(transition, now);
      accepted.push({ caller, transition });
      last = transition.grant;
    } catch (error) {
      refused.push({ caller, error });
    }
  }
  return { accepted, refused, last };
}

/** What a person's lists must know before it is written. */
function isEntered(grant: AuthorityGrant): boolean {
  return grant.status === 'approved' || refusedAt(grant) !== null;
}

function isInTime(caller: Caller): boolean {
  try {
    caller.deadline.check();
    return true;
  } catch (error) {
    caller.reject(error);
    return false;
  }
}
