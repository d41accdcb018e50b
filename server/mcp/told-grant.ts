import type { AuthorityGrant, Moment } from '../grants/authority-grant.js';
import { factsOf, type GrantFacts } from './grant-facts.js';
import { grantText } from './text/grant.text.js';

/** One grant in the facts and the words in which every tool tells it. */
export function toldGrant(
  grant: AuthorityGrant,
  moment: Moment,
  publicUrl: string,
): { readonly facts: GrantFacts; readonly text: string } {
  const facts = factsOf(grant, moment, publicUrl);
  return { facts, text: grantText(facts) };
}
