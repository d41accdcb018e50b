import type { EndedGrants, GrantItem, GrantPageView, Integrations } from '../../../server/approvals/access.contract.js';
import { count, counted, remaining } from './amounts.js';
import { clientFirst, clientName } from './approval-text.js';
import { foreign, listed, type Phrase } from './phrase.js';
import { moment, shortMoment } from './time.js';

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
  justRevoked: 'Revoked just now',
  lastCalls: 'Last calls',
  at: 'At',
  call: 'Call',
  result: 'Result',
  showMore: 'Show more',
  revokeAll: 'Revoke all',
  keep: 'Keep them',
  readAndDecide: 'Read and decide',
  scopes: 'Scopes',
  emptyLive: 'No assistant may do anything in your name now.',
  emptyWaiting: 'Nothing waits for you.',
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

/** `50+` when there is more than the page has read and than the server counts. */
export function howMany({ items, nextCursor, total }: GrantPageView): string {
  return `${count(total ?? items.length)}${total === null && nextCursor !== null ? '+' : ''}`;
}

/** How much “Revoke all” would end. */
export interface RevokeCount {
  readonly live: number;
  readonly waiting: number;
}

/** `null`: there is more than the page knows of. */
export function revokeQuestion(counts: RevokeCount | null): string {
  if (counts === null) return 'End all live grants and put away all waiting requests?';
  const { live, waiting } = counts;
  const grants = live === 1 ? 'the one live grant' : `all ${count(live)} live grants`;
  const requests = waiting === 1 ? 'the one waiting request' : `all ${count(waiting)} waiting requests`;
  return `End ${grants}${waiting === 0 ? '' : ` and put away ${requests}`}?`;
}
export const revokeConsequence = 'No call begins after that. One that had begun may still arrive.';

/** What is said when it is done. */
export function endedAll({ ended, revoked, withdrawn }: EndedGrants): string {
  if (ended === 0) return 'Nothing was left to end.';
  const grants = `${counted(revoked, 'grant')} revoked`;
  return withdrawn === 0 ? `${grants}.` : `${grants} and ${counted(withdrawn, 'waiting request')} put away.`;
}

/** “Reaches Jira and Confluence.” */
export function reaches(providers: Integrations['items'][number]['providers']): Phrase {
  return ['Reaches ', ...listed(providers.map(({ name }) => foreign(name))), '.'];
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
    clientFirst(client),
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

export function connectedSince({ connectedAt }: Integrations['items'][number], now: number): string | null {
  return connectedAt === null ? null : `Since ${lower(shortMoment(connectedAt, now))}.`;
}

/** “Today” becomes “today” inside a sentence; dates stay as they are. */
function lower(text: string): string {
  return text.replace(/^(Today|Yesterday)/, (word) => word.toLowerCase());
}
