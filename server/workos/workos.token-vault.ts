import { z } from 'zod';
import type { Connection } from '../connections/connection.js';
import { type Owner, type TokenAnswer, TokenVault } from '../connections/token-vault.port.js';
import type { Clock } from '../kernel/clock.port.js';
import { DomainError } from '../kernel/domain-error.js';
import { Secret } from '../kernel/secret.js';
import { HeldTokens } from './held-tokens.js';
import { connectionOf, DataProviders, PipesToken } from './pipes-answers.js';
import { unavailable, type WorkosClient } from './workos.client.js';
import { checkedId, checkedSlug, isSlug } from './workos-id.js';

const Authorize = z.object({ url: z.url({ protocol: /^https?$/ }) });

/** One line of visible ASCII: anything else cannot be a header's value. */
const TOKEN = /^[\x21-\x7e]{1,8192}$/;

const keyOf = (owner: Owner, slug: string) => `${owner.userId} ${owner.organization ?? '-'} ${slug}`;

/** WorkOS Pipes. Version 8.13 of the SDK knows one of its endpoints: the others are asked through the SDK's own client. */
export class WorkosTokenVault extends TokenVault {
  readonly #held: HeldTokens;

  constructor(
    private readonly client: WorkosClient,
    private readonly clock: Clock,
  ) {
    super();
    this.#held = new HeldTokens(clock);
  }

  async connections(owner: Owner): Promise<readonly Connection[]> {
    const path = `/user_management/users/${checkedId('user', owner.userId)}/data_providers`;
    const query = organizationOf(owner);
    return this.client.ask(
      async (sdk) => {
        const { data } = DataProviders.parse((await sdk.get(path, { query })).data);
        return data.filter(({ slug }) => isSlug(slug)).map((provider) => connectionOf(owner, provider));
      },
      ({ status }) => (status === 404 ? [] : undefined),
    );
  }

  async token(owner: Owner, slug: string, options: { isFresh: boolean } = { isFresh: false }): Promise<TokenAnswer> {
    checkedSlug(slug);
    const key = keyOf(owner, slug);
    const fetch = () => this.client.together(() => this.#fetch(owner, slug));
    return options.isFresh ? this.#held.renew(key, fetch) : this.#held.get(key, fetch);
  }

  forget(owner: Owner, slug: string): void {
    this.#held.forget(keyOf(owner, slug));
  }

  async authorizeUrl(owner: Owner, slug: string, returnTo: string): Promise<string> {
    const path = `/data-integrations/${checkedSlug(slug)}/authorize`;
    const body = { user_id: checkedId('user', owner.userId), ...organizationOf(owner), return_to: returnTo };
    return this.client.command(
      async (sdk) => Authorize.parse((await sdk.post(path, body)).data).url,
      ({ status }) => {
        if (status !== 400 && status !== 403 && status !== 404) return undefined;
        throw new DomainError('not_found', 'Your organization has not switched this integration on.');
      },
    );
  }

  async disconnect(owner: Owner, slug: string): Promise<void> {
    const path = `/user_management/users/${checkedId('user', owner.userId)}/connected_accounts/${checkedSlug(slug)}`;
    const query = organizationOf(owner);
    this.forget(owner, slug);
    const isDone = await this.client.command(
      async (sdk) => {
        await sdk.delete(path, query);
        return true;
      },
      ({ status }) => (status === 404 ? true : undefined),
    );
    if (isDone) this.forget(owner, slug);
  }

  /**
   * The token's answer does not name the account. Looking before and after makes sure that the token belongs to the account
   * that is said: a person who links another one in between is asked to try again.
   */
  async #fetch(owner: Owner, slug: string): Promise<{ answer: TokenAnswer; expiresAt: number | null }> {
    const before = await this.#connection(owner, slug);
    const accountId = before?.accountId ?? null;
    if (accountId === null) return { answer: { kind: 'not_connected' }, expiresAt: null };
    const pipes = await this.#pipesToken(owner, slug);
    if ('kind' in pipes) return { answer: pipes, expiresAt: null };
    const { access_token: token, expires_at: expiresAt } = pipes;
    const after = await this.#connection(owner, slug);
    const isSound = TOKEN.test(token) && (expiresAt === null || expiresAt > this.clock.now());
    if (!isSound || after?.accountId !== accountId) throw unavailable(null);
    return { answer: { kind: 'token', token: new Secret(token), accountId }, expiresAt };
  }

  async #connection(owner: Owner, slug: string): Promise<Connection | undefined> {
    return (await this.connections(owner)).find((connection) => connection.slug === slug);
  }

  async #pipesToken(owner: Owner, slug: string) {
    const path = `/data-integrations/${checkedSlug(slug)}/token`;
    const body = { user_id: checkedId('user', owner.userId), ...organizationOf(owner) };
    return this.client.ask<z.infer<typeof PipesToken>>(
      async (sdk) => PipesToken.parse((await sdk.post(path, body)).data),
      ({ status }) => {
        if (status === 404) return { kind: 'not_connected' };
        return status === 422 ? { kind: 'needs_reauthorization' } : undefined;
      },
    );
  }
}

const organizationOf = ({ organization }: Owner): { organization_id?: string } =>
  organization === null ? {} : { organization_id: checkedId('org', organization) };
