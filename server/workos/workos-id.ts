import { DomainError } from '../kernel/domain-error.js';

const SLUG = /^[a-z0-9][a-z0-9_-]{0,63}$/;
const ID = { user: /^user_[0-9A-Za-z]{1,64}$/, org: /^org_[0-9A-Za-z]{1,64}$/ };

export const isSlug = (slug: string) => SLUG.test(slug);

/**
 * The SDK puts names into paths as they are, with our API key in the header: only names of this form get there.
 * @throws DomainError `not_found`
 */
export function checkedSlug(slug: string): string {
  if (isSlug(slug)) return encodeURIComponent(slug);
  throw new DomainError('not_found', 'There is no such integration.');
}

/** @throws DomainError `not_found` */
export function checkedId(kind: 'user' | 'org', id: string): string {
  if (ID[kind].test(id)) return encodeURIComponent(id);
  throw new DomainError('not_found', kind === 'user' ? 'There is no such user.' : 'There is no such organization.');
}
