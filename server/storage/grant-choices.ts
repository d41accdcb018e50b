import type { AuthorityGrant } from '../grants/authority-grant.js';
import type { GrantChoices } from '../grants/grant-store.port.js';
import { providersOf } from './grant-listing.js';

/** What a grant adds to its person's choices. */
export type Choice =
  | readonly [kind: 'provider', id: string]
  | readonly [kind: 'client', id: string, name: string | null];

export function choicesOf(grant: AuthorityGrant): readonly Choice[] {
  const providers = providersOf(grant).map((id) => ['provider', id] as const);
  return [...providers, ['client', grant.principal.clientId, grant.clientName]];
}

/** `choices`: oldest first, so that a client has the name that it claimed last. */
export function joinChoices(choices: readonly Choice[]): GrantChoices {
  const clients = choices.flatMap((choice) => (choice[0] === 'client' ? [[choice[1], choice[2]] as const] : []));
  return {
    providers: choices.flatMap(([kind, id]) => (kind === 'provider' ? [id] : [])),
    clients: [...new Map(clients)].map(([id, name]) => ({ id, name })),
  };
}
