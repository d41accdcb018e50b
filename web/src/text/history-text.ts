import type { GrantChoicesView, GrantItem } from '../../../server/approvals/access.contract.js';
import { count, duration, remaining } from './amounts.js';
import { clientFirst, reasonText } from './approval-text.js';
import { statusText } from './http-status.js';
import { plain } from './phrase.js';
import { words } from './words.js';

export const historyText = {
  asked: 'Asked',
  client: 'Client',
  what: 'What',
  level: 'Level',
  outcome: 'Outcome',
  calls: 'Calls',
  newer: 'Newer',
  older: 'Older',
  pages: 'Pages',
  exactCall: 'One exact call',
  export: 'Export as JSON Lines',
  empty: 'No request has ended yet.',
  emptyFiltered: 'Nothing matches these filters.',
  emptySoFar: 'Nothing found so far. “Older” looks further back.',
} as const;

export const filterText = {
  form: 'Filter the history',
  provider: 'Provider',
  allProviders: 'All providers',
  client: 'Client',
  allClients: 'All clients',
  outcome: 'Outcome',
  allOutcomes: 'All outcomes',
  from: 'From',
  to: 'To',
  apply: 'Apply',
  backwards: 'The first day is after the last.',
} as const;

const FAILED = 'Failed: nothing was sent';
const MAY_HAVE_RUN = 'May have run';

/** The outcomes that the server can filter by. */
export const OUTCOMES = [
  ['executed', 'Ran'],
  ['failed', FAILED],
  ['outcome_unknown', MAY_HAVE_RUN],
  ['denied', 'Denied'],
  ['revoked', 'Revoked'],
  ['expired', 'Time was over'],
  ['withdrawn', 'Taken back'],
  ['voided', 'Ended by a restart'],
] as const;

/** What a choice offers: what is sent, and what is read. */
export type Option = readonly [value: string, label: string];

export function providerOptions({ providers }: GrantChoicesView): readonly Option[] {
  return byLabel(providers.map(({ id, name }) => [id, name]));
}

/** Names are claims, so two clients may have the same one. */
export function clientOptions({ clients }: GrantChoicesView): readonly Option[] {
  return byLabel(clients.map((client) => [client.id, `${plain([clientFirst(client)])} (${client.id})`]));
}

function byLabel(options: readonly Option[]): readonly Option[] {
  return [...options].sort(([, one], [, other]) => one.localeCompare(other));
}

/** “1 to 50 of 312, newest first”: which of the requests stand on this page. `total`: when it is known. */
export function pageCaption(before: number, here: number, total: number | null): string {
  if (here === 0) return 'Newest first';
  const all = total === null ? '' : ` of ${count(total)}`;
  return `${count(before + 1)} to ${count(before + here)}${all}, newest first`;
}

export interface Outcome {
  readonly tone: 'ok' | 'write' | 'danger' | 'plain';
  readonly icon: 'check' | 'cross' | 'clock' | 'info' | 'unknown';
  readonly text: string;
}

export function callResult({ result, status }: GrantItem['lastCalls'][number]): Outcome {
  switch (result) {
    case 'started':
      return { tone: 'plain', icon: 'clock', text: 'Running' };
    case 'failed':
      return { tone: 'danger', icon: 'cross', text: FAILED };
    case 'outcome_unknown':
      return { tone: 'write', icon: 'unknown', text: MAY_HAVE_RUN };
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
      return { tone: 'danger', icon: 'cross', text: FAILED };
    case 'outcome_unknown':
      return { tone: 'write', icon: 'unknown', text: MAY_HAVE_RUN };
    case 'denied':
      return {
        tone: 'plain',
        icon: 'cross',
        text: item.reasonCode ? `Denied: ${lowerFirst(reasonText(item.reasonCode))}` : 'Denied',
      };
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
        : { tone: 'ok', icon: 'check', text: item.isNarrowed ? 'Approved, narrowed' : 'Approved' };
    case 'pending':
      return { tone: 'plain', icon: 'clock', text: 'Waiting' };
    case 'approved':
    case 'executing':
      return { tone: 'ok', icon: 'check', text: 'Approved' };
  }
}

/** “Read, 5 minutes”: what was allowed, or asked for while nothing was. */
export function historyLevel({ kind, level, durationMs }: GrantItem): string {
  if (kind === 'request') return historyText.exactCall;
  return `${level === 'write' ? words.readAndWrite : words.read}, ${duration(durationMs)}`;
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
