import * as z from 'zod';
import { CONNECTION_STATES } from '../connections/connection.js';
import type { Integration } from '../connections/connections.service.js';
import { DomainError } from '../kernel/domain-error.js';

/** More instructions than this at once are more than a model can use. */
const INSTRUCTIONS_MAX = 12;

export const integrationRows = z.strictObject({
  integrations: z.array(
    z.strictObject({
      /** `null`: it cannot be called through this server. */
      provider: z.string().nullable(),
      slug: z.string(),
      name: z.string(),
      state: z.enum(CONNECTION_STATES),
      scopes: z.array(z.string()),
      missingScopes: z
        .array(z.string())
        .optional()
        .describe('asked for by the integration and not allowed by the user'),
      instructions: z.string().nullable(),
    }),
  ),
});
type Row = z.input<typeof integrationRows>['integrations'][number];

/** A row a provider: several can share one connection. */
export function rowsOf({ providers, slug, name, state, scopes, missingScopes }: Integration): Row[] {
  const lacks = missingScopes.length === 0 ? {} : { missingScopes: [...missingScopes] };
  const common = { slug, name, state, scopes: [...scopes], ...lacks };
  if (providers.length === 0) return [{ ...common, provider: null, instructions: null }];
  return providers.map(({ id, instructions }) => ({ ...common, provider: id, instructions }));
}

/** Once for a connection, however many providers share it. */
export function lacking(rows: readonly Row[]): string {
  const lacks = new Map(
    rows.flatMap(({ slug, missingScopes = [] }) => (missingScopes[0] ? [[slug, missingScopes]] : [])),
  );
  return [...lacks]
    .map(
      ([slug, scopes]) =>
        ` ${slug} was connected without ${scopes.join(', ')}: connect_integration lets the user allow it.`,
    )
    .join('');
}

export function shortened(rows: readonly Row[]): Row[] {
  const isLong = rows.filter(({ instructions }) => instructions !== null).length > INSTRUCTIONS_MAX;
  return rows.map((row) => (isLong ? { ...row, instructions: null } : row));
}

/** @throws DomainError `unknown_provider` */
export function chosen(rows: readonly Row[], wanted: string): Row[] {
  const found = rows.filter(({ provider, slug }) => provider === wanted || slug === wanted);
  if (found.length > 0) return found;
  const known = rows.map(({ provider, slug }) => provider ?? slug);
  const message = `The organization has not switched this on. There is: ${known.join(', ')}.`;
  throw new DomainError('unknown_provider', message, { known });
}
