import { Injectable } from '@nestjs/common';
import { type AuditActor, auditEvent } from '../audit/audit-event.js';
import { AuditSink } from '../audit/audit-sink.port.js';
import { Clock } from '../kernel/clock.port.js';
import { DomainError } from '../kernel/domain-error.js';
import type { ProviderDefinition } from '../providers/provider.js';
import { ProviderRegistry } from '../providers/provider-registry.js';
import type { Connection } from './connection.js';
import { type Owner, TokenVault } from './token-vault.port.js';

/** A connection with the providers that can use it: none, one, or several APIs that share an account. */
export interface Integration extends Connection {
  readonly providers: readonly ProviderDefinition[];
}

/** The integrations of the organization and one person's connections to them. */
@Injectable()
export class ConnectionsService {
  constructor(
    private readonly vault: TokenVault,
    private readonly registry: ProviderRegistry,
    private readonly audit: AuditSink,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `workos_unavailable` */
  async integrations(owner: Owner): Promise<readonly Integration[]> {
    const connections = await this.vault.connections(owner);
    return connections.map((connection) => ({
      ...connection,
      providers: this.registry.bySlug(connection.slug),
    }));
  }

  /**
   * Where the person links an account. `returnTo` is a URL of ours.
   * @throws DomainError `not_found` when the integration is not switched on.
   */
  async connect(owner: Owner, slug: string, returnTo: string, browserSession: string): Promise<string> {
    await this.#switchedOn(owner, slug);
    const url = await this.vault.authorizeUrl(owner, slug, returnTo);
    await this.audit.append(this.#event('connection.started', owner, slug, browserSession));
    return url;
  }

  async disconnect(owner: Owner, slug: string, browserSession: string): Promise<void> {
    await this.#switchedOn(owner, slug);
    await this.vault.disconnect(owner, slug);
    this.vault.forget(owner, slug);
    await this.audit.append(this.#event('connection.ended', owner, slug, browserSession));
  }

  /** A slug reaches WorkOS's paths only after it was found in the person's own list. */
  async #switchedOn(owner: Owner, slug: string): Promise<void> {
    const connections = await this.vault.connections(owner);
    if (connections.some((connection) => connection.slug === slug)) return;
    throw new DomainError('not_found', 'Your organization has not switched this integration on.');
  }

  #event(action: 'connection.started' | 'connection.ended', owner: Owner, slug: string, browserSession: string) {
    const actor: AuditActor = { type: 'user', userId: owner.userId, browserSession };
    const event = auditEvent(action, this.clock.now(), actor, {}, { slug });
    return { ...event, subject: owner.userId, organization: owner.organization };
  }
}

/** Provider id → linked account, for those of `providers` that are connected. What a grant is bound to. */
export function bindingsOf(
  integrations: readonly Integration[],
  providers: readonly string[],
): Readonly<Record<string, string>> {
  const bound: Record<string, string> = {};
  for (const { providers: served, state, accountId } of integrations) {
    if (state !== 'connected' || !accountId) continue;
    for (const { id } of served) if (providers.includes(id)) bound[id] = accountId;
  }
  return bound;
}
