import { randomUUID } from 'node:crypto';
import { buildSchema, GraphQLError, graphql } from 'graphql';
import { type ApiAnswer, type ApiRequest, jsonObject, type ProviderApi } from './provider-api.js';

interface Issue {
  id: string;
  identifier: string;
  title: string;
  description: string | null;
  priority: number;
  stateName: string;
  teamId: string;
  createdAt: string;
  updatedAt: string;
  archivedAt: string | null;
}

interface Team {
  id: string;
  key: string;
  name: string;
}

export interface LinearWorkspace {
  teams: Team[];
  issues: Issue[];
  nextNumber: number;
}

const SCHEMA = buildSchema(`
  scalar DateTime
  type User { id: ID!, name: String!, displayName: String!, email: String!, active: Boolean! }
  type WorkflowState { name: String! }
  type Team { id: ID!, key: String!, name: String!, issues(first: Int, after: String): IssueConnection! }
  type Issue { id: ID!, identifier: String!, title: String!, description: String, priority: Float!, url: String!,
    state: WorkflowState!, team: Team!, createdAt: DateTime!, updatedAt: DateTime!, archivedAt: DateTime }
  type PageInfo { hasNextPage: Boolean!, endCursor: String }
  type IssueConnection { nodes: [Issue!]!, pageInfo: PageInfo! }
  type TeamConnection { nodes: [Team!]!, pageInfo: PageInfo! }
  type IssuePayload { success: Boolean!, lastSyncId: Float!, issue: Issue }
  type IssueArchivePayload { success: Boolean!, lastSyncId: Float!, entity: Issue }
  input IssueCreateInput { title: String!, teamId: String!, description: String, priority: Int }
  input IssueUpdateInput { title: String, description: String, priority: Int, stateName: String }
  type Query {
    viewer: User!
    teams(first: Int, after: String): TeamConnection!
    team(id: String!): Team!
    issues(first: Int, after: String, includeArchived: Boolean): IssueConnection!
    issue(id: String!): Issue!
  }
  type Mutation {
    issueCreate(input: IssueCreateInput!): IssuePayload!
    issueUpdate(id: String!, input: IssueUpdateInput!): IssuePayload!
    issueDelete(id: String!): IssueArchivePayload!
    issueArchive(id: String!): IssueArchivePayload!
  }
`);

type Page = { first?: number; after?: string };

function newWorkspace(): LinearWorkspace {
  const team = { id: randomUUID(), key: 'ENG', name: 'Engineering' };
  const at = '2026-03-02T08:00:00.000Z';
  const issue = (number: number, title: string, stateName: string): Issue => ({
    id: randomUUID(),
    identifier: `ENG-${number}`,
    title,
    description: null,
    priority: 2,
    stateName,
    teamId: team.id,
    createdAt: at,
    updatedAt: at,
    archivedAt: null,
  });
  const issues = [
    issue(1, 'Export fails for empty reports', 'In Progress'),
    issue(2, 'Rotate the staging certificates', 'Todo'),
  ];
  return { teams: [team], issues, nextNumber: 3 };
}

function notFound(kind: string): never {
  throw new GraphQLError(`Entity not found: ${kind}`, {
    extensions: { code: 'INPUT_ERROR', type: 'invalid input', userError: true },
  });
}

const connection = <T extends { id: string }>(all: readonly T[], { first = 50, after }: Page) => {
  const start = after === undefined ? 0 : all.findIndex((one) => one.id === after) + 1;
  const nodes = all.slice(start, start + first);
  return { nodes, pageInfo: { hasNextPage: start + first < all.length, endCursor: nodes.at(-1)?.id ?? null } };
};

function roots(request: ApiRequest, workspace: LinearWorkspace) {
  const teamView = (team: Team) => ({
    ...team,
    issues: (page: Page) => connection(workspace.issues.filter((one) => one.teamId === team.id).map(issueView), page),
  });
  const issueView = (issue: Issue): Record<string, unknown> & { id: string } => ({
    ...issue,
    url: `https://linear.app/sandbox/issue/${issue.identifier}`,
    state: { name: issue.stateName },
    team: () => teamView(team(issue.teamId)),
  });
  const team = (id: string) => workspace.teams.find((one) => one.id === id || one.key === id) ?? notFound('Team');
  const issue = (id: string) =>
    workspace.issues.find((one) => one.id === id || one.identifier === id) ?? notFound('Issue');
  const payload = (changed: Issue) => ({
    success: true,
    lastSyncId: workspace.nextNumber,
    issue: issueView(changed),
    entity: issueView(changed),
  });
  const archive = ({ id }: { id: string }) => {
    const found = issue(id);
    found.archivedAt = new Date().toISOString();
    return payload(found);
  };
  return {
    viewer: () => ({ ...request.person, displayName: request.person.name, active: true }),
    teams: (page: Page) => connection(workspace.teams.map(teamView), page),
    team: ({ id }: { id: string }) => teamView(team(id)),
    issues: ({ includeArchived, ...page }: Page & { includeArchived?: boolean }) =>
      connection(workspace.issues.filter((one) => includeArchived || one.archivedAt === null).map(issueView), page),
    issue: ({ id }: { id: string }) => issueView(issue(id)),
    issueCreate: ({ input }: { input: { title: string; teamId: string; description?: string; priority?: number } }) => {
      const owner = team(input.teamId);
      const now = new Date().toISOString();
      const created: Issue = {
        id: randomUUID(),
        identifier: `${owner.key}-${workspace.nextNumber}`,
        title: input.title,
        description: input.description ?? null,
        priority: input.priority ?? 0,
        stateName: 'Todo',
        teamId: owner.id,
        createdAt: now,
        updatedAt: now,
        archivedAt: null,
      };
      workspace.nextNumber += 1;
      workspace.issues.push(created);
      return payload(created);
    },
    issueUpdate: ({ id, input }: { id: string; input: Partial<Issue> }) =>
      payload(Object.assign(issue(id), input, { updatedAt: new Date().toISOString() })),
    issueDelete: archive,
    issueArchive: archive,
  };
}

async function answer(request: ApiRequest, workspace: LinearWorkspace): Promise<ApiAnswer> {
  if (request.url.pathname !== '/graphql') return { status: 404, body: { error: 'Not found' } };
  const body = request.method === 'POST' ? jsonObject(request.body) : null;
  if (typeof body?.query !== 'string') {
    return {
      status: 400,
      body: { errors: [{ message: 'POST body missing, invalid Content-Type, or JSON object has no keys.' }] },
    };
  }
  const { variables, operationName } = body;
  const result = await graphql({
    schema: SCHEMA,
    source: body.query,
    rootValue: roots(request, workspace),
    variableValues: typeof variables === 'object' ? (variables as Record<string, unknown> | null) : null,
    operationName: typeof operationName === 'string' ? operationName : null,
  });
  return { status: result.data === undefined ? 400 : 200, body: result };
}

export const linearApi: ProviderApi<LinearWorkspace> = {
  slug: 'linear',
  host: 'api.linear.app',
  newWorkspace,
  answer,
  refusal: (status) => ({
    errors: [
      status === 401
        ? {
            message: 'Authentication required, not authenticated',
            extensions: { type: 'authentication error', code: 'AUTHENTICATION_ERROR' },
          }
        : status === 429
          ? { message: 'Rate limit exceeded', extensions: { type: 'ratelimited', code: 'RATELIMITED' } }
          : { message: 'Internal server error', extensions: { type: 'internal error', code: 'INTERNAL_SERVER_ERROR' } },
    ],
  }),
};
