import { DomainError } from '../kernel/domain-error.js';
import type { Call, Verdict } from './call.js';
import type { Endpoint } from './endpoint.js';
import { type GraphqlRequest, readGraphql, rootFields, verdictOn } from './graphql.js';
import { describeGraphql } from './graphql-description.js';
import { secretFieldOf } from './graphql-secrets.js';
import { SecretAnswer } from './secret-answer.js';

export interface GraphqlMore {
  /** May know the API's names better. */
  readonly describe?: Endpoint['describe'];
  /** Names of mutations that hand out or change credentials. Anchor it. */
  readonly neverCallable?: RegExp;
  /** Fields whose values are secrets, in reads and writes alike: `cloneToken`, or `ciVariables.value`. See `secretFieldOf`. */
  readonly secretFields?: readonly string[];
}

/** A GraphQL endpoint, judged by its document. */
export function graphqlEndpoint(
  path: string,
  { describe = describeGraphql, neverCallable, secretFields = [] }: GraphqlMore = {},
): Endpoint {
  const classify = (call: Call): Verdict => {
    const request = readGraphql(call);
    if (neverCallable !== undefined) refuseCredentials(request, neverCallable);
    const verdict = verdictOn(request);
    const field = secretFieldOf(request, secretFields);
    if (field === null) return verdict;
    const message = `The field “${field}” holds a token or a secret and can never be asked for. Leave it out of the document.`;
    throw new SecretAnswer(message, verdict, { field });
  };
  return { path, classify, describe };
}

function refuseCredentials({ operation, fragments }: GraphqlRequest, names: RegExp): void {
  if (operation.operation !== 'mutation') return;
  const field = rootFields(operation, fragments).find((name) => names.test(name));
  if (field === undefined) return;
  const message = `“${field}” hands out or changes credentials and can never be called.`;
  throw new DomainError('call_not_allowed', message, { field });
}
