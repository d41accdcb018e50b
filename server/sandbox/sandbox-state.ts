import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { SandboxKeys } from './keys.js';

/** One person's linked account at one provider. An account linked with an organization is another one than without. */
export interface SandboxConnection {
  readonly id: string;
  readonly userId: string;
  readonly organizationId: string | null;
  readonly slug: string;
  readonly scopes: readonly string[];
  readonly accessToken: string;
  readonly expiresAt: number;
  readonly createdAt: number;
}

/** A browser session of user management: the `sid` of its access tokens. */
export interface SandboxSession {
  readonly id: string;
  readonly userId: string;
  readonly organizationId: string | null;
  readonly status: 'active' | 'revoked';
  readonly refreshHash: string;
  readonly authenticatedAt: number;
  readonly createdAt: number;
  readonly endedAt: number | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
}

/** What a person granted to an OAuth client: the consent that an MCP token's `sid` names. */
export interface SandboxConsent {
  readonly grantId: string;
  readonly userId: string;
  readonly clientId: string;
  readonly organizationId: string | null;
  readonly scopes: readonly string[];
  readonly resource: string | null;
}

export interface SandboxCode {
  readonly userId: string;
  readonly organizationId: string | null;
  readonly challenge: string;
  readonly authenticatedAt: number;
  readonly expiresAt: number;
}

export interface SignedInBrowser {
  readonly userId: string;
  readonly authenticatedAt: number;
  /** Hash of the one authorization URL for which this sign-in counts as a fresh one. */
  readonly freshFor: string | null;
}

/** Everything that survives a restart. */
export interface SandboxData {
  apiKey: string;
  formKey: string;
  keys: SandboxKeys | null;
  lastSignIn: Record<string, number>;
  browsers: Record<string, SignedInBrowser>;
  codes: Record<string, SandboxCode>;
  sessions: Record<string, SandboxSession>;
  consents: Record<string, SandboxConsent>;
  connections: Record<string, SandboxConnection>;
  oauth: Record<string, { payload: Record<string, unknown>; expiresAt: number | null }>;
  /** Records of the provider APIs: slug and workspace → whatever that API keeps. */
  workspaces: Record<string, unknown>;
}

export const STATE_FILE = 'state.json';

/** The sandbox's memory: one JSON file, written whole and atomically, once per turn of the event loop. */
export class SandboxState {
  #isScheduled = false;

  private constructor(
    private readonly file: string,
    readonly data: SandboxData,
  ) {}

  /** @throws Error when the file exists and is not readable: `npm run sandbox:reset` removes it. */
  static open(dataDir: string, empty: () => SandboxData): SandboxState {
    const file = `${dataDir}/${STATE_FILE}`;
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const isNew = !existsSync(file);
    const state = new SandboxState(file, isNew ? empty() : (JSON.parse(readFileSync(file, 'utf8')) as SandboxData));
    if (isNew) state.flush();
    return state;
  }

  /** Says that `data` changed. */
  changed(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => this.#isScheduled && this.flush());
  }

  flush(): void {
    this.#isScheduled = false;
    writeFileSync(`${this.file}.new`, JSON.stringify(this.data), { mode: 0o600 });
    chmodSync(`${this.file}.new`, 0o600);
    renameSync(`${this.file}.new`, this.file);
  }
}
