import type { AccessLevel } from '../kernel/access-level.js';
import type { Resource } from './resource.js';

export const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof METHODS)[number];

/** A call as an assistant passes it. `body`: a JSON value, or a string, which is then the exact bytes in UTF-8. */
export interface CallInput {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: unknown;
}

/**
 * One outbound call in its one canonical form. These bytes are classified, hashed, shown and sent; nothing is
 * re-serialised in between. `headers` are all that will be sent but the credential and the transport's own (Host,
 * Content-Length), lower case, sorted by name.
 */
export interface Call {
  readonly method: Method;
  /** Identical to `new URL(url).href`. */
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** `null`: no body, which is not the same as an empty one. */
  readonly body: Uint8Array | null;
}

/** Read or write, and why. Unknown means write. */
export interface Verdict {
  readonly level: AccessLevel;
  /** A clause that follows “because”, such as “PATCH on a page changes it”. */
  readonly reason: string;
  /** The provider's name of the operation, such as `issueCreate` or `POST /v1/search`. */
  readonly operation?: string;
}

/** What a person reads about a call. A description never replaces the bytes. */
export interface Description {
  /** Imperative, without the client: “Archive a page in Notion”. Names only what the call itself contains. */
  readonly title: string;
  /** One or two sentences more, or an empty string. */
  readonly sentence: string;
  /** A clause that follows “because” when the call deletes, drops or archives; `null` when it does not. */
  readonly destructive: string | null;
  /** False when the provider does not know the call. */
  readonly known: boolean;
  /** What the call names by its path or arguments, whole; empty when nothing is known. */
  readonly resources: readonly Resource[];
}

/** A call that one provider claims, judged. */
export interface JudgedCall {
  readonly providerId: string;
  readonly call: Call;
  readonly verdict: Verdict;
  readonly description: Description;
}
