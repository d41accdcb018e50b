import type { Endpoint } from './endpoint.js';
import { classifyGraphql } from './graphql.js';
import { describeGraphql } from './graphql-description.js';

/** A GraphQL endpoint, judged by its document. A `describe` of one's own may know the API's names better. */
export function graphqlEndpoint(path: string, describe: Endpoint['describe'] = describeGraphql): Endpoint {
  return { path, classify: classifyGraphql, describe };
}
