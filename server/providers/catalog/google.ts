import type { Call } from '../call.js';
import { isRecord, jsonBodyOf } from '../call-body.js';
import type { ProviderSpec } from '../define-provider.js';
import { defineProvider } from '../define-provider.js';
import type { ProviderDefinition } from '../provider.js';
import { type Rule, read } from '../rest.js';

const BATCH = 'Google’s batches carry calls that are not judged here. Send the parts one by one.';

/**
 * What Google's APIs have in common, from their discovery documents: one bearer token, a project to bill (`x-goog-user-project`),
 * custom methods after a colon, and multipart batches below `/batch`, which are refused. One host may serve several products, which their exact paths tell apart.
 */
export function googleProvider(spec: ProviderSpec): ProviderDefinition {
  return defineProvider({
    ...spec,
    callerHeaders: { 'x-goog-user-project': 'any', 'if-match': 'any', 'if-none-match': 'any', ...spec.callerHeaders },
    refused: [{ path: '/batch', why: BATCH }, { path: '/batch/**', why: BATCH }, ...(spec.refused ?? [])],
    instructions: `${spec.instructions} Batch requests are refused: send the parts one by one.`,
  });
}

/** For APIs that take files: simple uploads of text, and metadata with text in one multipart body of this boundary. */
export const UPLOAD_TYPES = [
  'application/json',
  'text/plain',
  'text/csv',
  'text/html',
  'text/markdown',
  'message/rfc822',
  'multipart/related; boundary=part',
] as const;

export const WATCH = {
  because: 'it opens a channel that sends notifications, although a read-only token may do so',
} as const;

/** Reads by GET: pairs of a path and what reading there is called. Narrow paths stand above wide ones. */
export function reads(pairs: Readonly<Record<string, string>>): readonly Rule[] {
  return Object.entries(pairs).map(([path, title]) => read('GET', path, title));
}

/** A batch of changes to one file says by the name of each change whether it deletes. */
export function changesOf(thing: string) {
  return {
    titleOf: (call: Call) => {
      const body = jsonBodyOf(call);
      const requests = isRecord(body) && Array.isArray(body.requests) ? (body.requests as readonly unknown[]) : [];
      const names = requests.flatMap((request) => (isRecord(request) ? Object.keys(request) : []));
      return names.some((name) => name.toLowerCase().startsWith('delete')) ? `Delete parts of a ${thing}` : null;
    },
  };
}
