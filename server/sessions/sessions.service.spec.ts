import { principal } from '../../test/support/grants.js';
import type { Principal } from '../kernel/principal.js';
import type { Session } from './session.js';
import { SessionStore } from './session-store.port.js';
import { SessionsService } from './sessions.service.js';

class NamesHeard extends SessionStore {
  readonly names: (string | undefined)[] = [];

  async identify(of: Principal, clientName?: string): Promise<Session> {
    this.names.push(clientName);
    return { tag: 'a'.repeat(16), principal: of, clientName: clientName ?? null, startedAt: 1, seenAt: 1 };
  }
}

it.each([
  ['nothing', undefined, undefined],
  ['an empty name', '', undefined],
  ['white space', ' \n\t', undefined],
  ['a name', ' Claude Code ', 'Claude Code'],
  ['a name without end', 'x'.repeat(5_000), 'x'.repeat(100)],
])('mistake 13: what a client calls itself is kept with its own session: %s', async (_, claimed, kept) => {
  const store = new NamesHeard();
  const session = await new SessionsService(store).identify(principal(), claimed);
  expect(store.names).toEqual([kept]);
  expect(session.principal).toEqual(principal());
});
