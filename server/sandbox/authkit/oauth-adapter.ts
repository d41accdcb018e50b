import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { SandboxState } from '../sandbox-state.js';

/** Keeps oidc-provider's records in the sandbox's state, so that clients, consents and refresh tokens survive a restart. */
export class OAuthAdapter implements Adapter {
  constructor(
    private readonly model: string,
    private readonly state: SandboxState,
  ) {}

  async upsert(id: string, payload: AdapterPayload, expiresIn: number | undefined): Promise<void> {
    const expiresAt = expiresIn ? Date.now() + expiresIn * 1000 : null;
    this.#records[this.#key(id)] = { payload: { ...payload }, expiresAt };
    this.#prune();
    this.state.changed();
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const record = this.#records[this.#key(id)];
    if (!record || (record.expiresAt !== null && record.expiresAt <= Date.now())) return undefined;
    return structuredClone(record.payload) as AdapterPayload;
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#search((payload) => payload.uid === uid);
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.#search((payload) => payload.userCode === userCode);
  }

  async consume(id: string): Promise<void> {
    const record = this.#records[this.#key(id)];
    if (record) record.payload.consumed = Math.floor(Date.now() / 1000);
    this.state.changed();
  }

  async destroy(id: string): Promise<void> {
    delete this.#records[this.#key(id)];
    this.state.changed();
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [key, { payload }] of Object.entries(this.#records)) {
      if (payload.grantId === grantId) delete this.#records[key];
    }
    this.state.changed();
  }

  get #records() {
    return this.state.data.oauth;
  }

  #key(id: string): string {
    return `${this.model}:${id}`;
  }

  #search(matches: (payload: Record<string, unknown>) => boolean): AdapterPayload | undefined {
    const found = Object.entries(this.#records).find(
      ([key, { payload }]) => key.startsWith(`${this.model}:`) && matches(payload),
    );
    return structuredClone(found?.[1].payload) as AdapterPayload | undefined;
  }

  #prune(): void {
    const now = Date.now();
    for (const [key, { expiresAt }] of Object.entries(this.#records)) {
      if (expiresAt !== null && expiresAt <= now) delete this.#records[key];
    }
  }
}
