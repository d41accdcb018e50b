import type { Approval } from '../../../server/approvals/approvals.contract.js';
import type { OutcomeKind } from '../approval/outcome-kind.js';
import { duration } from './amounts.js';
import { clientFirst, clientName } from './approval-text.js';
import { statusText } from './http-status.js';
import { foreign, listed, type Phrase } from './phrase.js';
import { clock } from './time.js';

export const outcomeText = {
  call: 'Call',
  code: 'Code',
  allowed: 'Allowed',
  now: 'Now',
  result: 'Result',
  yourNote: 'Your note',
  askedFor: 'Asked for',
  instead: 'Instead',
  whatToDo: 'What to do',
  next: 'Next',
  seeNew: 'See what waits for you',
  signedInAs: 'Signed in as',
  notSent: 'It was not sent. Copy it if you want to keep it.',
  againHint: 'If the assistant wants to try again with another call, it has to ask again.',
  providers: 'Providers',
  time: 'Time',
  calls: 'Calls',
  reason: 'Reason',
  note: 'Note',
  sent: 'Sent',
  why: 'Why',
  tookTime: 'Took',
  bytesSent: 'Bytes sent',
  answer: 'Answer',
  running: 'The assistant runs the call now.',
  showAgain: 'Show the request again',
  youSaw: 'You saw',
} as const;

export interface OutcomeWords {
  readonly mark: 'ok' | 'write' | 'danger' | 'plain';
  readonly icon: 'check' | 'cross' | 'info' | 'clock' | 'unknown' | 'danger';
  readonly title: Phrase;
  readonly lede: Phrase;
}

/** What happened, then what holds now. “Nothing” is said only where it is certain. */
export function outcomeWords(kind: OutcomeKind, approval: Approval): OutcomeWords {
  const client = clientName(approval.client);
  const first = clientFirst(approval.client);
  const provider = foreign(approval.call?.provider.name ?? '');
  const ended = clock(approval.endedAt ?? approval.expiresAt ?? approval.closesAt);
  switch (kind) {
    case 'approved': {
      const { level, providers } = approval.broad?.granted ?? { level: approval.level, providers: [] };
      const names = listed(providers.map((id) => foreign(nameOf(approval, id))));
      const verb = level === 'write' ? ' may read and write in ' : ' may read ';
      return {
        mark: 'ok',
        icon: 'check',
        title: [first, verb, ...names, ` until ${clock(approval.expiresAt ?? approval.now)}`],
        lede: [
          'It holds from now on. An assistant that still waits goes on by itself; one that has stopped goes on when you tell it to. You can close this page.',
        ],
      };
    }
    case 'approved-call':
      return {
        mark: 'ok',
        icon: 'check',
        title: ['Approved. The call has not run yet.'],
        lede: [
          'It runs when ',
          client,
          ' asks for it, and the result appears here. An assistant that has stopped waiting asks when you tell it to.',
        ],
      };
    case 'running':
      return {
        mark: 'ok',
        icon: 'check',
        title: ['Approved. The call is running.'],
        lede: ['The result appears here.'],
      };
    case 'executed':
      return {
        mark: 'ok',
        icon: 'check',
        title: ['The call ran once. ', provider, ` answered ${statusText(approval.execution?.status ?? 0)}.`],
        lede: ['The approval is used up. It cannot run again.'],
      };
    case 'executed-error':
      return {
        mark: 'danger',
        icon: 'cross',
        title: [provider, ` answered ${statusText(approval.execution?.status ?? 0)}`],
        lede: ['The call was sent once and the approval is used up. ', provider, ' did not accept it.'],
      };
    case 'failed':
      return {
        mark: 'danger',
        icon: 'cross',
        title: ['The call was not sent'],
        lede: ['Nothing reached ', provider, '. The approval has ended, so the assistant has to ask again.'],
      };
    case 'unknown':
      return {
        mark: 'write',
        icon: 'unknown',
        title: ['The call may have run'],
        lede: ['The connection broke after sending began. Countersign does not try again.'],
      };
    case 'denied':
      return {
        mark: 'plain',
        icon: 'cross',
        title: ['You denied the request. Nothing was allowed.'],
        lede: [`The assistant is told when it looks for the answer${withAnswer(approval)}.`, ...askAgain(approval)],
      };
    case 'closed':
      return {
        mark: 'plain',
        icon: 'clock',
        title: [`This request closed at ${clock(approval.closesAt)} without a decision`],
        lede: ['Nothing was allowed. The assistant can ask again.'],
      };
    case 'over':
      return {
        mark: 'plain',
        icon: 'clock',
        title: [`The time of this approval ended at ${ended}`],
        lede: ['Nothing more is allowed by it. The assistant can ask again.'],
      };
    case 'unused':
      return {
        mark: 'plain',
        icon: 'clock',
        title: [`The approval ended at ${ended} before the call ran`],
        lede: ['Nothing was sent to ', provider, '. The assistant can ask again.'],
      };
    case 'withdrawn':
      return withdrawnWords(approval, first);
    case 'revoked':
      return {
        mark: 'plain',
        icon: 'cross',
        title: [`This approval was revoked at ${ended}`],
        lede: ['The assistant is refused since then. It can ask again.'],
      };
    case 'voided':
      return {
        mark: 'plain',
        icon: 'info',
        title: ['This approval ended when the server’s store was restarted'],
        lede: ['The assistant is refused since then. It can ask again.'],
      };
    case 'decided': {
      const outcome = approval.decision?.outcome ?? 'approved';
      return {
        mark: 'plain',
        icon: 'info',
        title: [`You ${outcome} this request at ${clock(approval.decision?.at ?? approval.now)}`],
        lede: ['The decision was made in another tab or on another device. What you chose here was not sent.'],
      };
    }
  }
}

