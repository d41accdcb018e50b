import type { Approval } from '../../../server/approvals/approvals.contract.js';
import { count, counted } from './amounts.js';
import { type Chip, chipsOf } from './characters.js';

type Call = NonNullable<Approval['call']>;

export const callText = {
  whole: 'The whole call',
  method: 'Method',
  host: 'Host',
  path: 'Path',
  query: 'Query',
  headers: 'Headers',
  body: 'Body',
  noBody: 'none, 0 bytes',
  emptyBody: 'empty, 0 bytes',
  ours: 'added by Countersign when it sends, never shown to the assistant',
  showBodyAs: 'Show the body as',
  formatted: 'Formatted',
  exactBytes: 'Exact bytes',
  bodyRegion: 'Body of the request',
  addressRegion: 'Path and query',
  seen: 'You have seen all of it',
  seenSoFar: 'Seen so far',
  because: 'because ',
  unknownAddress: 'Countersign does not know this address.',
} as const;

export function addressSize(call: Call): string {
  return `Path and query, ${counted(call.host.length + 'https://'.length + addressOf(call).length, 'character')} with the host`;
}

export function bodySize(call: Call): string {
  if (call.body === null) return `${counted(addressOf(call).length, 'character')} in path and query`;
  return `${counted(call.body.bytes, 'byte')}, ${counted(call.body.lines, 'line')}`;
}

/** Path and query as they are sent. */
export function addressOf(call: Call): string {
  return call.query === '' ? call.path : `${call.path}?${call.query}`;
}

export interface Finding {
  readonly title: string;
  readonly chips: readonly Chip[];
  readonly isOne: boolean;
}

/** What in the call cannot be seen or looks like something else, by the place where it is. */
export function findings(call: Call): readonly Finding[] {
  const forms = [call.body?.raw ?? '', call.body?.formatted.map(({ text }) => text).join('\n') ?? ''].map(chipsOf);
  const body = forms.reduce((most, form) => (form.length > most.length ? form : most));
  const places: readonly (readonly [place: string, chips: readonly Chip[]])[] = [
    ['the path', chipsOf(call.path)],
    ['the query', chipsOf(call.query)],
    ['the headers', call.headers.flatMap(({ name, value }) => [...chipsOf(name), ...chipsOf(value)])],
    ['the body', body],
  ];
  return places.filter(([, chips]) => chips.length > 0).map(([place, chips]) => findingIn(place, chips));
}

function findingIn(place: string, chips: readonly Chip[]): Finding {
  const kinds = new Set(chips.map(({ kind }) => kind));
  const what = kinds.size > 1 ? 'invisible or misleading' : kinds.has('look-alike') ? 'look-alike' : 'invisible';
  const unique = [...new Map(chips.map((chip) => [chip.label, chip])).values()];
  const isOne = chips.length === 1;
  const title = isOne ? `One ${what} character in ${place}` : `${count(chips.length)} ${what} characters in ${place}`;
  return { title, chips: unique, isOne };
}

/** The words around the chips: before, after one chip, and at the end. */
export const findingText = {
  drawnOne: 'It is drawn as ',
  drawnMany: 'They are drawn as ',
  sentOne: ', and will be sent as it is.',
  sentMany: ', and will be sent as they are.',
} as const;

/** `4f0c 91e2 …`: the digest in groups that an eye can follow. */
export function grouped(digest: string): string {
  return digest.match(/.{1,4}/g)?.join(' ') ?? digest;
}

/** “a zero width space”, “an unusual space”, “a U+0440”. */
export function withArticle(name: string): string {
  return `${/^[aeiou](?!\+)/i.test(name) ? 'an' : 'a'} ${name}`;
}
