import fc from 'fast-check';
import { classifySql } from './sql.js';

const READS = [
  'SELECT COUNT(DISTINCT a) FROM t',
  'SELECT DISTINCT a FROM t',
  'SELECT * FROM t, LATERAL FLATTEN(INPUT => t.a) f',
  'SELECT f.value:name::string FROM t, LATERAL FLATTEN(input => t.arr) f WHERE f.index > 0',
  "SELECT a FROM t AT(TIMESTAMP => '2024-01-01'::timestamp)",
  'SELECT * FROM t AT (OFFSET => -60*5) AS x WHERE x.a = 1',
  'WITH r (n) AS (SELECT 1 UNION ALL SELECT n+1 FROM r WHERE n < 3) SELECT * FROM r',
  "SELECT IFF(a > 1, 'x', 'y') FROM t;",
  'SELECT a, SUM(b) FROM t GROUP BY ROLLUP(a)',
  'SELECT a, SUM(b) FROM t GROUP BY ALL',
  'SELECT * FROM (SELECT a FROM t) x WHERE a BETWEEN 1 AND 2',
  'SELECT * FROM a FULL OUTER JOIN b ON a.id=b.id',
  'SELECT * EXCLUDE (a, b) FROM t',
  'SELECT t.* EXCLUDE a FROM t',
  'SELECT * RENAME (a AS b) FROM t',
  "SELECT * FROM t PIVOT(SUM(amount) FOR month IN ('JAN','FEB')) AS p",
  'SELECT * FROM t UNPIVOT(sales FOR month IN (jan, feb))',
  "SELECT LISTAGG(a, ',') WITHIN GROUP (ORDER BY a) FROM t",
  "SELECT * FROM t WHERE a ILIKE '%x%' ESCAPE '!'",
  "SELECT * FROM t WHERE a LIKE ANY ('a%', 'b%')",
  'SELECT TO_TIMESTAMP_NTZ(a) FROM t',
  'SELECT CAST(a AS NUMBER(10,2)) FROM t',
  'SELECT a::number(10,2) FROM t',
  'SELECT a FROM t ORDER BY a DESC NULLS LAST',
  'SELECT 1 FROM DUAL',
  'SELECT current_date, current_timestamp',
  "SELECT * FROM IDENTIFIER('db.public.t')",
  "SELECT $$it's; fine$$",
  'SELECT /* hint */ a FROM t -- done',
  'SELECT a FROM t LIMIT 10 OFFSET 5',
  'SELECT * FROM db.information_schema.tables',
  'SELECT "Weird Name" FROM "T"',
  'SELECT RANK() OVER (ORDER BY a ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM t',
  "SELECT DATE_TRUNC('month', d), COUNT(*) FROM t GROUP BY 1 HAVING COUNT(*) > 1",
  'SELECT NULLIF(a,0), NVL(b,1), COALESCE(c,d) FROM t',
  'SELECT EXISTS(SELECT 1 FROM t)',
  'SELECT * FROM t WHERE NOT EXISTS (SELECT 1 FROM u WHERE u.id = t.id)',
  "SELECT ARRAY_AGG(OBJECT_CONSTRUCT('a', a)) FROM t",
  "SELECT a['x'] FROM t",
  'SELECT EXTRACT(year FROM d) FROM t',
  "SELECT INTERVAL '1 day' + d FROM t",
  'SELECT * FROM t NATURAL JOIN u',
  'SELECT * FROM t CROSS JOIN u',
  'SELECT MAX_BY(a, b) FROM t',
  "SELECT * FROM TABLE(FLATTEN(input => PARSE_JSON('[1]')))",
  "SELECT * FROM TABLE(SPLIT_TO_TABLE('a.b', '.'))",
  'SELECT * FROM TABLE(GENERATOR(ROWCOUNT=>5))',
  'SELECT SEQ4() FROM TABLE(GENERATOR(ROWCOUNT=>5))',
  'SELECT * FROM TABLE(INFORMATION_SCHEMA.QUERY_HISTORY())',
  "SHOW TABLES LIKE 'a%' IN SCHEMA db.public STARTS WITH 'x' LIMIT 10 FROM 'y'",
  'SHOW GRANTS TO ROLE r',
  'SHOW TERSE TABLES IN ACCOUNT',
  "SHOW PARAMETERS LIKE '%TIME%' IN ACCOUNT;",
  'DESC TABLE "my Table" TYPE = COLUMNS',
  'DESCRIBE VIEW v',
  'DESC PROCEDURE p(INT, VARCHAR)',
  'DESC RESULT LAST_QUERY_ID()',
  "LIST @db.schema.stage/path PATTERN='.*csv'",
  'LS @%t',
  'LIST @~',
  'SELECT * FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY(RESULT_LIMIT => 10))',
  'SELECT * FROM TABLE(db.INFORMATION_SCHEMA.TASK_HISTORY(RESULT_LIMIT => 10, TASK_NAME => a)) h',
  'SELECT * FROM TABLE("My Db".INFORMATION_SCHEMA.QUERY_HISTORY())',
  'SELECT * FROM t1 MINUS SELECT * FROM t2',
  'SELECT a FROM t EXCEPT SELECT a FROM u INTERSECT SELECT a FROM v',
  'SELECT a FROM t FETCH FIRST 10 ROWS ONLY',
  'SELECT a FROM t ORDER BY a FETCH NEXT 1 ROW',
  'SELECT a, b FROM t GROUP BY GROUPING SETS ((a), (b))',
  'SELECT a:b.c[0]:d FROM t',
  'SELECT CURRENT_USER, COUNT(DISTINCT a, b) FROM t',
  "SELECT v:a.b.c::int, v['x'][0], t.v:a:b::string AS ab FROM t",
  "SELECT a FROM t WHERE a RLIKE '^x' AND v:b.c = 1",
  "SELECT 1e3, TIMESTAMP '2026-01-01 00:00:00', DATE '2026-01-01'",
  'SELECT a FROM t UNION ALL BY NAME SELECT b FROM u',
  'SELECT a::variant, b::array, CAST(c AS object) FROM t',
  'SELECT a FROM t WHERE NOT (a = 1 OR b = 2)',
  'SELECT $1, t.$2::string FROM t',
  'SELECT REGR_SLOPE(a, b), HLL(c), ST_WITHIN(d, e), TO_XML(f) FROM t',
  'EXPLAIN SELECT 1',
  'EXPLAIN USING TEXT WITH a AS (SELECT 1) SELECT * FROM a',
];

