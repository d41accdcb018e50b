import type { GrantFacts } from '../grant-facts.js';

/** What a client shows beside the link that it opens. Ours alone: neither the assistant's reason nor anybody's name. */
export function pageMessage({ call, requested }: GrantFacts): string {
  const what = call
    ? `Run one call: ${call.title}. The page shows these four words, too: ${call.words}.`
    : `Let the assistant ${requested?.level} with ${requested?.providers.join(', ')}.`;
  return `${what} Open the page to read and decide.`;
}

/** For the model, when no decision is to be expected from the page. */
export function pageCancelled(closesAt: number): string {
  return `The approval page was not opened. The request still waits, until ${new Date(closesAt).toISOString()}. If the user wants it, show the link and call check_access_request with waitSeconds 25.`;
}
