import { defineProvider } from '../define-provider.js';
import { graphqlEndpoint } from '../graphql-endpoint.js';

const URL = 'https://api.linear.app/graphql';

/** Signing in, API keys, and the secrets of OAuth applications and webhooks. */
const CREDENTIALS =
  /^(?:apiKey\w*|emailTokenUserAccountAuth|googleUserAccountAuth|oauth\w*|passkey\w*|saml\w*|\w*RotateSecret|\w*RotateWebhookSecret)$/i;

/** Of webhooks, OAuth applications, integrations and sign-ins: no other field of the schema has these names. */
const SECRETS = ['secret', 'clientSecret', 'webhookSecret', 'token'];

/**
 * Host, path, POST and the names of mutations verified in Linear's SDK; OAuth tokens go as Bearer. Not verified: that personal API keys
 * would go bare.
 */
export const linear = defineProvider({
  id: 'linear',
  name: 'Linear',
  hosts: ['api.linear.app'],
  methods: ['POST'],
  endpoints: [graphqlEndpoint('/graphql', { neverCallable: CREDENTIALS, secretFields: SECRETS })],
  reads: 'Read issues, projects, comments and people of your Linear workspace.',
  writes: 'Create, change, archive and delete issues, projects and comments as you.',
  instructions: `Linear is one GraphQL endpoint: POST ${URL} with { query, variables?, operationName? } and exactly one operation in the document. Queries are reads, mutations are writes. Subscriptions, batches and stored documents are refused, and so are mutations of API keys, OAuth applications and secrets.`,
  examples: {
    read: { method: 'POST', url: URL, body: { query: '{ issues(first: 10) { nodes { id identifier title } } }' } },
    write: {
      method: 'POST',
      url: URL,
      body: {
        query: 'mutation($input: IssueCreateInput!) { issueCreate(input: $input) { success issue { id url } } }',
        variables: { input: { teamId: '<team id>', title: '<title>' } },
      },
    },
  },
});
