import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

export const USER = 'user_01HXAMPLE0000000000000000A';
export const ORGANIZATION = 'org_01HXAMPLE0000000000000000A';

type Answer = (response: ServerResponse) => void;

interface SigningKey {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: JWK;
}

const generated: Promise<SigningKey>[] = [];

/** The nth key of this process: making one takes longer than a test. */
export function signingKey(index: number): Promise<SigningKey> {
  generated[index] ??= generateKeyPair('RS256', { extractable: true }).then(async ({ privateKey, publicKey }) => ({
    privateKey,
    publicKey,
    jwk: await exportJWK(publicKey),
  }));
  return generated[index];
}

/** An authorization server with AuthKit's paths: metadata, keys, and tokens made as a test wants them. */
export class TokenServer {
  readonly #server = createServer((request, response) => this.#answer(request, response));
  readonly #keys = new Map<string, SigningKey>();
  #sequence = 0;
  #fault: Answer | null = null;
  issuer = '';
  keyReads = 0;
  metadataReads = 0;

  static async start(): Promise<TokenServer> {
    const server = new TokenServer();
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    server.issuer = `http://127.0.0.1:${(server.#server.address() as AddressInfo).port}`;
    await server.publish('first', 0);
    return server;
  }

  async publish(kid: string, index: number): Promise<void> {
    this.#keys.set(kid, await signingKey(index));
  }

  withdraw(kid: string): void {
    this.#keys.delete(kid);
  }

  /** From now on every path answers like this; `null` heals. */
  fail(answer: Answer | null): void {
    this.#fault = answer;
  }

  failWith(body: string, status = 200): void {
    this.fail((response) => response.writeHead(status, { 'content-type': 'application/json' }).end(body));
  }

  /** The claims of AuthKit's documentation for a token made at `now`, with what the test changes. */
  claims(audience: string, now: number, changes: Record<string, unknown> = {}): JWTPayload {
    this.#sequence += 1;
    const issuedAt = Math.floor(now / 1000);
    const claims = {
      iss: this.issuer,
      aud: audience,
      sub: USER,
      sid: 'app_consent_01HXAMPLE',
      client_id: 'client_01HXAMPLE',
      org_id: ORGANIZATION,
      jti: `01HXAMPLE${this.#sequence}`,
      scope: 'openid profile email',
      iat: issuedAt,
      exp: issuedAt + 300,
      ...changes,
    };
    return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
  }

  async sign(
    claims: JWTPayload,
    options: { kid?: string | null; key?: SigningKey; alg?: string; header?: Record<string, unknown> } = {},
  ): Promise<string> {
    const { kid = 'first', alg = 'RS256' } = options;
    const key = options.key ?? this.#keys.get(kid ?? 'first') ?? (await signingKey(0));
    const header = { alg, ...(kid === null ? {} : { kid }), ...options.header };
    return new SignJWT(claims).setProtectedHeader(header).sign(key.privateKey);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    if (request.url === '/oauth2/jwks') this.keyReads += 1;
    else this.metadataReads += 1;
    if (this.#fault !== null) {
      this.#fault(response);
      return;
    }
    const keys = [...this.#keys].map(([kid, { jwk }]) => ({ ...jwk, kid, alg: 'RS256', use: 'sig' }));
    const metadata = { issuer: this.issuer, jwks_uri: `${this.issuer}/oauth2/jwks` };
    const body = request.url === '/oauth2/jwks' ? { keys } : metadata;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }
}
