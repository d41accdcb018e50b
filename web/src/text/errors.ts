import { MAX_CALLS_MAX, NOTE_MAX } from '../../../server/approvals/approvals.contract.js';
import type { Failure } from '../api/http.js';
import { count } from './amounts.js';

/** Texts beside a field, or in the notice above the buttons. */
export const errorText = {
  noneSelected: 'Choose at least one provider, or deny.',
  notConnected: 'Connect the provider first, or deny.',
  unreadable: 'The server’s answer could not be read.',
} as const;

/** `asked`: how many calls were asked for; more cannot be allowed, and neither can a time without a limit. */
export function callsOutOfRange(asked: number | null): string {
  const range = `Enter a number from 1 to ${count(asked ?? MAX_CALLS_MAX)}`;
  return asked === null ? `${range}, or leave it empty.` : `${range}.`;
}

export function noteTooLong(length: number): string {
  return `The note has ${count(length)} characters. At most ${count(NOTE_MAX)} fit.`;
}

export interface Trouble {
  readonly title: string;
  readonly body: string;
}

const KEPT = 'Your choices and your note are kept here; press Approve or Deny to try again.';

/** The decision never left the browser. */
export const offline: Trouble = {
  title: 'Your decision did not arrive',
  body: `The server cannot be reached. Nothing was allowed. ${KEPT}`,
};
/** It was sent, there was no answer, and the server then said that the request still waits. */
export const notArrived: Trouble = { title: 'Your decision did not arrive', body: `Nothing was allowed. ${KEPT}` };
export const notKnown: Trouble = {
  title: 'We do not know yet whether your decision arrived',
  body: 'The page asks the server again by itself. Deciding twice does no harm.',
};
export const signedOutWhileReading: Trouble = {
  title: 'You were signed out while you were reading',
  body: 'Nothing was decided. Sign in again; your choices and your note are kept.',
};

/** What to say of a decision that the server refused, in a sentence that names what holds now. */
export function refusedDecision(failure: Extract<Failure, { kind: 'problem' }>): Trouble {
  const { code, detail } = failure.problem;
  switch (code) {
    case 'wider_than_asked':
      return { title: 'You can allow less than was asked, not more', body: 'The page shows the request again.' };
    case 'csrf_refused':
      return { title: 'Your sign-in changed while you were reading', body: `Nothing was decided. ${KEPT}` };
    case 'reauthentication_required':
      return {
        title: 'Sign in again to decide this',
        body: 'Nothing was decided. Your choices and your note are kept.',
      };
    case 'connection_required':
      return { title: 'A provider is not connected', body: `${detail} Nothing was decided.` };
    case 'body_not_faithful':
      return {
        title: 'This call cannot be approved',
        body: 'It contains text that cannot be shown without changing it. The assistant has been told.',
      };
    default: {
      const wrong = (failure.problem.fields ?? []).map(({ field, problem }) => `${field}: ${problem}`);
      return { title: 'Nothing was decided', body: [detail, ...wrong].join(' ') };
    }
  }
}

/** What to say when something on a page could not be read or done. */
export function troubleOf(failure: Failure): Trouble {
  if (failure.kind === 'no-answer') {
    return { title: 'The server cannot be reached', body: 'Nothing was changed by this page. Try again in a moment.' };
  }
  const { code, detail } = failure.problem;
  if (code === 'not_signed_in') return { title: 'You were signed out', body: 'Sign in again to go on.' };
  return { title: 'That did not work', body: detail };
}

/** A change that was sent without an answer may have happened. */
export function troubleOfChange(failure: Failure): Trouble {
  if (failure.kind === 'problem') return troubleOf(failure);
  if (!failure.wasSent)
    return { title: 'The server cannot be reached', body: 'Nothing was changed. Try again in a moment.' };
  return {
    title: 'We do not know yet whether that was done',
    body: 'Look at the list: it shows what the server says.',
  };
}
