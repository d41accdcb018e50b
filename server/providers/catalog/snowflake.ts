import type { Call, Verdict } from '../call.js';
import { isRecord, jsonBodyOf } from '../call-body.js';
import { defineProvider } from '../define-provider.js';
import type { Endpoint } from '../endpoint.js';
import type { ProviderDefinition } from '../provider.js';
import { type Rule, read, write } from '../rest.js';
import { classifySql } from '../sql.js';
import { describeSql } from '../sql-description.js';

export interface SnowflakeSettings {
  /** The one account that may be called. Without it and without configured hosts the provider is known and matches no URL. */
  readonly accountHost: string | null;
  /** `parsed`: a SELECT that is certainly plain counts as a read. `off`: every statement is a write. */
  readonly sqlReads: 'off' | 'parsed';
}

/** What a read may say beside its statement. `role` and `parameters` change what the statement means. */
const READ_KEYS: ReadonlySet<string> = new Set(['statement', 'timeout', 'database', 'schema', 'warehouse', 'bindings']);
const READ_QUERY: ReadonlySet<string> = new Set(['requestId', 'async', 'nullable']);

/** What may stand behind a name there and mean the same, or less. */
const ENDINGS = ['', '{ending}', '/**'];
const FORM = '{tenant}.snowflakecomputing.com';

/** Kinds of objects of the account, by name: nothing may follow a name, so that `statementsX` is none of them. */
const COLLECTIONS = [
  'accounts',
  'api-integrations',
  'application-packages',
  'applications',
  'catalog-integrations',
  'compute-pools',
  'connections',
  'cortex',
  'databases',
  'external-access-integrations',
  'external-volumes',
  'failover-groups',
  'functions',
  'grants',
  'listings',
  'managed-accounts',
  'network-policies',
  'notification-integrations',
  'organization-accounts',
  'organization-users',
  'replication-groups',
  'resource-monitors',
  'results',
  'roles',
  'security-integrations',
  'shares',
  'statements',
  'storage-integrations',
  'users',
  'warehouses',
];
/** What changes objects of each level: those of the account, of a database, of a schema. Every verb but GET writes. */
const CHANGES: readonly Rule[] = [
  '/api/v2',
  '/api/v2/databases/{database}',
  '/api/v2/databases/{database}/schemas/{schema}',
].flatMap((level) => [
  write('POST', `${level}/{kind}/{name}:clone`, 'Clone an object'),
  write('POST', `${level}/{kind}/{name}:undrop`, 'Restore an object that was dropped'),
  write('POST', `${level}/{kind}/{name}:rename`, 'Rename an object'),
  write('POST', `${level}/{kind}/{name}:set-tags`, 'Tag an object'),
  write('POST', `${level}/{kind}/{name}:unset-tags`, 'Remove tags from an object'),
  write('POST', `${level}/{kind}/{name}:suspend`, 'Suspend an object'),
  write('POST', `${level}/{kind}/{name}:resume`, 'Resume an object'),
  write('POST', `${level}/{kind}/{name}:execute`, 'Run an object'),
  write('POST', `${level}/{kind}/{name}:call`, 'Call a procedure', { because: 'a procedure may change anything' }),
  write('POST', `${level}/{kind}/{name}/grants:revoke`, 'Revoke a privilege'),
  write('POST', `${level}/{kind}/{name}/grants`, 'Grant a privilege'),
  write('PUT', `${level}/{kind}/{name}`, 'Create an object or change it'),
  write('DELETE', `${level}/{kind}/{name}`, 'Drop an object'),
]);
const SEARCH_SERVICE = '/api/v2/databases/{database}/schemas/{schema}/cortex-search-services/{service}';

/**
 * Paths from Snowflake's own specifications. Its object API keeps to the verbs: GET only reads. Hosts are never matched by suffix:
 * anybody can own an account there (mistake 16).
 */
