import * as z from 'zod';
import { connectBody, endedGrants, grantChoices, grantPage, integrations } from './access.contract.js';
import { approval, decisionBody, me, nextUrl, problem, site } from './approvals.contract.js';
import { endQuery, exportedGrant, exportQuery, listQuery } from './grant-queries.js';

type Json = Readonly<Record<string, unknown>>;

const SCHEMAS = {
  approval,
  connectBody,
  decisionBody,
  endedGrants,
  exportedGrant,
  grantChoices,
  grantPage,
  integrations,
  me,
  nextUrl,
  problem,
  site,
};
type Name = keyof typeof SCHEMAS;

interface Operation {
  readonly does: string;
  readonly answer: Name;
  readonly answerType?: string;
  readonly query?: z.core.$ZodType;
  readonly body?: Name;
  /** Everyone may ask, signed in or not. */
  readonly isOpen?: boolean;
}

const readQuery = z.strictObject({
  after: z.int().min(0).optional().describe('waits up to 25 s for another version than this one'),
});

/** The page's API by path and method, as its controllers have it. */
const OPERATIONS: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  '/api/site': { get: { does: 'What everyone may know', answer: 'site', isOpen: true } },
  '/api/me': { get: { does: 'Who is signed in', answer: 'me' } },
  '/api/approvals/{id}': {
    get: {
      does: 'A request as it is now, bound to the connections that it shows',
      answer: 'approval',
      query: readQuery,
    },
  },
  '/api/approvals/{id}/decision': {
    post: { does: 'Decides once, on exactly what was shown', answer: 'approval', body: 'decisionBody' },
  },
  '/api/grants': {
    get: { does: 'One page of what was asked and allowed, newest first', answer: 'grantPage', query: listQuery },
    delete: { does: 'Ends everything, or everything of one client', answer: 'endedGrants', query: endQuery },
  },
  '/api/grants/choices': {
    get: { does: 'The providers and clients that occur in what is kept', answer: 'grantChoices' },
  },
  '/api/grants/export': {
    get: {
      does: 'All of it, one line of JSON for each request',
      answer: 'exportedGrant',
      answerType: 'application/jsonl',
      query: exportQuery,
    },
  },
  '/api/grants/{id}': { delete: { does: 'Ends one', answer: 'endedGrants' } },
  '/api/integrations': {
    get: { does: 'The organization’s integrations and this person’s connections', answer: 'integrations' },
  },
  '/api/integrations/{slug}/connect': {
    post: { does: 'Where an account is linked', answer: 'nextUrl', body: 'connectBody' },
  },
  '/api/integrations/{slug}/connection': {
    delete: { does: 'Unlinks an account and ends what was approved with it', answer: 'endedGrants' },
  },
  '/logout': { post: { does: 'Signs out and ends what was approved in this browser session', answer: 'nextUrl' } },
};

/** OpenAPI 3.1 of the page's API, from the very schemas that read and write it. */
export function openApi(version: string): Json {
  const paths = Object.entries(OPERATIONS).map(([path, methods]) => {
    const written = Object.entries(methods).map(([method, operation]) => [
      method,
      operationOf(path, method, operation),
    ]);
    return [path, Object.fromEntries(written)] as const;
  });
  return {
    openapi: '3.1.0',
    info: { title: 'Countersign: the page’s API', version },
    paths: Object.fromEntries(paths),
    components: {
      schemas: Object.fromEntries(Object.entries(SCHEMAS).map(([name, schema]) => [name, schemaOf(schema)])),
      securitySchemes: { browserSession: { type: 'apiKey', in: 'cookie', name: '__Host-pipes_session' } },
    },
  };
}

function operationOf(path: string, method: string, operation: Operation): Json {
  const { does, answer, answerType = 'application/json', body, query, isOpen = false } = operation;
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) =>
    parameter('path', name as string, { type: 'string' }),
  );
  const csrf = method === 'get' ? [] : [parameter('header', 'X-CSRF-Token', { type: 'string' })];
  const parameters = [...inPath, ...csrf, ...(query ? queryParameters(query) : [])];
  return {
    summary: does,
    ...(isOpen ? {} : { security: [{ browserSession: [] }] }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body
      ? { requestBody: { required: true, content: { 'application/json': { schema: referenceTo(body) } } } }
      : {}),
    responses: {
      200: { description: does, content: { [answerType]: { schema: referenceTo(answer) } } },
      default: {
        description: 'RFC 9457, with a code of docs/errors.md',
        content: { 'application/problem+json': { schema: referenceTo('problem') } },
      },
    },
  };
}

function queryParameters(query: z.core.$ZodType): Json[] {
  const { properties = {}, required = [] } = schemaOf(query) as {
    properties?: Readonly<Record<string, Json>>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, schema]) => parameter('query', name, schema, required.includes(name)));
}

function parameter(place: 'path' | 'query' | 'header', name: string, schema: Json, required = true): Json {
  return { name, in: place, required, schema };
}

function referenceTo(name: Name): Json {
  return { $ref: `#/components/schemas/${name}` };
}

function schemaOf(schema: z.core.$ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'output' });
  return rest;
}
