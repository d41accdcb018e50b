import { randomUUID } from 'node:crypto';
import { type ApiAnswer, type ApiRequest, jsonObject, type ProviderApi } from './provider-api.js';

interface Column {
  readonly name: string;
  readonly type: 'text' | 'fixed';
}

interface Statement {
  readonly handle: string;
  readonly sql: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  readonly createdOn: number;
  isCanceled: boolean;
}

export interface SnowflakeWorkspace {
  orders: string[][];
  statements: Statement[];
}

const ORDER_COLUMNS: readonly Column[] = [
  { name: 'ID', type: 'fixed' },
  { name: 'CUSTOMER', type: 'text' },
  { name: 'TOTAL', type: 'fixed' },
];

const one = (name: string, type: Column['type'], value: string) => ({ columns: [{ name, type }], rows: [[value]] });

/** The few statements that the sandbox can answer with rows. Every other one is kept and answered with “executed”. */
function rowsOf(sql: string, request: ApiRequest, workspace: SnowflakeWorkspace) {
  const normal = sql.trim().replace(/;$/, '').replace(/\s+/g, ' ').toLowerCase();
  if (normal === 'select 1') return one('1', 'fixed', '1');
  if (normal === 'select current_user()') return one('CURRENT_USER()', 'text', request.person.email.toUpperCase());
  if (normal === 'select current_version()') return one('CURRENT_VERSION()', 'text', '9.40.0');
  if (normal === 'select count(*) from orders') return one('COUNT(*)', 'fixed', String(workspace.orders.length));
  const rows = /^select (?:\*|id, customer, total) from orders(?: limit (\d+))?$/.exec(normal);
  if (rows)
    return {
      columns: ORDER_COLUMNS,
      rows: workspace.orders.slice(0, rows[1] === undefined ? undefined : Number(rows[1])),
    };
  if (normal.startsWith('select')) return { columns: [], rows: [] };
  return one('status', 'text', 'Statement executed successfully.');
}

function resultSet(statement: Statement): ApiAnswer {
  return {
    status: 200,
    body: {
      resultSetMetaData: {
        numRows: statement.rows.length,
        format: 'jsonv2',
        partitionInfo: [{ rowCount: statement.rows.length, uncompressedSize: JSON.stringify(statement.rows).length }],
        rowType: statement.columns.map((column) => ({ ...column, nullable: true })),
      },
      data: statement.rows,
      code: '090001',
      statementStatusUrl: `/api/v2/statements/${statement.handle}?requestId=${randomUUID()}`,
      sqlState: '00000',
      statementHandle: statement.handle,
      message: 'Statement executed successfully.',
      createdOn: statement.createdOn,
    },
  };
}

const error = (status: number, code: string, message: string): ApiAnswer => ({ status, body: { code, message } });

function execute(request: ApiRequest, workspace: SnowflakeWorkspace): ApiAnswer {
  const sql = jsonObject(request.body)?.statement;
  if (typeof sql !== 'string' || sql.trim() === '')
    return error(400, '391902', 'Invalid request: a statement is needed.');
  const statement: Statement = {
    handle: randomUUID(),
    sql,
    ...rowsOf(sql, request, workspace),
    createdOn: Date.now(),
    isCanceled: false,
  };
  workspace.statements.push(statement);
  return resultSet(statement);
}

function answer(request: ApiRequest, workspace: SnowflakeWorkspace): ApiAnswer {
  if (request.headers['x-snowflake-authorization-token-type'] !== 'OAUTH') {
    return error(401, '390303', 'Invalid OAuth access token: X-Snowflake-Authorization-Token-Type must be OAUTH.');
  }
  const [, handle, action] = /^\/api\/v2\/statements(?:\/([^/]+))?(?:\/(cancel))?$/.exec(request.url.pathname) ?? [
    '',
    null,
    null,
  ];
  if (handle === null) return error(404, '390404', 'Not found.');
  if (handle === undefined)
    return request.method === 'POST' ? execute(request, workspace) : error(405, '391911', 'Method not allowed.');
  const statement = workspace.statements.find((known) => known.handle === handle);
  if (!statement) return error(404, '391903', `Statement ${handle} not found.`);
  if (action === undefined && request.method === 'GET') {
    return statement.isCanceled ? error(422, '000604', 'SQL execution canceled') : resultSet(statement);
  }
  if (action !== 'cancel' || request.method !== 'POST') return error(405, '391911', 'Method not allowed.');
  statement.isCanceled = true;
  return { status: 200, body: { code: '000604', message: 'SQL execution canceled', statementHandle: handle } };
}

/** The account's host is configuration: a provider of Snowflake is pinned to one account. */
export const snowflakeApi = (host: string): ProviderApi<SnowflakeWorkspace> => ({
  slug: 'snowflake',
  host,
  newWorkspace: () => ({
    orders: [
      ['1001', 'Initech', '1250.00'],
      ['1002', 'Umbrella', '89.90'],
      ['1003', 'Hooli', '4300.00'],
    ],
    statements: [],
  }),
  answer,
  refusal: (status) =>
    ({
      401: { code: '390303', message: 'Invalid OAuth access token.' },
      429: { code: '390505', message: 'Too many requests.' },
      500: { code: '000603', message: 'Internal error.' },
    })[status],
});
