import { hkdfSync } from 'node:crypto';
import type { Secret } from '../kernel/secret.js';

/** One key a purpose: what is made for one is worth nothing for another. */
const LABELS = ['seal', 'csrf', 'tag', 'request-state'] as const;
export type KeyLabel = (typeof LABELS)[number];

const KEY_BYTES = 32;

/**
 * Keys derived from the configured secrets by HKDF-SHA-256 (RFC 5869), one independent key a label. Secrets are listed
 * newest first: the first makes, all of them check, so that a secret can be replaced without signing anyone out.
 */
export class Keys {
  readonly #byLabel: ReadonlyMap<KeyLabel, readonly Uint8Array[]>;

  /** @throws RangeError without a secret. */
  constructor(secrets: readonly Secret[]) {
    if (secrets.length === 0) throw new RangeError('At least one secret is needed.');
    this.#byLabel = new Map(LABELS.map((label) => [label, secrets.map((secret) => derive(secret, label))]));
  }

  /** Makes. */
  current(label: KeyLabel): Uint8Array {
    return this.all(label)[0]!;
  }

  /** Check, newest first. */
  all(label: KeyLabel): readonly Uint8Array[] {
    return this.#byLabel.get(label)!;
  }
}

function derive(secret: Secret, label: KeyLabel): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret.reveal(), 'countersign', `countersign/v1/${label}`, KEY_BYTES));
}
