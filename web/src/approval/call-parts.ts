import type { Approval } from '../../../server/approvals/approvals.contract.js';

export type ExactCall = NonNullable<Approval['call']>;

/** A longer address gets a region of its own. */
const LONG_ADDRESS = 600;

/** The parts whose end must have been in view before Approve works (I31). */
export function partsOf(call: ExactCall | null): readonly string[] {
  if (call === null) return [];
  return [...(hasLongAddress(call) ? ['address'] : []), ...(call.body?.raw ? ['body'] : []), 'call'];
}

export function hasLongAddress({ path, query }: ExactCall): boolean {
  return path.length + query.length > LONG_ADDRESS;
}
