import type { Secret } from '../kernel/secret.js';
import { isJsonType } from '../providers/call-body.js';
import { readFaithfulJson } from '../providers/faithful-json.js';
import { CredentialFilter } from './credential-filter.js';
import type { UpstreamAnswer } from './transport.port.js';

/** What a provider answered, as data. The token that was sent is nowhere in it. */
export interface ProviderAnswer {
  readonly status: number;
  readonly contentType: string | null;
  /** Those that help to go on: paging, limits, places, versions. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * A JSON value when the body is JSON that loses nothing by being read; otherwise text, which for JSON with a number too large for
   * readers is its exact text. `null` when there is no body.
   */
  readonly body: unknown;
  /** As received and decoded. */
  readonly bytes: number;
  readonly isTruncated: boolean;
  /** False: bytes that are not UTF-8 are shown as U+FFFD. */
  readonly isUtf8: boolean;
}

const HEADERS: ReadonlySet<string> = new Set(
  `content-disposition content-language content-location date deprecation etag last-modified link location notion-version
  request-id retry-after sunset x-next-page x-page x-per-page x-prev-page x-request-id x-total x-total-count x-total-pages`.split(
    /\s+/,
  ),
);
const HEADER_FAMILIES = /^(?:x-)?rate-?limit-[a-z-]+$|^x-complexity$/;
const HEADER_MAX = 2_048;

/** Shapes an answer and filters the token out of it before anything else sees it (I21). */
export function providerAnswer(answer: UpstreamAnswer, token: Secret): ProviderAnswer {
  const filter = new CredentialFilter(token.reveal());
  const contentType = answer.headers.find(([name]) => name === 'content-type')?.[1] ?? null;
  const { text, isUtf8 } = decoded(answer.body);
  return {
    status: answer.status,
    contentType: contentType === null ? null : filter.clean(contentType).slice(0, 200),
    headers: shownHeaders(answer.headers, filter),
    body: bodyOf(text, contentType, answer.isTruncated, filter),
    bytes: answer.body.byteLength,
    isTruncated: answer.isTruncated,
    isUtf8,
  };
}

function bodyOf(text: string, contentType: string | null, isTruncated: boolean, filter: CredentialFilter): unknown {
  if (text === '') return null;
  if (isTruncated) return filter.cleanCut(text);
  const cleaned = filter.clean(text);
  if (contentType === null || !isJsonType(contentType)) return cleaned;
  try {
    const value = readFaithfulJson(cleaned);
    // Without an escape each string of the value stands in the text just as it is, where the token was looked for already.
    return cleaned === text && !text.includes('\\') ? value : filter.cleanValue(value);
  } catch {
    return cleaned;
  }
}

/** Headers of one name are joined as RFC 9110 §5.3 allows. */
function shownHeaders(headers: UpstreamAnswer['headers'], filter: CredentialFilter): Readonly<Record<string, string>> {
  const shown = new Map<string, string>();
  for (const [name, value] of headers) {
    if (!HEADERS.has(name) && !HEADER_FAMILIES.test(name)) continue;
    const before = shown.get(name);
    shown.set(name, before === undefined ? filter.clean(value) : `${before}, ${filter.clean(value)}`);
  }
  return Object.fromEntries([...shown].map(([name, value]) => [name, value.slice(0, HEADER_MAX)]));
}

function decoded(body: Uint8Array): { readonly text: string; readonly isUtf8: boolean } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(body), isUtf8: true };
  } catch {
    return { text: new TextDecoder('utf-8').decode(body), isUtf8: false };
  }
}
