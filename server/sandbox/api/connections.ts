import type { SandboxConnection, SandboxState } from '../sandbox-state.js';
import { connectionKey, newConnection, type SandboxIntegration } from '../seed.js';
import { newToken } from '../ulid.js';

export interface SandboxOwner {
  readonly userId: string;
  readonly organizationId: string | null;
}

const TOKEN_LIFE_MS = 3_600_000;
const RENEW_BEFORE_MS = 65_000;

/** The linked accounts and their provider tokens. */
export class Connections {
  constructor(private readonly state: SandboxState) {}

  find(owner: SandboxOwner, slug: string): SandboxConnection | undefined {
    return this.state.data.connections[connectionKey(owner.userId, owner.organizationId, slug)];
  }

  /** Whose token this is, when it is one of this integration and still good. */
  byToken(slug: string, token: string): SandboxConnection | undefined {
    const now = Date.now();
    return Object.values(this.state.data.connections).find(
      (one) => one.slug === slug && one.accessToken === token && one.expiresAt > now,
    );
  }

  /** Always a new account: linking again is another account with another id. */
  link(owner: SandboxOwner, integration: SandboxIntegration, scopes: readonly string[]): SandboxConnection {
    return this.#keep(newConnection(owner, integration, scopes));
  }

  /** With a token that lives for a minute more at least. */
  renewed(connection: SandboxConnection, integration: SandboxIntegration): SandboxConnection {
    if (connection.expiresAt - Date.now() > RENEW_BEFORE_MS) return connection;
    return this.#keep({
      ...connection,
      accessToken: newToken(integration.tokenPrefix),
      expiresAt: Date.now() + TOKEN_LIFE_MS,
    });
  }

  unlink(owner: SandboxOwner, slug: string): boolean {
    const isLinked = this.find(owner, slug) !== undefined;
    delete this.state.data.connections[connectionKey(owner.userId, owner.organizationId, slug)];
    this.state.changed();
    return isLinked;
  }

  #keep(connection: SandboxConnection): SandboxConnection {
    const { userId, organizationId, slug } = connection;
    this.state.data.connections[connectionKey(userId, organizationId, slug)] = connection;
    this.state.changed();
    return connection;
  }
}
