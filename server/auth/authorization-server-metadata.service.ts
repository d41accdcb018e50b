import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Clock } from '../kernel/clock.port.js';
import { DomainError } from '../kernel/domain-error.js';
import { AuthSettings } from './auth-settings.js';
import { fetchDocument } from './remote.document.js';

const FRESH_MS = 10 * 60_000;
const RETRY_AFTER_MS = 1_000;

type Metadata = Readonly<Record<string, unknown>>;

/** The authorization server's own RFC 8414 document, held for clients that look for it at ours. */
@Injectable()
export class AuthorizationServerMetadataService {
  #held: { document: Metadata; readAt: number } | null = null;
  #reading: Promise<Metadata> | null = null;
  #failedAt: number | null = null;

  constructor(
    private readonly settings: AuthSettings,
    private readonly clock: Clock,
  ) {}

  /** The last document that could be read. @throws DomainError `workos_unavailable` when there is none yet. */
  async read(): Promise<Metadata> {
    const now = this.clock.now();
    if (this.#held !== null && now < this.#held.readAt + FRESH_MS) return this.#held.document;
    try {
      return await this.#fetchOnce(now);
    } catch (cause) {
      if (this.#held !== null) return this.#held.document;
      const message = 'The authorization server is out of reach. Try again.';
      throw new DomainError('workos_unavailable', message, { retryAfterMs: RETRY_AFTER_MS }, { cause });
    }
  }

  #fetchOnce(now: number): Promise<Metadata> {
    if (this.#reading !== null) return this.#reading;
    if (this.#failedAt !== null && now < this.#failedAt + RETRY_AFTER_MS)
      return Promise.reject(new Error('It failed just now.'));
    this.#reading = this.#fetch(now).finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #fetch(now: number): Promise<Metadata> {
    try {
      // RFC 8414 §3.3: the issuer in the document must be the one that it was asked for.
      const schema = z.looseObject({ issuer: z.literal(this.settings.issuer) });
      const document = schema.parse(await fetchDocument(metadataUrl(this.settings.issuer)));
      this.#held = { document, readAt: now };
      this.#failedAt = null;
      return document;
    } catch (error) {
      this.#failedAt = this.clock.now();
      throw error;
    }
  }
}

/** RFC 8414 §3.1: the well-known part goes between host and path. */
function metadataUrl(issuer: string): string {
  const { origin, pathname } = new URL(issuer);
  return `${origin}/.well-known/oauth-authorization-server${pathname === '/' ? '' : pathname}`;
}
