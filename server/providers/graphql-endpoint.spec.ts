import type { CallInput } from './call.js';
import { defineProvider } from './define-provider.js';
import { graphqlEndpoint } from './graphql-endpoint.js';
import { ProviderRegistry } from './provider-registry.js';
import { SecretAnswer } from './secret-answer.js';

const URL = 'https://api.acme.example/graphql';
const call = (query: string): CallInput => ({ method: 'POST', url: URL, body: { query } });

const registry = new ProviderRegistry([
  defineProvider({
    id: 'acme',
    name: 'Acme',
    hosts: ['api.acme.example'],
    endpoints: [
      graphqlEndpoint('/graphql', {
        neverCallable: /^(?:apiKeyCreate|\w+RotateSecret)$/,
        secretFields: ['cloneToken', 'variables.value', 'Variable.value'],
      }),
    ],
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

describe('I26: a field whose value is a secret can be asked for nowhere in a document', () => {
  const refusal = (query: string): SecretAnswer => {
    try {
      registry.judge(call(query));
    } catch (error) {
      if (error instanceof SecretAnswer) return error;
      throw error;
    }
    throw new Error('It was not refused.');
  };

  it.each([
    ['a read', '{ repository { cloneToken } }', 'cloneToken', 'read'],
    ['a write', 'mutation { repositoryCreate { repository { cloneToken } } }', 'cloneToken', 'write'],
    ['an alias', '{ repository { name: cloneToken } }', 'cloneToken', 'read'],
    [
      'a fragment',
      '{ repository { ...A } } fragment A on R { ...B } fragment B on R { cloneToken }',
      'cloneToken',
      'read',
    ],
    [
      'a fragment within',
      '{ repository { ... on R { cloneToken } ... @include(if: true) { id } } }',
      'cloneToken',
      'read',
    ],
    ['a fragment that nothing uses', '{ me { id } } fragment A on R { cloneToken }', 'cloneToken', 'read'],
    [
      'fragments in a circle',
      '{ a { ...A } } fragment A on R { b { ...B } } fragment B on R { ...A cloneToken }',
      'cloneToken',
      'read',
    ],
    ['a field below another one', '{ project { variables { nodes { x: value } } } }', 'value', 'read'],
    ['an alias above it', '{ project { a: variables { edges { node { value } } } } }', 'value', 'read'],
    ['a fragment below it', '{ project { variables { nodes { ...V } } } } fragment V on W { value }', 'value', 'read'],
    ['a type that is named', '{ node(id: 1) { ... on Variable { value } } }', 'value', 'read'],
    [
      'a fragment on the type',
      '{ node(id: 1) { ...V } } fragment V on Variable { ...X } fragment X on Y { value }',
      'value',
      'read',
    ],
  ])('%s: %s', (_what, query, field, level) => {
    expect(refusal(query)).toMatchObject({
      code: 'call_not_allowed',
      message: expect.stringMatching(new RegExp(`“${field}”.* Leave it out`)),
      details: { field },
      verdict: { level },
    });
  });

  it.each([
    '{ measure { value } }',
    '{ project { variables { nodes { key } } settings { value } } }',
    '{ project { value: key } }',
    '{ cloneToken: repository { id } }',
    '{ ...V } fragment V on Query { settings { value } }',
    '{ find(variables: { value: 1 }, cloneToken: "x") { id } }',
  ])('what only has a name like it may be asked for: %s', (query) => {
    expect(registry.judge(call(query)).verdict.level).toBe('read');
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
