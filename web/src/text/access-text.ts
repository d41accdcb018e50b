import type { GrantItem, Integrations } from '../../../server/approvals/access.contract.js';
import { count, remaining } from './amounts.js';
import { clientName } from './approval-text.js';
import { statusText } from './http-status.js';
import { foreign, listed, type Phrase } from './phrase.js';
import { clock, day, moment, shortMoment } from './time.js';
import { words } from './words.js';

export const accessText = {
  windowTitle: 'My access',
  title: 'My access',
  lede: 'What assistants may do in your name.',
  tabs: 'Access',
  live: 'Live',
  waiting: 'Waiting',
  history: 'History',
  connections: 'Connections',
  timeLeft: 'Time left',
  callsMade: 'Calls made',
  callsLeft: 'Calls left',
  noLimit: 'No limit',
  lastCalls: 'Last calls',
  at: 'At',
  call: 'Call',
  result: 'Result',
  revokeAll: 'Revoke all',
  keep: 'Keep them',
  readAndDecide: 'Read and decide',
  asked: 'Asked',
  client: 'Client',
  what: 'What',
  level: 'Level',
  outcome: 'Outcome',
  calls: 'Calls',
  newer: 'Newer',
  older: 'Older',
  pages: 'Pages',
  historyCaption: 'Newest first',
  exactCall: 'One exact call',
  scopes: 'Scopes',
  emptyLive: 'No assistant may do anything in your name now.',
  emptyWaiting: 'Nothing waits for you.',
  emptyHistory: 'Nothing in these dates.',
  emptyConnections: 'Your organization has switched on no integration yet.',
  reconnectHint: 'The provider no longer accepts the connection. Calls fail until you reconnect.',
  notConnectedHint: 'Your organization has switched this integration on.',
  notCallable: 'Countersign does not know the API of this integration, so assistants cannot call it.',
  keepConnected: 'Stay connected',
  signIn: {
    title: 'Sign in to see what assistants may do in your name',
    lede: 'Here you read what is allowed, and end it.',
    hint: 'You come back to this page. Signing in does not approve anything.',
  },
} as const;

export function revokeAllOf(client: GrantItem['client']): Phrase {
  return ['Revoke all of ', clientName(client)];
}

export function revokeQuestion(live: number): string {
  return `End ${live === 1 ? 'the one' : `all ${count(live)}`} live ${live === 1 ? 'grant' : 'grants'}?`;
}
export const revokeConsequence = 'Assistants are refused from the next byte on.';

export function ended(grants: number): string {
  return grants === 1 ? 'Revoked' : `${count(grants)} grants revoked`;
}

export function disconnectQuestion(name: string): Phrase {
  return ['Disconnect ', foreign(name), '?'];
}
export const disconnectConsequence =
  'Calls to it are refused, and everything that you approved with it ends. Connecting it again approves nothing.';

/** What a grant is about: the exact call, or the providers. */
export function subject({ title, providers }: GrantItem): Phrase {
  return title === null ? listed(providers.map(({ name }) => foreign(name))) : [foreign(title)];
}

export function approvedLine({ decidedAt, askedAt, sessionStartedAt, words: code }: GrantItem, now: number): string {
  const approved = `Approved ${lower(moment(decidedAt ?? askedAt, now))}.`;
  return code.length > 0
    ? `${approved} Code: ${code.join(' ')}.`
    : `${approved} Signed in ${lower(shortMoment(sessionStartedAt, now))}.`;
}

export function waitingLine({ client, askedAt, closesAt }: GrantItem, now: number): Phrase {
  return [
    clientName(client),
    ` asked ${lower(moment(askedAt, now))}. The request closes in ${remaining(closesAt - now)}.`,
  ];
}

export function callsLeft({ kind, callsMade, maxCalls }: GrantItem): {
  readonly left: string;
  readonly of: string | null;
} {
  const most = kind === 'request' ? 1 : maxCalls;
  if (most === null) return { left: accessText.noLimit, of: null };
  return { left: count(Math.max(0, most - callsMade)), of: `of ${count(most)}` };
}

export function callsMade({ callsMade: made }: GrantItem): string {
  return count(made);
}

/** `api.linear.app/graphql`: a URL without what is always the same. */
export function shortUrl(url: string): string {
  return url.replace(/^https:\/\//, '');
}

type Tone = 'ok' | 'write' | 'danger' | 'plain';
export interface Outcome {
  readonly tone: Tone;
  readonly icon: 'check' | 'cross' | 'clock' | 'info' | 'unknown';
  readonly text: string;
}

export function callResult({ result, status }: GrantItem['lastCalls'][number]): Outcome {
  switch (result) {
    case 'started':
      return { tone: 'plain', icon: 'clock', text: 'Running' };
    case 'failed':
      return { tone: 'danger', icon: 'cross', text: 'Failed: nothing was sent' };
    case 'outcome_unknown':
      return { tone: 'write', icon: 'unknown', text: 'May have run' };
    case 'answered':
      return status !== null && status >= 400
        ? { tone: 'danger', icon: 'cross', text: String(status) }
        : { tone: 'ok', icon: 'check', text: String(status ?? 'Answered') };
  }
}

export function historyOutcome(item: GrantItem): Outcome {
  const { status, decidedAt, endedAt, lastCalls } = item;
  switch (status) {
    case 'executed': {
      const answer = lastCalls[0]?.status ?? null;
      const text = answer === null ? 'Ran' : `Ran: ${statusText(answer)}`;
      return answer !== null && answer >= 400
        ? { tone: 'danger', icon: 'cross', text }
        : { tone: 'ok', icon: 'check', text };
    }
    case 'failed':
      return { tone: 'danger', icon: 'cross', text: 'Failed: nothing was sent' };
    case 'outcome_unknown':
      return { tone: 'write', icon: 'unknown', text: 'May have run' };
    case 'denied':
      return { tone: 'plain', icon: 'cross', text: 'Denied' };
    case 'withdrawn':
      return { tone: 'plain', icon: 'info', text: 'Taken back' };
    case 'revoked': {
      const after = decidedAt !== null && endedAt !== null ? ` after ${remaining(endedAt - decidedAt)}` : '';
      return { tone: 'plain', icon: 'cross', text: `Revoked${after}` };
    }
    case 'voided':
      return { tone: 'plain', icon: 'info', text: 'Ended by a restart' };
    case 'expired':
      if (decidedAt === null) return { tone: 'plain', icon: 'clock', text: 'Closed without a decision' };
      return item.kind === 'request'
        ? { tone: 'plain', icon: 'clock', text: 'Approved, not used' }
        : { tone: 'ok', icon: 'check', text: 'Approved' };
    case 'pending':
      return { tone: 'plain', icon: 'clock', text: 'Waiting' };
    case 'approved':
    case 'executing':
      return { tone: 'ok', icon: 'check', text: 'Approved' };
  }
}

export function historyLevel({ kind, level }: GrantItem): string {
  if (kind === 'request') return accessText.exactCall;
  return level === 'write' ? words.readAndWrite : words.read;
}

export function connectedSince({ connectedAt }: Integrations['items'][number], now: number): string | null {
  return connectedAt === null ? null : `Since ${lower(day(connectedAt, now))}, ${clock(connectedAt)}.`;
}

/** “Today” becomes “today” inside a sentence; dates stay as they are. */
function lower(text: string): string {
  return text.replace(/^(Today|Yesterday)/, (word) => word.toLowerCase());
}
