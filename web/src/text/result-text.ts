import type { Approval } from '../../../server/approvals/approvals.contract.js';
import { count, counted, duration, remaining } from './amounts.js';
import { nameOf } from './outcome-text.js';
import { foreign, listed, type Phrase, strong } from './phrase.js';
import { clock, moment } from './time.js';
import { words } from './words.js';

type Broad = NonNullable<Approval['broad']>;
type Scope = Broad['requested'];

function levelName(level: 'read' | 'write'): string {
  return level === 'write' ? words.readAndWrite : words.read;
}

export function grantedLevel({ level }: Scope, asked: Scope): string {
  return level === asked.level
    ? `${levelName(level)}, as asked`
    : `${levelName(level)}. Asked for: ${levelName(asked.level).toLowerCase()}`;
}

export function grantedProviders(approval: Approval, granted: Scope, asked: Scope): Phrase {
  const names = (ids: readonly string[]) =>
    ids.flatMap((id, index) => [index > 0 ? ', ' : '', foreign(nameOf(approval, id))]);
  if (granted.providers.length === asked.providers.length) return [...names(granted.providers), '. As asked'];
  return [...names(granted.providers), '. Asked for: ', ...names(asked.providers)];
}

export function grantedTime({ durationMs }: Scope, asked: Scope): string {
  return durationMs === asked.durationMs
    ? `${duration(durationMs)}, as asked`
    : `${duration(durationMs)}. Asked for: ${duration(asked.durationMs)}`;
}

export function grantedCalls({ maxCalls }: Scope, asked: Scope): string {
  const limit = (calls: number | null) => (calls === null ? 'no limit' : `at most ${count(calls)}`);
  const granted = limit(maxCalls);
  const start = granted.slice(0, 1).toUpperCase() + granted.slice(1);
  return maxCalls === asked.maxCalls ? `${start}, as asked` : `${start}. Asked for: ${limit(asked.maxCalls)}`;
}

/** “4:51 left, 2 calls made, 18 left”. */
export function usedSoFar(leftMs: number, callsMade: number | undefined, maxCalls: number | null): Phrase {
  const calls: Phrase =
    callsMade === undefined ? [] : [', ', strong(count(callsMade)), callsMade === 1 ? ' call made' : ' calls made'];
  const left: Phrase =
    callsMade === undefined || maxCalls === null
      ? []
      : [', ', strong(count(Math.max(0, maxCalls - callsMade))), ' left'];
  return [strong(remaining(leftMs)), ' left', ...calls, ...left];
}

export function waitingUntil(expiresAt: number): Phrase {
  return ['Waiting for the assistant. The approval is good for one call until ', strong(clock(expiresAt)), '.'];
}

export function sentAt(startedAt: number, decidedAt: number | null, now: number): string {
  const after = decidedAt === null ? '' : `, after your approval at ${clock(decidedAt)}`;
  return `${moment(startedAt, now)}${after}`;
}

export function bytesSent(bytes: number): string {
  return `${count(bytes)}, the same as you were shown`;
}

export function answerSize(bytes: number): string {
  return `${counted(bytes, 'byte')}, given to the assistant`;
}

export function accountLine({ email, organization }: Approval['account']): Phrase {
  return [foreign(email), ...(organization === null ? [] : [' in ', foreign(organization)])];
}

export function joined(items: readonly string[]): Phrase {
  return listed(items.map(foreign));
}

const FAILURES: Readonly<Record<string, string>> = {
  upstream_address_refused: 'The provider’s name leads to an address that is not public.',
  upstream_unreachable: 'There was no connection to the provider.',
  upstream_timeout: 'The provider took too long.',
  upstream_broken: 'The connection to the provider broke.',
  cancelled: 'The assistant went away.',
};

/** Why there is no answer, as far as it is known. */
export function failureText(failure: string | null): string | null {
  return failure === null ? null : (FAILURES[failure] ?? failure);
}
