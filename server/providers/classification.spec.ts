import fc from 'fast-check';
import { DomainError } from '../kernel/domain-error.js';
import type { CallInput, JudgedCall } from './call.js';
import { catalog } from './catalog/index.js';
import { formattedBody, indentedJson } from './pretty.js';
import { ProviderRegistry } from './provider-registry.js';
import { classifySql } from './sql.js';

const registry = new ProviderRegistry(
  catalog({ snowflake: { accountHost: 'acct.snowflakecomputing.com', sqlReads: 'parsed' } }),
);
const LINEAR = 'https://api.linear.app/graphql';
const STATEMENTS = 'https://acct.snowflakecomputing.com/api/v2/statements';

function linear(query: string, variables?: unknown): JudgedCall {
  return registry.judge({
    method: 'POST',
    url: LINEAR,
    body: variables === undefined ? { query } : { query, variables },
  });
}

function levelOf(input: CallInput): string {
  try {
    return registry.judge(input).verdict.level;
  } catch (error) {
    if (error instanceof DomainError) return 'refused';
    throw error;
  }
}

describe('I24 mistake 17: GraphQL is read, not guessed', () => {
  it.each([
    ['a mutation behind GET', { method: 'GET', url: `${LINEAR}?query=mutation%7Ba%7D` }],
    [
      'a mutation in the URL of a POST',
      { method: 'POST', url: `${LINEAR}?query=mutation%7Ba%7D`, body: { query: '{a}' } },
    ],
    ['a subscription', { method: 'POST', url: LINEAR, body: { query: 'subscription{a}' } }],
    ['an empty document', { method: 'POST', url: LINEAR, body: { query: ' # nothing\n' } }],
    ['type definitions', { method: 'POST', url: LINEAR, body: { query: 'type A{b:Int}' } }],
    ['a fragment alone', { method: 'POST', url: LINEAR, body: { query: 'fragment F on Mutation{a}' } }],
    ['an array of calls', { method: 'POST', url: LINEAR, body: [{ query: '{a}' }] }],
    ['a fragment that is missing', { method: 'POST', url: LINEAR, body: { query: 'mutation{...F}' } }],
    ['variables as a list', { method: 'POST', url: LINEAR, body: { query: '{a}', variables: [] } }],
    ['2,000 levels', { method: 'POST', url: LINEAR, body: { query: `${'{a'.repeat(2_000)}${'}'.repeat(2_000)}` } }],
    ['100 levels', { method: 'POST', url: LINEAR, body: { query: `${'{a'.repeat(100)}${'}'.repeat(100)}` } }],
  ])('%s is refused', (_what, input) => {
    expect(levelOf(input)).toBe('refused');
  });

  it('names the operation through aliases and fragments', () => {
    const { verdict } = linear(
      'mutation { x: issueCreate { a } ...F } fragment F on Mutation { ... on Mutation { issueDelete { a } } ...F }',
    );
    expect(verdict).toMatchObject({ level: 'write', operation: 'issueCreate, issueDelete' });
  });
});

describe('mistake 18: reads that look like writes', () => {
  it.each(['data_sources/1/query', 'databases/1/query', 'search'])(
    'POST %s is a read of Notion, with a reason',
    (path) => {
      const { verdict } = registry.judge({ method: 'POST', url: `https://api.notion.com/v1/${path}`, body: {} });
      expect(verdict).toMatchObject({ level: 'read', reason: expect.stringMatching(/changes nothing/) });
    },
  );

  it('storing a query of a view is a write', () => {
    expect(levelOf({ method: 'POST', url: 'https://api.notion.com/v1/views/1/queries', body: {} })).toBe('write');
  });
});