function withdrawnWords(approval: Approval, client: ReturnType<typeof clientName>): OutcomeWords {
  const base = { mark: 'plain', icon: 'info' } as const;
  const at = clock(approval.endedAt ?? approval.now);
  switch (approval.withdrawReason) {
    case 'by_user':
      return { ...base, title: [`You put this request away at ${at}`], lede: ['Nothing was allowed here.'] };
    case 'declined':
      return {
        ...base,
        title: [client, ' took this request back'],
        lede: ['It says that you declined to open this page. Nothing was allowed here.'],
      };
    case 'superseded':
      return {
        ...base,
        title: [client, ' took this request back'],
        lede: [`It asked for something else at ${at}. Nothing was allowed here.`],
      };
    default:
      return { ...base, title: [client, ' took this request back'], lede: ['Nothing was allowed here.'] };
  }
}

export const changedWords: OutcomeWords = {
  mark: 'write',
  icon: 'danger',
  title: ['This call changed while you were reading'],
  lede: ['What you saw is not what would run, so nothing was decided. Read it again from the start.'],
};
export const changedBroadWords: OutcomeWords = {
  ...changedWords,
  title: ['This request changed while you were reading'],
  lede: ['What you saw is not what would be allowed, so nothing was decided. Read it again from the start.'],
};

/** Where a person can find out what a lost answer was. */
export function lookAt(approval: Approval): Phrase {
  const provider = foreign(approval.call?.provider.name ?? '');
  return [
    'Look in ',
    provider,
    ' whether it did this: ',
    foreign(approval.call?.title ?? ''),
    '. The assistant is told the same and must not assume either.',
  ];
}

export function nameOf(approval: Approval, providerId: string): string {
  return approval.broad?.providers.find(({ id }) => id === providerId)?.name ?? providerId;
}

function withAnswer({ decision }: Approval): string {
  const parts = [decision?.reasonCode ? 'your reason' : null, decision?.note ? 'your note' : null].filter(
    (part) => part !== null,
  );
  return parts.length === 0 ? '' : `, with ${parts.join(' and ')}`;
}

/** For how long the assistant is kept from asking; nothing when it may ask again. */
function askAgain({ decision, now }: Approval): Phrase {
  const { at = now, askAgainAt = null, brake = null } = decision ?? {};
  const same =
    askAgainAt === null || askAgainAt <= now
      ? []
      : [` It cannot put the same question again for ${duration(askAgainAt - at)}, until ${clock(askAgainAt)}.`];
  if (brake === null || brake.until <= now) return same;
  const names = listed(brake.providers.map(foreign));
  return [
    ...same,
    ' You denied several of its questions, so it can ask nothing about ',
    ...names,
    ` until ${clock(brake.until)}.`,
  ];
}
