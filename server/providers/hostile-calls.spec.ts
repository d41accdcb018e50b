import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '../kernel/domain-error.js';
import type { CallInput } from './call.js';
import { catalog } from './catalog/index.js';
import { ProviderRegistry } from './provider-registry.js';

interface HostileCall {
  readonly id: string;
  readonly why: string;
  readonly invariants: readonly string[];
  readonly call: CallInput;
  readonly generate?: string;
  readonly option?: string;
  readonly expect: 'refuse' | 'read' | 'write' | 'write-or-refuse' | 'read-or-write' | 'accept';
}

const RIGHT: Record<HostileCall['expect'], readonly string[]> = {
  refuse: ['refused'],
  read: ['read'],
  write: ['write'],
  'write-or-refuse': ['write', 'refused'],
  'read-or-write': ['read', 'write'],
  accept: ['read', 'write'],
};

/** No input may keep the server busy. Usually it is a few milliseconds. */
const HANG_MS = 5_000;

/** Inputs that are too long to lie in a file. */
const GENERATED: Record<string, (call: CallInput) => CallInput> = {
  manyTokens: (call) => ({ ...call, body: { query: `query{${'a '.repeat(200_000)}}` } }),
  nestedBraces: (call) => ({ ...call, body: { query: '{a'.repeat(5_000) + '}'.repeat(5_000) } }),
  deepVariables: (call) => ({ ...call, body: { query: '{viewer{id}}', variables: { a: nested(10_000) } } }),
  nestedParentheses: (call) => ({
    ...call,
    body: { statement: `select ${'('.repeat(20_000)}1${')'.repeat(20_000)}` },
  }),
  manyHeaders: (call) => ({
    ...call,
    headers: Object.fromEntries([...Array(101).keys()].map((index) => [`x-${index}`, 'a'])),
  }),
};

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

function outcome(registry: ProviderRegistry, call: CallInput): string {
  try {
    return registry.judge(call).verdict.level;
  } catch (error) {
    if (error instanceof DomainError) return 'refused';
    throw error;
  }
}

const cases = JSON.parse(
  readFileSync(join(__dirname, '../../test/fixtures/hostile/calls.json'), 'utf8'),
) as HostileCall[];
const accountHost = 'acct.snowflakecomputing.com';
const byDefault = new ProviderRegistry(catalog({ snowflake: { accountHost, sqlReads: 'off' } }));
const parsed = new ProviderRegistry(catalog({ snowflake: { accountHost, sqlReads: 'parsed' } }));

describe('hostile calls', () => {
  it('are all here', () => {
    expect(cases).toHaveLength(152);
  });

  it.each(cases)('$id ($invariants): $why', ({ call, generate, expect: expected }) => {
    const input = generate ? (GENERATED[generate]?.(call) ?? call) : call;
    const begun = performance.now();
    expect(RIGHT[expected]).toContain(outcome(byDefault, input));
    expect(performance.now() - begun).toBeLessThan(HANG_MS);
  });

  it.each(cases.filter(({ id, option }) => id.startsWith('SQL-') && !option))('$id with SQL reads on', (hostile) => {
    const { call, generate, expect: expected } = hostile;
    const input = generate ? (GENERATED[generate]?.(call) ?? call) : call;
    expect(RIGHT[expected]).toContain(outcome(parsed, input));
  });
});
