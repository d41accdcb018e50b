import { callsLeftText } from './grant.text.js';

interface CallFacts {
  readonly outcome: 'answered' | 'not_sent' | 'outcome_unknown';
  readonly failure?: string;
  readonly status?: number;
  readonly isTruncated?: boolean;
  readonly isUtf8?: boolean;
  readonly callsLeft?: number;
  readonly userNote?: string;
}

/** What became of a call, for the model. What the provider answered follows as data and is never part of our sentence. */
export function callText(facts: CallFacts, providerName: string): string {
  const cut = facts.isTruncated ? ' The answer was too long and is cut: ask for less.' : '';
  const odd = facts.isUtf8 === false ? ' The answer is not all text: bytes that are none are shown as U+FFFD.' : '';
  const note = facts.userNote === undefined ? '' : `\nThe user asks, in a note: ${JSON.stringify(facts.userNote)}`;
  return `${happened(facts, providerName)}${cut}${odd}${callsLeftText(facts.callsLeft)}${note}`;
}

function happened({ outcome, failure, status }: CallFacts, name: string): string {
  if (outcome === 'not_sent')
    return `Nothing was sent to ${name} (${failure}). An exact call has to be asked for again.`;
  if (outcome === 'outcome_unknown') {
    return `The call may have reached ${name} (${failure}). Do not repeat it. Look there first, or ask the user.`;
  }
  if (status === 401) return `${name} answered 401: it no longer accepts the connection. Call connect_integration.`;
  return `${name} answered ${status}.`;
}
