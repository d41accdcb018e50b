import { randomUUID } from 'node:crypto';
import { type ApiAnswer, type ApiRequest, jsonObject, type ProviderApi } from './provider-api.js';

interface Page {
  id: string;
  parent: Record<string, unknown>;
  properties: Record<string, unknown>;
  children: Block[];
  isInTrash: boolean;
  createdAt: string;
  editedAt: string;
}

type Block = Record<string, unknown> & { id: string };

export interface NotionWorkspace {
  databaseId: string;
  dataSourceId: string;
  pages: Page[];
  comments: Record<string, unknown>[];
}

const VERSION = /^\d{4}-\d{2}-\d{2}$/;
const title = (text: string) => ({ title: [{ type: 'text', text: { content: text }, plain_text: text }] });

function newPage(
  parent: Record<string, unknown>,
  properties: Record<string, unknown>,
  children: readonly unknown[],
): Page {
  const now = new Date().toISOString();
  return {
    id: randomUUID(),
    parent,
    properties,
    children: children.map(newBlock),
    isInTrash: false,
    createdAt: now,
    editedAt: now,
  };
}

const newBlock = (block: unknown): Block => ({
  ...(block as Record<string, unknown>),
  object: 'block',
  id: randomUUID(),
  has_children: false,
});

function newWorkspace(): NotionWorkspace {
  const databaseId = randomUUID();
  const dataSourceId = randomUUID();
  const parent = { type: 'data_source_id', data_source_id: dataSourceId, database_id: databaseId };
  const paragraph = {
    type: 'paragraph',
    paragraph: { rich_text: [{ type: 'text', text: { content: 'Read this first.' } }] },
  };
  const pages = [
    newPage(parent, { Name: title('Onboarding') }, [paragraph]),
    newPage(parent, { Name: title('Release notes') }, []),
  ];
  return { databaseId, dataSourceId, pages, comments: [] };
}

const error = (status: number, code: string, message: string): ApiAnswer => ({
  status,
  body: { object: 'error', status, code, message },
});
const list = (results: readonly unknown[]): ApiAnswer => ({
  status: 200,
  body: { object: 'list', results, next_cursor: null, has_more: false },
});

const pageObject = (page: Page) => ({
  object: 'page',
  id: page.id,
  parent: page.parent,
  properties: page.properties,
  archived: page.isInTrash,
  in_trash: page.isInTrash,
  created_time: page.createdAt,
  last_edited_time: page.editedAt,
  url: `https://www.notion.so/${page.id.replaceAll('-', '')}`,
});

function database(workspace: NotionWorkspace, object: 'database' | 'data_source') {
  const id = object === 'database' ? workspace.databaseId : workspace.dataSourceId;
  const common = { object, id, title: title('Handbook').title, in_trash: false };
  return object === 'database'
    ? { ...common, data_sources: [{ id: workspace.dataSourceId, name: 'Handbook' }] }
    : {
        ...common,
        parent: { type: 'database_id', database_id: workspace.databaseId },
        properties: { Name: { type: 'title' } },
      };
}

type Route = (found: {
  id: string;
  body: Record<string, unknown>;
  request: ApiRequest;
  workspace: NotionWorkspace;
}) => ApiAnswer;

/** Runs when there is such a page. */
const withPage =
  (then: (page: Page, body: Record<string, unknown>) => ApiAnswer): Route =>
  ({ id, body, workspace }) => {
    const page = workspace.pages.find((one) => one.id === id);
    return page ? then(page, body) : error(404, 'object_not_found', `Could not find page with ID: ${id}.`);
  };

const query: Route = ({ id, workspace }) =>
  id === workspace.databaseId || id === workspace.dataSourceId
    ? list(workspace.pages.filter((page) => !page.isInTrash).map(pageObject))
    : error(404, 'object_not_found', `Could not find database with ID: ${id}.`);

