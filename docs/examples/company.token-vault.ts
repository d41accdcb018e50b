import type { Connection } from '../../server/connections/connection.js';
import { type Owner, type TokenAnswer, TokenVault } from '../../server/connections/token-vault.port.js';
import { DomainError } from '../../server/kernel/domain-error.js';
import { Secret } from '../../server/kernel/secret.js';

/** What the company's own vault answers for a person and an integration. */
export type Lookup = (owner: Owner, slug: string) => Promise<{ accountId: string; token: string } | null>;

/** Tokens from the company's own vault. Accounts are linked there, so nothing is linked or unlinked here. */
export class CompanyTokenVault extends TokenVault {
  constructor(
    private readonly slugs: readonly string[],
    private readonly lookup: Lookup,
  ) {
    super();
  }

  connections(owner: Owner): Promise<readonly Connection[]> {
    return Promise.all(
      this.slugs.map(async (slug): Promise<Connection> => {
        const found = await this.#find(owner, slug);
        const state = found ? 'connected' : 'not_connected';
        const accountId = found?.accountId ?? null;
        return { slug, name: slug, state, accountId, scopes: [], missingScopes: [], connectedAt: null };
      }),
    );
  }

  async token(owner: Owner, slug: string): Promise<TokenAnswer> {
    const found = await this.#find(owner, slug);
    if (found === null) return { kind: 'not_connected' };
    return { kind: 'token', token: new Secret(found.token), accountId: found.accountId };
  }

  forget(): void {
    // Nothing is held in memory.
  }

  authorizeUrl(): Promise<string> {
    return Promise.reject(new DomainError('not_found', 'Accounts are linked in the company vault.'));
  }

  async disconnect(): Promise<void> {
    throw new DomainError('not_found', 'Accounts are unlinked in the company vault.');
  }

  async #find(owner: Owner, slug: string) {
    try {
      return await this.lookup(owner, slug);
    } catch (cause) {
      const message = 'The company vault is out of reach. Nothing was sent. Try again.';
      throw new DomainError('workos_unavailable', message, { retryAfterMs: 2_000 }, { cause });
    }
  }
}
