import type { Approval } from '../../../server/approvals/approvals.contract.js';
import { count, counted, duration } from './amounts.js';
import { foreign, listed, type Part, type Phrase, strong } from './phrase.js';
import { words } from './words.js';

type Broad = NonNullable<Approval['broad']>;
type Call = NonNullable<Approval['call']>;

/** More providers than this are counted, not named, and get a filter. */
export const MANY_PROVIDERS = 12;

/** Labels and hints of the sheet. */
export const askText = {
  askedBy: 'Asked by',
  clientId: 'Client id',
  asked: 'Asked',
  signedIn: 'Signed in',
  withThisAccount: 'with this account',
  nameHint: 'The client chose this name itself. Verified is only that it signed in with your account.',
  actsAs: 'Acts as',
  mayRead: 'May read',
  mayUse: 'May use',
  level: 'Level',
  readOnlyAsked: ' It did not ask to write, so writing cannot be allowed here.',
  readOnly: 'Read only',
  levelHint: 'With “Read only”, a call that writes is refused and the assistant is told why.',
  howLong: 'For how long',
  timeHint: 'The time starts when you approve. You can revoke at any moment.',
  atMost: 'At most',
  calls: 'calls',
  scopes: 'Scopes of the connection',
  couldWrite: 'The connection could write. This approval lets only reads through.',
  choicesKept: 'Your choices are kept.',
  findProvider: 'Find a provider',
  findHint: 'When few are left, each says what it means there and shows its scopes.',
  selectAll: 'Select all',
  selectNone: 'Select none',
  whatItDoes: 'What it does',
  takeNote: 'Take note',
  unseen: 'Scroll to its end to be able to approve',
  seenFirst: 'Scroll to the end of the call to be able to approve.',
  code: 'Code of this call',
  codeHint: 'The assistant is shown the same four words. If it names other ones, deny.',
  wholeDigest: 'Whole digest (SHA-256)',
  reason: 'Reason',
  ownWords: 'In the assistant’s own words',
  noReason: 'The assistant gave none.',
  reasonHint: 'Nobody has checked this text. Decide by what is above it.',
  answer: 'Your answer',
  note: 'Note to the assistant',
  optional: 'optional',
  noteHint: 'The assistant reads it with your decision.',
  ifDeny: 'If you deny, the reason is',
  cannotHold: 'You cannot hold a button down?',
  confirm: 'I have read the whole call and want it to run',
  confirmRemark: 'Approve then works with one press.',
  holdHint: 'To approve, press and hold for 1.5 seconds. With a keyboard, hold Space or Enter on the button.',
  decision: 'Decision',
  deny: 'Deny',
  approve: 'Approve',
  hold: 'Hold to approve',
  notHeld: 'Not approved. Hold the button until the bar is full.',
  closes: 'The request closes in ',
  oneMinute: 'One minute left',
  tenSeconds: 'Ten seconds left',
} as const;

export const REASONS = [
  ['', 'No reason given'],
  ['wrong_account', 'Wrong account'],
  ['too_broad', 'Too broad'],
  ['not_now', 'Not now'],
  ['no', 'No, and do not ask again'],
] as const;
export type ReasonChoice = (typeof REASONS)[number][0];

export function reasonText(code: Exclude<ReasonChoice, ''>): string {
  return REASONS.find(([key]) => key === code)?.[1] ?? code;
}

export function clientName(client: Approval['client']): Part {
  return client.name === null ? words.unnamedClient : foreign(client.name);
}

/** As `clientName`, alone or at the start of a sentence. */
export function clientFirst(client: Approval['client']): Part {
  return client.name === null ? upperFirst(words.unnamedClient) : foreign(client.name);
}

/** “**ana@acme.example** in **Acme GmbH**”. */
export function actingAs({ email, organization }: Approval['account']): Phrase {
  const place = organization === null ? words.noOrganization : foreign(organization);
  return [strong(foreign(email)), ' in ', strong(place)];
}

export function title(approval: Approval): Phrase {
  const client = clientName(approval.client);
  if (approval.call) {
    const { call } = approval;
    if (!call.isKnown)
      return ['Let ', client, ' make a call to ', foreign(call.provider.name), ' that Countersign does not know?'];
    return ['Let ', client, ' ', foreign(lowerFirst(call.title)), '?'];
  }
  if (!approval.broad) return ['Let ', client, ' have access?'];
  const { requested } = approval.broad;
  const able = approval.broad.providers.filter(isConnected);
  const verb = requested.level === 'write' ? 'read and write in' : 'read';
  const named = providerNames(able.length > 0 ? able : approval.broad.providers);
  return ['Let ', client, ` ${verb} `, ...named, ` for ${duration(requested.durationMs)}?`];
}