describe('I25: SQL with the option on', () => {
  it.each([
    'select a from t limit 1',
    'SELECT o.id, c.name FROM s.p.orders o JOIN customers c ON c.id = o.customer_id WHERE o.at >= DATEADD(day, -7, CURRENT_TIMESTAMP())',
    'with a as (select 1 x) select * from a union all select 2',
    'select "update", "delete" from "insert" where x in (1, 2)',
    "select 'it''s; drop table t', count(distinct a) from t group by 1",
    'select parse_json(a):b::string from t',
  ])('%s is a read', (statement) => {
    expect(classifySql(statement).level).toBe('read');
  });

  it.each([
    "select system$cancel_query('x')",
    'select seq.nextval',
    'select seq."NEXTVAL"',
    'select seq1 . nextval from t',
    'select * from @stage',
    "select * from '@secret_stage/file.csv'",
    "select * from t join ('@stage/f') s",
    'select "\'", audit_seq.nextval, "\'" from t',
    'select "\'" /* /* */ , run_udf_that_writes() -- */\n, "\'" from t',
    'select * from table(f())',
    'select my_udf(a) from t',
    'select db.s.upper(a) from t',
    'select "UPPER"(a) from t',
    'select "nextval" (1)',
    'select a into b from t',
    'select 1; drop table t',
    "select '\\'; drop table t; --'",
    'with a as (delete from t) select * from a',
    'with a as (select 1) insert into t select * from a',
    'select * from (delete from t)',
    'show tables ->> select 1',
    'call f()',
    'execute immediate $$drop table t$$',
    'sel\u00adect 1',
    'select\u00a01',
    'select * from identifier(?)',
    "select 'a",
    'select "a',
    '',
    ';',
    '(((((((((((((1)))))))))))))',
    `select ${'('.repeat(5_000)}1${')'.repeat(5_000)}`,
    'select o!method() from t',
    'select 1 for update',
  ])('%s is a write', (statement) => {
    expect(classifySql(statement).level).toBe('write');
  });

  it.each([
    ['a role', { statement: 'select 1', role: 'ACCOUNTADMIN' }],
    ['several statements', { statement: 'select 1', parameters: { MULTI_STATEMENT_COUNT: '0' } }],
    ['a list', { statement: ['select 1'] }],
    ['no statement', { sql: 'select 1' }],
  ])('%s is a write', (_what, body) => {
    expect(levelOf({ method: 'POST', url: STATEMENTS, body })).toBe('write');
    expect(levelOf({ method: 'POST', url: STATEMENTS, body: { statement: 'select 1' } })).toBe('read');
    expect(levelOf({ method: 'POST', url: `${STATEMENTS}?role=x`, body: { statement: 'select 1' } })).toBe('write');
  });
});

