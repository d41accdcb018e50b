import { statusOf } from '../grants/authority-grant.js';
import type { Found } from '../grants/grant-store.port.js';
import type { GrantsService } from '../grants/grants.service.js';
import type { ToolCall } from './sdk-context.js';

const PROGRESS_EVERY_MS = 5_000;

/** Holds a tool call until its access request is decided, at most `ms`. Tells the client that it goes on, if that asked for it. */
export async function waitForDecision(
  grants: GrantsService,
  id: string,
  ms: number,
  { principal, signal, progress }: ToolCall,
): Promise<Found | null> {
  let waited = 0;
  const timer = setInterval(() => {
    waited += PROGRESS_EVERY_MS / 1_000;
    // A client that has gone is told by the signal.
    void progress(waited, 'Waiting for the user to decide').catch(() => {});
  }, PROGRESS_EVERY_MS);
  const isDecided = (found: Found) => statusOf(found.grant, found) !== 'pending';
  try {
    return await grants.waitFor(id, { by: 'principal', principal }, isDecided, ms, signal);
  } finally {
    clearInterval(timer);
  }
}