export function snowflake({ accountHost, sqlReads }: SnowflakeSettings): ProviderDefinition {
  const base = `https://${accountHost ?? FORM}/api/v2`;
  return defineProvider({
    id: 'snowflake',
    name: 'Snowflake',
    hosts: accountHost === null ? [] : [accountHost],
    tenantHosts: [
      FORM,
      '{tenant}.{region}.snowflakecomputing.com',
      '{tenant}.{region}.{cloud}.snowflakecomputing.com',
      '{tenant}.{region}.snowflakecomputing.cn',
    ],
    neverCallable: ENDINGS.map((end) => `/api/v2/cortex/analyst/token${end}`),
    secretReads: ['/api/v2/cortex/analyst/token'],
    // Their list is without the tokens themselves.
    refused: (['POST', 'PUT', 'PATCH'] as const).flatMap((method) =>
      ENDINGS.map((end) => ({
        method,
        path: `/api/v2/users/{name}/programmatic-access-tokens${end}`,
        why: 'Its answer has a token. Ask a person to create and rotate tokens in Snowflake.',
      })),
    ),
    headers: { 'x-snowflake-authorization-token-type': 'OAUTH' },
    endpoints: [statements(sqlReads)],
    rules: [
      read('POST', `${SEARCH_SERVICE}:query`, 'Query a search service'),
      read('POST', `${SEARCH_SERVICE}:suggest`, 'Ask a search service for suggestions'),
      read('GET', '/api/v2/statements/{handle}', 'Read the result of a statement'),
      write('POST', '/api/v2/statements/{handle}/cancel', 'Cancel a statement'),
      ...CHANGES,
      write('DELETE', '/api/v2/grants/**', 'Revoke a privilege'),
      write('POST', '/api/v2/databases:from-share', 'Create a database from a share'),
      ...COLLECTIONS.flatMap((name) => [
        read('GET', `/api/v2/${name}`, `List ${name.replaceAll('-', ' ')}`),
        read('GET', `/api/v2/${name}/**`, `Read from ${name.replaceAll('-', ' ')}`),
      ]),
    ],
    reads: 'Look at databases, schemas, tables, warehouses and the results of statements that ran.',
    writes: 'Run any SQL that your role may run, and create, change and drop objects.',
    instructions: instructions(base, sqlReads),
    examples: {
      read: { method: 'GET', url: `${base}/databases` },
      write: {
        method: 'POST',
        url: `${base}/statements`,
        body: { statement: 'insert into t values (1)', warehouse: '<warehouse>', timeout: 60 },
      },
    },
  });
}

function instructions(base: string, sqlReads: SnowflakeSettings['sqlReads']): string {
  const sql =
    sqlReads === 'parsed'
      ? 'One plain SELECT with built-in functions, without comments, counts as a read; every other SQL counts as a write.'
      : 'Every SQL statement counts as a write, a SELECT too.';
  return `Snowflake's API is at ${base}. SQL: POST statements with { statement, warehouse?, database?, schema?, timeout?, bindings? }; results: GET statements/{handle}?partition=n. Objects: GET databases, databases/{name}/schemas, … ${sql}`;
}

function statements(sqlReads: SnowflakeSettings['sqlReads']): Endpoint {
  return {
    path: '/api/v2/statements',
    classify: (call) =>
      sqlReads === 'parsed' ? classifyStatement(call) : written('every SQL statement counts as a write here'),
    describe: (call, providerName) => {
      const body = jsonBodyOf(call);
      const isSeveral = isRecord(body) && isRecord(body.parameters) && 'MULTI_STATEMENT_COUNT' in body.parameters;
      return describeSql(isRecord(body) ? body.statement : undefined, isSeveral, providerName);
    },
  };
}

function classifyStatement(call: Call): Verdict {
  const body = jsonBodyOf(call);
  if (call.method !== 'POST' || !isRecord(body)) return written('it is not a statement sent by POST');
  const key = Object.keys(body).find((name) => !READ_KEYS.has(name));
  if (key !== undefined) return written(`it sets “${key}”`);
  const parameter = [...new URL(call.url).searchParams.keys()].find((name) => !READ_QUERY.has(name));
  if (parameter !== undefined) return written(`it sets “${parameter}” in the query`);
  if (typeof body.statement !== 'string') return written('its statement is not a text');
  return classifySql(body.statement, (index) => boundValue(body.bindings, index));
}

/** The value of the n-th `?`, when it is a text that is bound once. */
function boundValue(bindings: unknown, index: number): unknown {
  const binding = isRecord(bindings) ? bindings[String(index)] : undefined;
  return isRecord(binding) && binding.type === 'TEXT' ? binding.value : undefined;
}

function written(reason: string): Verdict {
  return { level: 'write', reason, operation: 'POST /api/v2/statements' };
}