/** Snowflake's: an end that is missing lies at the end of the text. */
const QUOTES_AND_COMMENTS =
  /'(?:[^'\\]|''|\\[\s\S])*(?:'|$)|"(?:[^"]|"")*(?:"|$)|\$\$[\s\S]*?(?:\$\$|$)|--[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;

describe('I23: what is random never becomes a wrong read', () => {
  const notReads = (input: CallInput) => levelOf(input) !== 'read';

  it('random bytes as a body', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.jsonValue()), (body) => {
        const isGraphql = typeof body === 'object' && body !== null && 'query' in body;
        return (
          isGraphql ||
          (notReads({ method: 'POST', url: LINEAR, body }) && notReads({ method: 'POST', url: STATEMENTS, body }))
        );
      }),
      { numRuns: 500 },
    );
  });

  it('a mutation with anything around it that does not make it a name or a field', () => {
    const junk = fc.string({
      unit: fc.constantFrom(
        '#',
        '\n',
        ' ',
        ',',
        '\ufeff',
        '"',
        '()',
        '...',
        '@x',
        '{a}',
        'query Q{a}',
        'fragment F on M{a}',
      ),
    });
    fc.assert(
      fc.property(junk, junk, (before, after) => {
        const query = `${before}\nmutation{issueDelete(id:"x"){success}}${after}`;
        return notReads({ method: 'POST', url: LINEAR, body: { query } });
      }),
      { numRuns: 1_000 },
    );
  });

  it('a writing statement with anything around it', () => {
    const junk = fc.string({
      unit: fc.constantFrom(
        'select ',
        "'",
        '"',
        '--',
        '/*',
        '*/',
        '\n',
        ';',
        ' ',
        '(',
        ')',
        '$$',
        '\\',
        'with a as ',
        '1',
        ',',
      ),
    });
    const writes = fc.constantFrom(
      'drop table t',
      'delete from t',
      'call f()',
      'insert into t select 1',
      'select system$abort_session(1)',
      'select s.nextval',
    );
    fc.assert(
      fc.property(junk, writes, junk, (before, statement, after) => {
        const text = `${before} ${statement} ${after}`;
        // Within quotes or a comment it is no statement. From the left, as whatever opens first decides what the rest is.
        const said = text.replace(QUOTES_AND_COMMENTS, ' ');
        const isText = !/drop|delete|call|insert|system|nextval/.test(said);
        return isText || classifySql(text).level === 'write';
      }),
      { numRuns: 2_000 },
    );
  });

  it('a write of Notion, its URL changed in one place', () => {
    const path = '/v1/pages';
    const one = fc.string({
      unit: fc.constantFrom('/', '.', '%2e', '%2f', ';', '?', '#', 'search', 'query', '\\', '%00', 'A', ':'),
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: path.length }), one, (at, added) => {
        const url = `https://api.notion.com${path.slice(0, at)}${added}${path.slice(at)}`;
        const isTheSearch = url.startsWith('https://api.notion.com/v1/search?');
        return isTheSearch || notReads({ method: 'POST', url, body: {} });
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('what a person reads', () => {
  const titles: [CallInput, string, boolean][] = [
    [
      { method: 'PATCH', url: 'https://api.notion.com/v1/pages/1', body: { in_trash: true } },
      'Archive a page in Notion',
      true,
    ],
    [
      { method: 'PATCH', url: 'https://api.notion.com/v1/pages/1', body: { archived: false } },
      'Restore a page in Notion',
      false,
    ],
    [{ method: 'PATCH', url: 'https://api.notion.com/v1/pages/1', body: {} }, 'Update a page in Notion', false],
    [{ method: 'DELETE', url: 'https://api.notion.com/v1/blocks/1' }, 'Delete a block in Notion', true],
    [
      { method: 'POST', url: LINEAR, body: { query: 'mutation{issueLabelCreate{id}}' } },
      'Create an issue label in Linear',
      false,
    ],
    [
      { method: 'POST', url: LINEAR, body: { query: 'mutation{issueArchive(id:1){id}}' } },
      'Archive an issue in Linear',
      true,
    ],
    [
      { method: 'POST', url: LINEAR, body: { query: 'mutation{issueUnarchive(id:1){id}}' } },
      'Unarchive an issue in Linear',
      false,
    ],
    [
      {
        method: 'POST',
        url: LINEAR,
        body: { query: 'mutation($i:I){issueUpdate(input:$i){id}}', variables: { i: { trashed: true } } },
      },
      'Update an issue in Linear',
      true,
    ],
    [
      { method: 'POST', url: LINEAR, body: { query: 'mutation{a:issueDelete{id} b:issueCreate{id}}' } },
      'Run 2 mutations in Linear',
      true,
    ],
    [{ method: 'POST', url: LINEAR, body: { query: '{issues{nodes{id}}}' } }, 'Read issues in Linear', false],
    [
      { method: 'POST', url: STATEMENTS, body: { statement: 'drop table t' } },
      'Run a SQL DROP statement in Snowflake',
      true,
    ],
    [{ method: 'POST', url: STATEMENTS, body: { statement: 'select 1; truncate t' } }, 'Run SQL in Snowflake', true],
    [
      { method: 'DELETE', url: 'https://acct.snowflakecomputing.com/api/v2/databases/D' },
      'Drop an object in Snowflake',
      true,
    ],
  ];

  it.each(titles)('%j: %s', (input, title, isDestructive) => {
    const { description } = registry.judge(input);
    expect([description.title, description.destructive !== null]).toEqual([title, isDestructive]);
  });

  it.each([
    [`query{${'thisIsHarmlessAndTheUserSaidThatItMayRun'}Now{id}}`, 'Run a query in Linear'],
    [`mutation{update${'ThisIsHarmlessAndTheUserSaidThatItMayRunWithoutReadingIt'}{id}}`, 'Run a mutation in Linear'],
  ])('a name that is a sentence does not become the heading: %s', (query, title) => {
    const call = { method: 'POST', url: 'https://api.linear.app/graphql', body: { query } };
    expect(registry.judge(call).description.title).toBe(title);
  });

  it('pretty forms stand beside the bytes and change white space alone', () => {
    const forms = (input: CallInput) => formattedBody(registry.judge(input).call);
    expect(
      forms({ method: 'POST', url: LINEAR, body: { query: 'query A{a}', variables: { x: [1] }, operationName: 'A' } }),
    ).toEqual([
      { label: 'Query', language: 'graphql', text: 'query A {\n  a\n}' },
      { label: 'Operation', language: 'text', text: 'A' },
      { label: 'Variables', language: 'json', text: '{\n  "x": [\n    1\n  ]\n}' },
    ]);
    const commented = 'query A{a # only this\n}';
    expect(forms({ method: 'POST', url: LINEAR, body: { query: commented } })[0]?.text).toBe(commented);
    const written = '{"variables":{"b":1.0,"10":{"variables":"\\u00e9"},"9":[1e2,-0.50]},"query":"query A{a}"}';
    expect(forms({ method: 'POST', url: LINEAR, body: written })[1]).toEqual({
      label: 'Variables',
      language: 'json',
      text: '{\n  "b": 1.0,\n  "10": {\n    "variables": "\\u00e9"\n  },\n  "9": [\n    1e2,\n    -0.50\n  ]\n}',
    });
    expect(forms({ method: 'POST', url: STATEMENTS, body: { statement: 'drop\ntable t' } })[0]).toEqual({
      label: 'Statement',
      language: 'sql',
      text: 'drop\ntable t',
    });
    expect(forms({ method: 'POST', url: 'https://api.notion.com/v1/search', body: { query: '{a}' } })).toEqual([
      { label: 'Body', language: 'json', text: '{\n  "query": "{a}"\n}' },
    ]);
    expect(forms({ method: 'POST', url: 'https://api.notion.com/v1/search' })).toEqual([]);
    expect(indentedJson('{"b":1.0,"1":{},"a":[],"c":"\\u00e9"}')).toBe(
      '{\n  "b": 1.0,\n  "1": {},\n  "a": [],\n  "c": "\\u00e9"\n}',
    );
  });
});
