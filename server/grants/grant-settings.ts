/** The times and limits of grants, in milliseconds and counts. */
export class GrantSettings {
  constructor(
    /** How long a request waits for a decision. */
    readonly requestTtlMs: number,
    /** How long authority lives after approval when nobody says otherwise. */
    readonly authorityMs: number,
    /** The longest time that an approver can allow. */
    readonly authorityMaxMs: number,
    /** Pending requests of one person and one client. */
    readonly pendingMax: number,
  ) {}
}
