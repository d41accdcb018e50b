const PAGE =
  /^\/(?:approve\/[A-Za-z0-9_-]{1,128}|access(?:#(?:live|waiting|history|connections))?|connect\/[a-z0-9][a-z0-9_-]{0,63})?$/;

/** A page of ours, or `/`. Nothing else comes through, so that a sign-in cannot be used to lead a person elsewhere. */
export function safeReturnTo(value: unknown): string {
  return typeof value === 'string' && PAGE.test(value) ? value : '/';
}
