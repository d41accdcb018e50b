import { DomainError } from '../kernel/domain-error.js';
import type { Call, Verdict } from './call.js';
import type { Endpoint } from './endpoint.js';
import { classifyGraphql, readGraphql, rootFields } from './graphql.js';
import { describeGraphql } from './graphql-description.js';

export interface GraphqlMore {
  /** May know the API's names better. */
  readonly describe?: Endpoint['describe'];
  /** Names of mutations that hand out or change credentials. Anchor it. */
  readonly neverCallable?: RegExp;
}

/** A GraphQL endpoint, judged by its document. */
export function graphqlEndpoint(
  path: string,
  { describe = describeGraphql, neverCallable }: GraphqlMore = {},
): Endpoint {
  const classify = (call: Call): Verdict => {
    if (neverCallable !== undefined) refuseCredentials(call, neverCallable);
    return classifyGraphql(call);
  };
  return { path, classify, describe };
}

function refuseCredentials(call: Call, names: RegExp): void {
  const { operation, fragments } = readGraphql(call);
  if (operation.operation !== 'mutation') return;
  const field = rootFields(operation, fragments).find((name) => names.test(name));
  if (field === undefined) return;
  const message = `“${field}” hands out or changes credentials and can never be called.`;
  throw new DomainError('call_not_allowed', message, { field });
}
