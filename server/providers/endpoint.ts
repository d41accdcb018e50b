import type { Call, Description, Verdict } from './call.js';

/** A path whose calls are judged by what their body says: GraphQL, SQL. */
export interface Endpoint {
  readonly path: string;
  /** @throws DomainError to refuse a call that can be read in more than one way */
  readonly classify: (call: Call) => Verdict;
  readonly describe: (call: Call, providerName: string) => Description;
}
