import type { Connection } from '../../server/connections/connection.js';
import { type Owner, type TokenAnswer, TokenVault } from '../../server/connections/token-vault.port.js';
import { ClientConsent } from '../../server/gateway/client-consent.port.js';
import { type OutboundRequest, Transport, type UpstreamAnswer } from '../../server/gateway/transport.port.js';
import { Secret } from '../../server/kernel/secret.js';

/** Long enough to be found wherever it leaks. */
export const TOKEN = 'tok_canary_5f2b8c1e9d';

export const tokenOf = (accountId: string): TokenAnswer => ({
  kind: 'token',
  token: new Secret(TOKEN),
  accountId,
});

export function connectionOf(slug: string, different: Partial<Connection> = {}): Connection {
  return {
    slug,
    name: slug.toUpperCase(),
    state: 'connected',
    accountId: `account_${slug}`,
    scopes: [`${slug}:all`],
    missingScopes: [],
    connectedAt: 1,
    ...different,
  };
}

/** Whose what: the owner as the vault was asked, in one word for comparing. */
const named = (owner: Owner, slug: string) => `${owner.userId} of ${owner.organization} at ${slug}`;

/** Holds what a test prepared; every other question fails. */
export class PreparedVault extends TokenVault {
  readonly asked: string[] = [];
  readonly forgotten: string[] = [];
  readonly disconnected: string[] = [];
  readonly authorized: string[] = [];
  tokens: ((slug: string) => TokenAnswer | Promise<TokenAnswer>) | null = null;
  linked: (() => readonly Connection[] | Promise<readonly Connection[]>) | null = null;

  async connections(): Promise<readonly Connection[]> {
    if (this.linked === null) throw new Error('No connections were prepared.');
    return this.linked();
  }

  async token(owner: Owner, slug: string, options: { isFresh: boolean } = { isFresh: false }): Promise<TokenAnswer> {
    this.asked.push(`${named(owner, slug)}${options.isFresh ? ', fresh' : ''}`);
    if (this.tokens === null) throw new Error('No token was prepared.');
    return this.tokens(slug);
  }

  forget(owner: Owner, slug: string): void {
    this.forgotten.push(named(owner, slug));
  }

  async authorizeUrl(owner: Owner, slug: string, returnTo: string): Promise<string> {
    this.authorized.push(`${named(owner, slug)} back to ${returnTo}`);
    return `https://pipes.example/authorize/${slug}`;
  }

  async disconnect(owner: Owner, slug: string): Promise<void> {
    this.disconnected.push(named(owner, slug));
  }
}

export class PreparedConsent extends ClientConsent {
  readonly asked: string[] = [];
  given: (() => Promise<boolean>) | null = null;

  isGiven(userId: string, clientId: string): Promise<boolean> {
    this.asked.push(`${userId} for ${clientId}`);
    if (this.given === null) throw new Error('No consent was prepared.');
    return this.given();
  }
}

export const answerOf = (text: string, status = 200): UpstreamAnswer => ({
  status,
  headers: [['content-type', 'application/json']],
  body: Buffer.from(text),
  isTruncated: false,
});

/** Remembers every request that left. What it answers is prepared; without it the request still counts as sent. */
export class RecordingTransport extends Transport {
  readonly sent: OutboundRequest[] = [];
  answers: ((request: OutboundRequest, signal: AbortSignal, revoked?: AbortSignal) => Promise<UpstreamAnswer>) | null =
    null;

  async send(request: OutboundRequest, signal: AbortSignal, revoked?: AbortSignal): Promise<UpstreamAnswer> {
    this.sent.push(request);
    if (this.answers === null) throw new Error('No answer was prepared.');
    return this.answers(request, signal, revoked);
  }
}
