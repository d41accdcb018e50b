import type { Call, Method } from './call.js';
import { knownDescription, unknownDescription } from './description.js';
import type { Endpoint } from './endpoint.js';

/**
 * A read on a path that a wider write rule takes for one of an id, such as `PUT /envelopes/status` beside `PUT /envelopes/{id}`. It
 * is judged before the rules, in this one spelling. Every other method but GET is a write there.
 */
export function exactRead(method: Method, path: string, title: string, because: string): Endpoint {
  const isRead = (call: Call) => [method, 'GET', 'HEAD'].includes(call.method);
  return {
    path,
    classify: (call) =>
      isRead(call)
        ? { level: 'read', reason: because, operation: `${method} ${path}` }
        : { level: 'write', reason: 'it is not among the known reads' },
    describe: (call, providerName) =>
      isRead(call) ? knownDescription(title, providerName) : unknownDescription(call, providerName),
  };
}