/** Plain reads that the parser cannot read. They stay writes. */
const READS_CALLED_WRITES = [
  "SELECT * FROM VALUES (1,'a'),(2,'b') AS v(x,y)",
  'SELECT * FROM t ASOF JOIN u MATCH_CONDITION(t.a >= u.a)',
  'SELECT column1 FROM VALUES (1), (2)',
];

const WRITES = [
  'SELECT * INTO x FROM t',
  'SELECT a INTO :b FROM t',
  'SELECT my_udf(a) FROM t',
  // Snowflake has none of this name, so that anybody may.
  'SELECT hours_add(a, 1) FROM t',
  'SELECT db.public.f(a) FROM t',
  'SELECT "f"(a) FROM t',
  'SELECT * FROM TABLE(my_udtf(1))',
  "SELECT * FROM TABLE('t')",
  "SELECT * FROM TABLE(IDENTIFIER('f')(1))",
  "SELECT IDENTIFIER('f')(1)",
  "SELECT IDENTIFIER('seq.nextval')",
  "SELECT * FROM IDENTIFIER('seq.nextval')",
  'SELECT * FROM IDENTIFIER($x)',
  'SELECT * FROM IDENTIFIER(?)',
  'SELECT "S"."NEXTVAL"',
  'SELECT s."nextval" FROM t',
  'SELECT s . nextval',
  'SELECT s./**/nextval',
  "SELECT * FROM 's3://b/x'",
  "SELECT * FROM ('@stage')",
  'SELECT * FROM @~/x',
  'SELECT 1; SELECT 2',
  'SELECT 1;;DROP TABLE t',
  'SELECT 1 -- x\u2028; DROP TABLE t',
  'SELECT 1 -- x\r; DROP TABLE t',
  'SELECT 1 /* /* */ ; DROP TABLE t */',
  "SELECT '\\'; DROP TABLE t; --'",
  'SELECT $x',
  'SHOW TABLES ->> DELETE FROM t',
  'SHOW TABLES ->> SELECT * FROM $1',
  'SELECT 1 ->> CALL p()',
  'SELECT a -> b FROM t',
  "SELECT system$cancel_query('x')",
  'SELECT SYSTEM$WAIT(1)',
  'SELECT "SYSTEM$WAIT"(1)',
  'EXPLAIN DELETE FROM t',
  'EXPLAIN USING JSON INSERT INTO t VALUES (1)',
  'EXPLAIN EXPLAIN SELECT 1',
  'WITH a AS (SELECT 1) DELETE FROM t',
  'WITH a AS (SELECT 1) CALL p(1)',
  "WITH p AS PROCEDURE () RETURNS INT AS 'x' CALL p()",
  '(DELETE FROM t)',
  'SELECT * FROM (UPDATE t SET a=1)',
  'SELECT * FROM (CALL p())',
  'SELECT (CALL p(1))',
  'CALL p',
  'call',
  'LIST s',
  'LIST @s; DROP TABLE t',
  'LIST @s DROP TABLE t',
  'REMOVE @s',
  'GET @s file:///x',
  'DESC',
  'SHOW',
  'SHOW ; DROP TABLE t',
  'DESC TABLE IDENTIFIER($x)',
  'SELECT * FROM t FOR UPDATE',
  "SELECT GET_PRESIGNED_URL(@s, 'a')",
  "SELECT SNOWFLAKE.CORTEX.COMPLETE('m','p')",
  "SELECT AI_COMPLETE('m','p')",
  'SELECT a := 1',
  'LET x := 1',
  'BEGIN',
  'DECLARE x INT; BEGIN END',
  "EXECUTE IMMEDIATE 'select 1'",
  'EXECUTE TASK t',
  'WITH a AS (INSERT INTO t VALUES (1)) SELECT * FROM a',
  "insert('a',1,1,'b')",
  'REPLACE INTO t VALUES (1)',
  'CREATE TABLE t AS SELECT 1',
  'TABLE t',
  'VALUES (1)',
  '\u00a0SELECT 1',
  '\ufeffSELECT 1',
  'SELECT 1\u0000',
  'SELECT\u00a01',
  'SELECT {fn now()}',
  '{call p()}',
  '!set x=1',
  "SELECT 'a' 'b' ''' ",
  'SELECT "a',
  'SELECT $$a',
  'SELECT 1 /* a',
  'SELECT ENCRYPT_RAW(a) FROM t WHERE f (a) > 1',
  'SELECT * FROM t JOIN LATERAL my_fn(t.a) x',
  'SELECT * FROM LATERAL(my_fn(1))',
  'SELECT x.y.flatten(1)',
  'SELECT x, at(1) b FROM t',
  'SELECT sample(1) b FROM t',
  'SELECT x FROM t WHERE before(1) = 2',
  'SELECT changes(x) c FROM t',
  'SELECT a + at(1) FROM t',
  'SELECT row(1) FROM t',
  // No word of these is reserved: anybody may have a function of that name.
  'SELECT cube(1)',
  'SELECT rollup(a) FROM t',
  'SELECT a FROM t WHERE cube(a) = 1',
  'SELECT a FROM t ORDER BY rollup(a)',
  'SELECT a FROM t GROUP BY a HAVING cube(a) = 1',
  'SELECT connect_by_root at(a) FROM t',
  'SELECT connect_by_root before(offset => 1) FROM t',
  'SELECT a FROM t b changes(f)',
  'SELECT string(1) FROM t',
  'SELECT * FROM t WHERE x = at (1)',
  'SELECT within group (1) FROM t',
  'SELECT INFORMATION_SCHEMA.F(1)',
  'SELECT * FROM TABLE(INFORMATION_SCHEMA.F(my_udf(1)))',
  'SELECT * FROM TABLE(x.F(1))',
  'SELECT * FROM TABLE(db.INFORMATION_SCHEMA.F(my_udf(1)))',
  'SELECT * FROM TABLE(db.INFORMATION_SCHEMA.F(x => s.nextval))',
  'SELECT * FROM TABLE(a.db.INFORMATION_SCHEMA.F())',
  'SELECT * FROM TABLE(db."INFORMATION_SCHEMA".F())',
  'SELECT * FROM TABLE(INFORMATION_SCHEMA.x.F())',
  'SELECT db.INFORMATION_SCHEMA.F(1)',
  'SELECT * FROM db.INFORMATION_SCHEMA.F(1)',
  'SELECT a FROM t MINUS SELECT my_udf(1)',
  'SELECT a FROM t EXCEPT DELETE FROM u',
  'SELECT a FROM t FETCH FIRST my_udf(1) ROWS ONLY',
  'SELECT fetch(1)',
  'SELECT v:a(1) FROM t',
  'SELECT COUNT(DISTINCT my_udf(1)) FROM t',
  'SELECT x.current_user(1)',
  'SELECT v:a.f(1) FROM t',
  'SELECT v[my_udf(1)] FROM t',
  'SELECT v:a[my_udf(1)].b FROM t',
  'SELECT v[0](1) FROM t',
  'SELECT a FROM t UNION BY NAME SELECT my_udf(1)',
  'SELECT rlike FROM my_udf(1)',
  'SELECT a FROM t GROUP BY GROUPING SETS ((my_udf(a)))',
  'SELECT sets(1)',
  'SELECT array(1)',
  'SELECT a::object(my_udf(1)) FROM t',
  'SELECT a.not(1)',
  'SELECT NOT my_udf(1)',
  'SELECT NOT (my_udf(1))',
  'SELECT $1(1)',
  'SELECT * FROM TABLE($1)',
  'SELECT * FROM IDENTIFIER($1)',
  'SELECT $1x',
  'SELECT $1$2',
  'SELECT a => my_udf(1)',
  'SELECT f(a => 1)',
  'SELECT :x',
  'SELECT a FROM t WHERE :x = 1',
  'SELECT a FROM t LIMIT :n',
  '',
  ';',
];

