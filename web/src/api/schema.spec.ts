import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import * as zod from 'zod/mini';
import * as ours from './schema.js';

const CONTRACTS = join(__dirname, '..', '..', '..', 'server', 'approvals');

/** One schema of every kind that the contracts use, made of either. */
function schemas(z: typeof zod) {
  const named = z.object({ id: z.string(), name: z.nullable(z.string()) });
  return {
    text: z.string(),
    number: z.number(),
    count: z.int().check(z.minimum(1), z.maximum(10)),
    positive: z.int().check(z.positive()),
    digest: z.string().check(z.regex(/^[0-9a-f]{2}$/)),
    short: z.string().check(z.maxLength(2)),
    list: z.array(z.number()).check(z.maxLength(2)),
    yes: z.boolean(),
    level: z.enum(['read', 'write']),
    named,
    nested: z.object({ of: z.nullable(named), all: z.array(named), maybe: z.optional(z.number()) }),
    strict: z.strictObject({ id: z.string(), maybe: z.optional(z.nullable(z.number())) }),
  };
}

const [theirs, own] = [schemas(zod), schemas(ours as unknown as typeof zod)];
const KINDS = Object.keys(theirs) as (keyof typeof theirs)[];

const VALUES = [
  undefined,
  null,
  '',
  'read',
  '0f',
  '0f0',
  0,
  1,
  -1,
  1.5,
  11,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  2 ** 60,
  true,
  [],
  [1, 2],
  [1, 'two'],
  [1, 2, 3],
  {},
  { id: 'a', name: null },
  { id: 'a', name: 'b', more: 1 },
  { id: 'a', name: undefined },
  { id: 'a', maybe: null },
  { id: 'a', maybe: undefined },
  { id: 1, name: null },
  { of: null, all: [{ id: 'a', name: 'b', more: 2 }] },
  { of: { id: 'a', name: 'b' }, all: [], maybe: 3 },
  { of: null, all: [{ id: 'a' }], maybe: '3' },
];

describe('the page’s reader of the contracts', () => {
  it.each(KINDS)('%s: answers as zod does', (kind) => {
    const same = (value: unknown) => {
      const [expected, actual] = [theirs[kind].safeParse(value), own[kind].safeParse(value)];
      expect([value, actual.success, actual.data]).toEqual([value, expected.success, expected.data]);
    };
    for (const value of VALUES) same(value);
    const part = fc.constantFrom(...VALUES);
    const shape = fc.dictionary(fc.constantFrom('id', 'name', 'of', 'all', 'maybe', 'more'), part);
    fc.assert(fc.property(fc.oneof(shape, fc.array(part), part, fc.jsonValue()), same), { numRuns: 500 });
  });

  it('has all that the contracts and the page use of zod', () => {
    const texts = [CONTRACTS, join(__dirname, '..', 'approval')].flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.contract.ts') || name === 'draft.ts')
        .map((name) => readFileSync(join(folder, name), 'utf8')),
    );
    const used = new Set(texts.flatMap((text) => [...text.matchAll(/\bz\.(\w+)\(/g)].map(([, name]) => name)));
    expect(used.size).toBeGreaterThan(8);
    expect([...used].filter((name) => !(name! in ours))).toEqual([]);
  });
});
