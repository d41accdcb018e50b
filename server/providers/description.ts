import type { Call, Description } from './call.js';

const DESTRUCTIVE_VERB =
  /^(?:archive|clear|delete|drop|empty|erase|move .* to trash|purge|remove|revoke|trash|uninstall)\b/i;
const DESTRUCTIVE_PATH = /(?:^|[^a-z])(archive|clear|delete|drop|erase|purge|remove|trash)(?![a-z])/i;

/** What an operation of a known name does: “Delete a block” becomes “Delete a block in Notion”. */
export function knownDescription(title: string, providerName: string, sentence = ''): Description {
  const destructive = DESTRUCTIVE_VERB.test(title) ? `it would ${lowerFirst(title)}` : null;
  return { title: `${title} in ${providerName}`, sentence, destructive, known: true, resources: [] };
}

const PATH_IN_TITLE_MAX = 60;

/** The honest words for an operation that nobody described. Claims nothing but what method and path say; a long path is counted, never cut. */
export function unknownDescription(call: Call, providerName: string): Description {
  const path = new URL(call.url).pathname;
  const target =
    path.length > PATH_IN_TITLE_MAX
      ? `to a path of ${path.length} characters at ${providerName}`
      : `${path} to ${providerName}`;
  const sentence = 'Countersign does not know what this operation does. Read the request itself before you decide.';
  return {
    title: `Send ${call.method} ${target}`,
    sentence,
    destructive: destructiveByLook(call, path),
    known: false,
    resources: [],
  };
}

function destructiveByLook(call: Call, path: string): string | null {
  if (call.method === 'DELETE') return 'DELETE removes what its path names';
  if (call.method === 'GET' || call.method === 'HEAD') return null;
  const word = DESTRUCTIVE_PATH.exec(path.split('/').at(-1) ?? '')?.[1];
  return word === undefined ? null : `its path says “${word}”`;
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
