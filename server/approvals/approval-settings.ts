/** What a deployment demands of a decision. */
export class ApprovalSettings {
  constructor(
    /** Which approvals need a fresh sign-in. */
    readonly reauth: 'off' | 'write' | 'always',
    /** How old a sign-in may be then. */
    readonly reauthMaxAgeMs: number,
    /** Origin of the pages, without a trailing slash. */
    readonly publicUrl: string,
  ) {}
}
