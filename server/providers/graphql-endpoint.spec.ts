import type { CallInput } from './call.js';
import { defineProvider } from './define-provider.js';
import { graphqlEndpoint } from './graphql-endpoint.js';
import { ProviderRegistry } from './provider-registry.js';

const URL = 'https://api.acme.example/graphql';
const call = (query: string): CallInput => ({ method: 'POST', url: URL, body: { query } });

const registry = new ProviderRegistry([
  defineProvider({
    id: 'acme',
    name: 'Acme',
    hosts: ['api.acme.example'],
    endpoints: [graphqlEndpoint('/graphql', { neverCallable: /^(?:apiKeyCreate|\w+RotateSecret)$/ })],
    reads: 'Read.',
    writes: 'Write.',
    instructions: 'Acme is one GraphQL endpoint.',
    examples: { read: call('{ me { id } }'), write: call('mutation { thingDelete(id: 1) { ok } }') },
  }),
]);

describe('I26: mutations that hand out credentials are never callable', () => {
  it.each([
    'mutation { apiKeyCreate(label: "a") { token } }',
    'mutation { harmless: webhookRotateSecret(id: 1) { secret } }',
    'mutation { thingDelete(id: 1) { ok } apiKeyCreate { token } }',
    'mutation { ...F } fragment F on Mutation { apiKeyCreate { token } }',
    'mutation { ... on Mutation { apiKeyCreate { token } } }',
  ])('%s', (query) => {
    expect(() => registry.judge(call(query))).toThrow(/credentials and can never be called/);
  });

  it.each([
    ['mutation { apiKeyCreated: thingDelete(id: 1) { ok } }', 'write'],
    ['mutation { thingDelete(id: 1) { apiKeyCreate } }', 'write'],
    ['query { apiKeyCreate { id } }', 'read'],
  ])('%s is a %s', (query, level) => {
    expect(registry.judge(call(query)).verdict.level).toBe(level);
  });
});

describe('what a mutation does, from its name', () => {
  it.each([
    ['issueLabelCreate', 'Create an issue label in Acme'],
    ['createIssueLabel', 'Create an issue label in Acme'],
    ['create_update', 'Create an update in Acme'],
    ['delete_update', 'Delete an update in Acme'],
    ['deleteProjectV2StatusUpdate', 'Delete a project v2 status update in Acme'],
    ['change_column_value', 'Change a column value in Acme'],
    ['requestReviews', 'Request reviews in Acme'],
    ['frobnicate', 'Run the mutation frobnicate in Acme'],
  ])('%s: %s', (field, title) => {
    expect(registry.judge(call(`mutation { ${field} { ok } }`)).description.title).toBe(title);
  });
});