export function lede(approval: Approval): Phrase | null {
  if (approval.call) return ['One exact call. It runs once, as shown here, or not at all.'];
  if (!approval.broad) return null;
  const { providers, requested } = approval.broad;
  const sentences: Part[] = [];
  if (requested.level === 'write') {
    sentences.push('Within the time it can change anything that the connections can change, without asking again.');
  }
  const missing = providers.filter((provider) => !isConnected(provider));
  if (providers.length > MANY_PROVIDERS) sentences.push('This is a broad request. Keep only what the task needs.');
  else if (missing.length === providers.length) sentences.push('You have connected none of them yet.');
  else if (missing.length > 0) {
    sentences.push(...(['It also asked for ', ...providerNames(missing), ', which you have not connected.'] as const));
    return requested.level === 'write' ? [sentences[0] ?? '', ' ', ...sentences.slice(1)] : sentences;
  }
  return sentences.length === 0
    ? null
    : sentences.flatMap((sentence, index) => (index === 0 ? [sentence] : [' ', sentence]));
}

/** What Approve does, made of the choices that are now on screen. */
export function broadEffect(
  client: Approval['client'],
  broad: Broad,
  chosen: {
    readonly providers: readonly string[];
    readonly level: 'read' | 'write';
    readonly durationMs: number;
    /** `undefined`: what was typed is no number of calls. */
    readonly maxCalls: number | null | undefined;
  },
): Phrase {
  if (chosen.maxCalls === undefined) return [strong('Approve'), ' needs a number of calls that fits.'];
  if (chosen.providers.length === 0) return [strong('Approve'), ' needs at least one provider.'];
  const picked = broad.providers.filter(({ id }) => chosen.providers.includes(id));
  const providers: Phrase =
    picked.length > MANY_PROVIDERS || broad.providers.length > MANY_PROVIDERS
      ? [strong(`${count(picked.length)} of the ${count(broad.providers.length)}`), ' providers']
      : [strong(...providerNames(picked))];
  const verb: Phrase = chosen.level === 'write' ? [strong('read and write'), ' in '] : ['read '];
  const limit: Phrase =
    chosen.maxCalls === null
      ? [', with no limit of calls.']
      : [', at most ', strong(counted(chosen.maxCalls, 'call')), '.'];
  return [
    strong('Approve'),
    ' lets ',
    clientName(client),
    ' ',
    ...verb,
    ...providers,
    ' for ',
    strong(duration(chosen.durationMs)),
    ...limit,
  ];
}

export function callEffect(call: Call): Phrase {
  return [
    strong('Approve'),
    ' lets exactly this call run ',
    strong('once'),
    ', within ',
    strong(duration(call.authorityMs)),
    '.',
  ];
}

/** “Read Linear and Notion for 5 minutes”: what was asked, for the outcome pages. */
export function askedFor(approval: Approval): Phrase {
  if (approval.call) return [foreign(approval.call.title)];
  if (!approval.broad) return [];
  const { requested, providers } = approval.broad;
  const verb = requested.level === 'write' ? 'Read and write in ' : 'Read ';
  return [verb, ...providerNames(providers), ` for ${duration(requested.durationMs)}`];
}

export function timeRemark(ms: number, askedMs: number): string {
  if (ms === askedMs) return 'as asked';
  return ms < askedMs ? 'shorter than asked' : 'longer than asked';
}

export function levelRemark(level: 'read' | 'write', asked: 'read' | 'write'): string {
  return level === asked ? 'as asked' : 'less than asked';
}

export function maxCallsHint(asked: number | null): string {
  if (asked === null) return 'Leave it empty for no limit within the time. It asked for no limit.';
  return `It asked for ${counted(asked, 'call')}. You can allow fewer.`;
}

export function selectedCount(selected: number, all: number): string {
  return `${count(selected)} of ${count(all)} selected. Hidden ones keep their choice.`;
}

export function noteCount(length: number, most: number): string {
  return `${count(length)} of ${count(most)}`;
}

export function connectTo(name: string): string {
  return `Connect ${name}`;
}

export function reconnectTo(name: string): string {
  return `Reconnect ${name}`;
}

export function connectHint(name: string, hasChoices = true): Phrase {
  return [
    'Opens ',
    foreign(name),
    `’s own consent page and comes back here.${hasChoices ? ` ${askText.choicesKept}` : ''}`,
  ];
}

function providerNames(providers: Broad['providers']): Phrase {
  if (providers.length > MANY_PROVIDERS) return [counted(providers.length, 'provider')];
  return listed(providers.map(({ name }) => foreign(name)));
}

function isConnected(provider: Broad['providers'][number]): boolean {
  return provider.connection === 'connected';
}

function upperFirst(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
