import * as z from 'zod';
import type { GrantQuery } from '../grants/grant-store.port.js';
import { type GrantItem, grantItem } from './access.contract.js';

const CURSOR_MAX = 200;
/** A client id may be the URL of a metadata document. */
const CLIENT_MAX = 2_048;

const instant = z.coerce.number().int().min(0);
const client = z.string().max(CLIENT_MAX).optional();

/** What “My access” and its export are narrowed to. Instants are epoch milliseconds by the time of asking, both inclusive. */
const filters = {
  provider: z.string().max(64).optional(),
  client,
  outcome: z
    .enum(['executed', 'failed', 'outcome_unknown', 'denied', 'withdrawn', 'revoked', 'expired', 'voided'])
    .optional(),
  from: instant.optional(),
  to: instant.optional(),
};

/** `GET /api/grants`. */
export const listQuery = z.strictObject({
  state: z.enum(['pending', 'active', 'ended']),
  ...filters,
  cursor: z.string().max(CURSOR_MAX).optional(),
});

/** `GET /api/grants/export`. */
export const exportQuery = z.strictObject(filters);

/** One line of the export: what the list shows, and the digest. */
export const exportedGrant = z.strictObject({ ...grantItem.shape, digest: z.string() });
export type ExportedGrant = GrantItem & { readonly digest: string };

/** `DELETE /api/grants`. */
export const endQuery = z.strictObject({ client });

/** The fields that were given, as the store names them. */
export function grantFilters({
  client,
  ...given
}: z.output<typeof exportQuery> & { readonly cursor?: string | undefined }): Omit<GrantQuery, 'state' | 'limit'> {
  const named = { ...given, clientId: client };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
}