describe('I25: SQL that is certainly a read', () => {
  it.each(READS)('%s', (statement) => {
    expect(classifySql(statement)).toMatchObject({ level: 'read' });
  });

  it('names a table by a bound text, when the text is a plain name', () => {
    const bound =
      (...values: unknown[]) =>
      (index: number) =>
        values[index - 1];
    const level = (statement: string, ...values: unknown[]) => classifySql(statement, bound(...values)).level;
    expect(level('SELECT * FROM IDENTIFIER(?)', 't')).toBe('read');
    expect(level('SELECT ? FROM IDENTIFIER(?)', 1, 'db.public.t')).toBe('read');
    expect(level('SELECT * FROM IDENTIFIER(:2)', 1, 't')).toBe('read');
    for (const value of ['@stage', 'f()', 's.nextval', "'x'", 'a.b.c.d', '', 7, undefined]) {
      expect(level('SELECT * FROM IDENTIFIER(?)', value)).toBe('write');
    }
    expect(level('SELECT ?, x FROM IDENTIFIER(?)', 't')).toBe('write');
  });
});

describe('I25: SQL that is not certainly a read', () => {
  it.each(WRITES)('%s', (statement) => {
    expect(classifySql(statement)).toMatchObject({ level: 'write' });
  });

  it.each(READS_CALLED_WRITES)('fails closed where the parser cannot read it: %s', (statement) => {
    expect(classifySql(statement)).toMatchObject({ level: 'write' });
  });

  it('no fragment that acts makes a read of what it stands in', () => {
    const plain = READS.filter((statement) => /^(?:select|with)/i.test(statement) && !/['"$]|--|\/\*/.test(statement));
    const fragments = [
      '; DROP TABLE t',
      'INTO x',
      'my_udf(1)',
      '"f"(1)',
      'a.f(1)',
      '@stage',
      'SYSTEM$WAIT(1)',
      's.nextval',
      '->> SELECT 1',
      "'\\'",
      '"',
      "'",
      '$$',
      '/*',
      ':=',
      '{',
      '$x',
      '\u2028',
      '\u00a0',
      'CALL p(1)',
      '(DELETE FROM t)',
      'EXECUTE IMMEDIATE',
      'TABLE(my_udtf())',
      '"nextval"',
    ];
    const cases = fc.tuple(
      fc.constantFrom(...plain),
      fc.constantFrom(...fragments),
      fc.nat(),
      fc.constantFrom(' ', '\n', ' /**/ '),
    );
    fc.assert(
      fc.property(cases, ([statement, fragment, at, gap]) => {
        const words = statement.split(' ');
        const place = at % (words.length + 1);
        const mutated = [...words.slice(0, place), `${gap}${fragment}${gap}`, ...words.slice(place)].join(' ');
        expect(classifySql(mutated).level).toBe('write');
      }),
      { numRuns: 400 },
    );
  });

  it('random text is never a read', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => classifySql(text).level === 'write'),
      { numRuns: 300 },
    );
  });
});
