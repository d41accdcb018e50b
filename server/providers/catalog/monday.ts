import { defineProvider } from '../define-provider.js';
import { graphqlEndpoint } from '../graphql-endpoint.js';

const URL = 'https://api.monday.com/v2';

/**
 * Host, path, version header and the token without “Bearer” verified in monday's JavaScript SDK. Files are uploaded by multipart at
 * /v2/file, which is left out: such a body cannot be shown as text. The slug is a guess.
 */
export const monday = defineProvider({
  id: 'monday',
  name: 'monday.com',
  hosts: ['api.monday.com'],
  methods: ['POST'],
  headers: { 'api-version': '2026-01' },
  callerHeaders: { 'api-version': ['2026-01', '2025-10', '2025-07'] },
  credential: (token) => ['authorization', token],
  endpoints: [graphqlEndpoint('/v2')],
  reads: 'Read boards, items, updates, docs and people of your monday.com account.',
  writes: 'Create, change, archive and delete boards, items, columns and updates as you.',
  instructions: `monday.com is one GraphQL endpoint: POST ${URL} with { query, variables?, operationName? } and exactly one operation in the document. Queries are reads, mutations are writes. Column values are JSON in a string: change_multiple_column_values(column_values: "{\\"status\\":{\\"label\\":\\"Done\\"}}"). Queries cost complexity: ask for few fields and page with items_page(limit, cursor). API-Version is 2026-01 unless you pass another.`,
  examples: {
    read: { method: 'POST', url: URL, body: { query: '{ boards(limit: 10) { id name } }' } },
    write: {
      method: 'POST',
      url: URL,
      body: {
        query: 'mutation($board: ID!, $name: String!) { create_item(board_id: $board, item_name: $name) { id } }',
        variables: { board: '<board id>', name: '<name>' },
      },
    },
  },
});
