import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '../kernel/domain-error.js';
import type { CallInput } from './call.js';
import { catalog } from './catalog/index.js';
import { ProviderRegistry } from './provider-registry.js';
import { SecretAnswer } from './secret-answer.js';

interface Labelled extends CallInput {
  readonly provider: string;
  readonly label: 'read' | 'write' | 'any';
  readonly acceptable?: readonly string[];
  readonly op?: string;
  readonly why: string;
}

type Outcome = 'read' | 'write' | 'refused' | 'secret read';

function fixture<T>(name: string): readonly T[] {
  return JSON.parse(readFileSync(join(__dirname, `../../test/fixtures/ground-truth/${name}.json`), 'utf8')) as T[];
}

/** In a labelled line a host of the provider's tenant form counts as configured. */
function registryFor(url: string, sqlReads: 'off' | 'parsed' = 'off'): ProviderRegistry {
  const host = /^https:\/\/([a-z0-9-]+\.snowflakecomputing\.com)\//.exec(url)?.[1] ?? null;
  const key = `${host} ${sqlReads}`;
  const known = registries.get(key);
  if (known) return known;
  const registry = new ProviderRegistry(catalog({ snowflake: { accountHost: host, sqlReads } }));
  registries.set(key, registry);
  return registry;
}
const registries = new Map<string, ProviderRegistry>();

function outcome(line: Labelled, sqlReads: 'off' | 'parsed' = 'off'): Outcome {
  try {
    return registryFor(line.url, sqlReads).judge(line).verdict.level;
  } catch (error) {
    if (error instanceof SecretAnswer && error.verdict.level === 'read') return 'secret read';
    if (error instanceof DomainError) return 'refused';
    throw error;
  }
}

function writesCalledReads(lines: readonly Labelled[], sqlReads: 'off' | 'parsed' = 'off') {
  return lines
    .filter(({ label, acceptable }) => label === 'write' && !acceptable?.includes('read'))
    .filter((line) => outcome(line, sqlReads).endsWith('read'))
    .map(({ method, url, body }) => ({ method, url, body }));
}

function strictReads(lines: readonly Labelled[]): readonly Labelled[] {
  return lines.filter(({ label, acceptable }) => label === 'read' && !acceptable);
}

function missedReads(lines: readonly Labelled[], sqlReads: 'off' | 'parsed' = 'off') {
  return strictReads(lines)
    .filter((line) => !outcome(line, sqlReads).endsWith('read'))
    .map(({ method, url }) => `${method} ${url}`);
}

const operations = fixture<Labelled>('operations');
const graphql = fixture<Labelled>('graphql');
const sql = fixture<Labelled>('sql');
const adversarial = fixture<Labelled>('adversarial');

describe('the labelled operations of our three providers', () => {
  it.each([
    ['operations', operations],
    ['GraphQL', graphql],
    ['SQL', sql],
    ['adversarial', adversarial],
  ])('I23 unknown is write: no write of the %s is called a read', (_name, lines) => {
    expect(lines.length).toBeGreaterThan(15);
    expect(writesCalledReads(lines)).toEqual([]);
    expect(writesCalledReads(lines, 'parsed')).toEqual([]);
  });

  it('recognises every GraphQL read', () => {
    expect(missedReads(graphql)).toEqual([]);
  });

  it('recognises every REST read, and lets none that hands out a token be called', () => {
    expect(missedReads(operations)).toEqual([]);
    const secrets = operations.filter((line) => outcome(line) === 'secret read').map(({ url }) => url);
    expect(secrets).toEqual(['https://myorg-account123.snowflakecomputing.com/api/v2/cortex/analyst/token']);
  });

  it('I25: every SQL statement is a write by default; with the option on, plain SELECTs are reads', () => {
    expect(missedReads(sql)).toHaveLength(strictReads(sql).length);
    const recognised = strictReads(sql).length - missedReads(sql, 'parsed').length;
    expect(recognised).toBeGreaterThanOrEqual(10);
  });

  it.each(fixture<{ url: string; expect: 'none'; why: string }>('urls'))(
    'I15 exact hosts: $url ($why) matches none',
    ({ url }) => {
      for (const method of ['GET', 'POST']) {
        expect(() => registryFor('').judge({ method, url })).toThrow(DomainError);
      }
    },
  );
});