const ROUTES: Readonly<Record<string, Route>> = {
  'GET users/me': ({ request }) => ({
    status: 200,
    body: {
      object: 'user',
      id: request.person.id,
      type: 'person',
      name: request.person.name,
      person: { email: request.person.email },
    },
  }),
  'POST search': ({ body, workspace }) => {
    const wanted = String(body.query ?? '').toLowerCase();
    const pages = workspace.pages.filter(
      (page) => !page.isInTrash && JSON.stringify(page.properties).toLowerCase().includes(wanted),
    );
    return list(pages.map(pageObject));
  },
  'POST pages': ({ body, workspace }) => {
    if (typeof body.parent !== 'object' || body.parent === null)
      return error(400, 'validation_error', 'body.parent should be defined.');
    const properties = (body.properties ?? {}) as Record<string, unknown>;
    const page = newPage(
      body.parent as Record<string, unknown>,
      properties,
      Array.isArray(body.children) ? body.children : [],
    );
    workspace.pages.push(page);
    return { status: 200, body: pageObject(page) };
  },
  'GET pages/:id': withPage((page) => ({ status: 200, body: pageObject(page) })),
  'PATCH pages/:id': withPage((page, body) => {
    const trash = body.in_trash ?? body.archived;
    if (typeof trash === 'boolean') page.isInTrash = trash;
    Object.assign(page.properties, body.properties);
    page.editedAt = new Date().toISOString();
    return { status: 200, body: pageObject(page) };
  }),
  'GET blocks/:id/children': withPage((page) => list(page.children)),
  'PATCH blocks/:id/children': withPage((page, body) => {
    const added = (Array.isArray(body.children) ? body.children : []).map(newBlock);
    page.children.push(...added);
    return list(added);
  }),
  'GET databases/:id': ({ workspace }) => ({ status: 200, body: database(workspace, 'database') }),
  'GET data_sources/:id': ({ workspace }) => ({ status: 200, body: database(workspace, 'data_source') }),
  'POST databases/:id/query': query,
  'POST data_sources/:id/query': query,
  'GET comments': ({ request, workspace }) =>
    list(
      workspace.comments.filter((one) =>
        JSON.stringify(one.parent).includes(request.url.searchParams.get('block_id') ?? ''),
      ),
    ),
  'POST comments': ({ body, request, workspace }) => {
    const comment = {
      object: 'comment',
      id: randomUUID(),
      parent: body.parent,
      rich_text: body.rich_text,
      created_by: { id: request.person.id },
    };
    workspace.comments.push(comment);
    return { status: 200, body: comment };
  },
};

function answer(request: ApiRequest, workspace: NotionWorkspace): ApiAnswer {
  const version = request.headers['notion-version'];
  if (typeof version !== 'string' || !VERSION.test(version)) {
    return error(400, 'missing_version', 'Notion-Version header failed validation: it should be defined.');
  }
  const [, first, id, ...rest] = request.url.pathname.replace(/^\/v1\//, '/').split('/');
  const isPlain = id === undefined || (first === 'users' && id === 'me');
  const path = isPlain ? [first, id].filter(Boolean).join('/') : [first, ':id', ...rest].join('/');
  const route = request.url.pathname.startsWith('/v1/') ? ROUTES[`${request.method} ${path}`] : undefined;
  if (!route) return error(400, 'invalid_request_url', 'Invalid request URL.');
  const body = request.body.length > 0 ? jsonObject(request.body) : {};
  return body
    ? route({ id: id ?? '', body, request, workspace })
    : error(400, 'invalid_json', 'Error parsing JSON body.');
}

export const notionApi: ProviderApi<NotionWorkspace> = {
  slug: 'notion',
  host: 'api.notion.com',
  newWorkspace,
  answer,
  refusal: (status) => {
    const [code, message] = {
      401: ['unauthorized', 'API token is invalid.'],
      429: ['rate_limited', 'You have been rate limited.'],
      500: ['internal_server_error', 'Unexpected error occurred.'],
    }[status] as [string, string];
    return { object: 'error', status, code, message };
  },
};
