import type { Call, CallInput, Description, Method, Verdict } from './call.js';
import type { Rule } from './rest.js';

/** An operation that cannot be judged as one call, such as a batch. */
export interface Refused {
  /** Default: every method. */
  readonly method?: Method;
  /** A path template. It matches in any case and encoding. */
  readonly path: string;
  /** A sentence by which the assistant can correct itself: “Send the parts of a batch one by one.” */
  readonly why: string;
}

/**
 * Describes one API. A definition can only narrow what is safe: hosts and paths are exact, an operation that is not
 * named is a write, and a classifier that throws means write.
 */
export interface ProviderDefinition {
  /** Stable id used in tools, grants and the screen: `^[a-z0-9][a-z0-9_-]{0,63}$`. */
  readonly id: string;
  readonly name: string;
  /** Name of the bundled icon: `^[a-z0-9-]+$`. A provider without one is shown by its letters. */
  readonly icon: string;
  /** The integration's slug in WorkOS Pipes. */
  readonly slug: string;
  /** Exact host names, lower case. Never a suffix or a pattern: a tenant's host comes from configuration. */
  readonly hosts: readonly string[];
  /**
   * The forms that a tenant's host has, such as `{tenant}.zendesk.com`: one DNS label a placeholder. They match nothing by
   * themselves; they say which exact hosts a deployment may configure. The first one stands in texts and examples for the host.
   */
  readonly tenantHosts: readonly string[];
  /** The API is also run by its users: a deployment may configure any exact public host name. */
  readonly mayBeSelfHosted: boolean;
  /**
   * Anchored path templates that may be called, such as `/v1/pages/{id}`; `{name}` is one segment, `{name:encoded}` one
   * that may contain `%2F`, and a template that ends in `/**` allows everything below.
   */
  readonly paths: readonly string[];
  /** Templates that are never callable, whatever `paths` says: token, OAuth and webhook-secret endpoints. */
  readonly neverCallable: readonly string[];
  /**
   * Templates of GETs that only read, but whose answer holds a token or a secret. They are judged as reads, and never callable. Of
   * the other methods there they say nothing.
   */
  readonly secretReads: readonly string[];
  /** Operations that are never callable for another reason, with what to do instead. They win over every rule. */
  readonly refused: readonly Refused[];
  readonly methods: readonly Method[];
  /** Sent with every call. A caller's allowed header of the same name replaces it. */
  readonly headers: Readonly<Record<string, string>>;
  /** Lower-case names that a caller may set, each with the values that are allowed, or `any` visible ASCII up to 1 KiB. */
  readonly callerHeaders: Readonly<Record<string, 'any' | readonly string[]>>;
  /** Content type of a body. The caller never chooses it unless `callerHeaders` says so. */
  readonly contentType: string;
  /** Turns the person's token into the credential header. */
  readonly credential: (token: string) => readonly [name: string, value: string];
  /** A `DomainError` refuses the call. Anything else that it throws means write. */
  readonly classify: (call: Call) => Verdict;
  readonly describe: (call: Call) => Description;
  /** What a read (a write) grant means there, for the consent screen: one line. */
  readonly reads: string;
  readonly writes: string;
  /** How to call it, for the assistant: base URL, version, an example. */
  readonly instructions: string;
  /** The table behind `classify`, where there is one, so that its rules can be checked against each other. */
  readonly rules?: readonly Rule[];
  /** One call that is a read and one that is a write, as an assistant would pass them. */
  readonly examples?: { readonly read: CallInput; readonly write: CallInput };
}
