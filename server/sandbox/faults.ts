/** Where a fault strikes. `pipes` and `provider` may be narrowed to one person and one integration. */
export const FAULT_TARGETS = ['workos', 'jwks', 'pipes', 'provider'] as const;
export type FaultTarget = (typeof FAULT_TARGETS)[number];

/**
 * | kind | what happens |
 * |---|---|
 * | `down` | the connection is cut without an answer (`workos`: the whole API and AuthKit; `jwks`: both key sets) |
 * | `slow` | the answer comes `delayMs` later, 30 s when not said |
 * | `429` | rate limited, with `Retry-After: 2` |
 * | `500` | a server error in JSON, in the provider's own form |
 * | `html` | a 502 page in HTML, as a proxy in front would send |
 * | `unauthorized` | `workos`: our key is refused with 401 |
 * | `not_connected` | `pipes`: the person has not linked an account |
 * | `needs_reauthorization` | `pipes`: the link is broken until the person renews it |
 * | `unknown_error` | `pipes`: an `error` value that is newer than we are |
 * | `missing_scopes` | `pipes`: the person allowed less than the integration asks |
 * | `empty_token`, `broken_token`, `huge_token` | `pipes`: no token, one with a line break, one of 64 KiB |
 * | `null_expiry`, `expiring` | `pipes`: a token that says no end, or ends in 30 s |
 */
export const FAULT_KINDS = [
  'down',
  'slow',
  '429',
  '500',
  'html',
  'unauthorized',
  'not_connected',
  'needs_reauthorization',
  'unknown_error',
  'missing_scopes',
  'empty_token',
  'broken_token',
  'huge_token',
  'null_expiry',
  'expiring',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  readonly target: FaultTarget;
  readonly kind: FaultKind;
  /** WorkOS user id. Everyone when absent. */
  readonly userId?: string | undefined;
  /** Every integration when absent. */
  readonly slug?: string | undefined;
  readonly delayMs?: number | undefined;
}

/** What is broken at the moment. Nothing of it survives a restart. */
export class Faults {
  #active: readonly Fault[] = [];

  list(): readonly Fault[] {
    return this.#active;
  }

  /** Replaces a fault of the same target, person and integration. */
  set(fault: Fault): void {
    const others = this.#active.filter(
      (one) => one.target !== fault.target || one.userId !== fault.userId || one.slug !== fault.slug,
    );
    this.#active = [fault, ...others];
  }

  clear(): void {
    this.#active = [];
  }

  /** The latest fault that applies. */
  find(target: FaultTarget, userId?: string, slug?: string): Fault | undefined {
    return this.#active.find(
      (fault) =>
        fault.target === target &&
        (fault.userId === undefined || fault.userId === userId) &&
        (fault.slug === undefined || fault.slug === slug),
    );
  }
}
