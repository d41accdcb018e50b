import { defineProvider } from '../define-provider.js';
import { read, write } from '../rest.js';

const BASE = 'https://discord.com/api/v10';
const API = '/api/v10';

const TOKEN_IN_PATH =
  'The path of this call carries a token, which is a credential. Use the path without it: the user’s own connection is added when the call is sent.';

const WEBHOOK = 'Its answer has the token of the webhook. Ask a person to do that in Discord.';

/**
 * Host, version and paths verified in Discord's OpenAPI description, where GET only reads. Connections are people's OAuth tokens, so
 * Bearer; a bot's token would go as `Bot`, which is not offered. Most of the API answers bots alone. The slug is a guess.
 */
export const discord = defineProvider({
  id: 'discord',
  name: 'Discord',
  hosts: ['discord.com'],
  neverCallable: [
    `${API}/oauth2/token`,
    `${API}/oauth2/token/**`,
    `${API}/oauth2/authorize`,
    `${API}/partner-sdk/token`,
    `${API}/partner-sdk/token/**`,
    `${API}/partner-sdk/provisional-accounts/**`,
  ],
  secretReads: [
    `${API}/webhooks/{id}`,
    `${API}/channels/{id}/webhooks`,
    `${API}/guilds/{id}/webhooks`,
    // Here the path has the token, and the answer too.
    `${API}/webhooks/{id}/{token}`,
    `${API}/webhooks/{id}/{token}/messages/{message}`,
  ],
  refused: [
    { method: 'POST', path: `${API}/channels/{id}/webhooks`, why: WEBHOOK },
    { method: 'PATCH', path: `${API}/webhooks/{id}`, why: WEBHOOK },
    { path: `${API}/webhooks/{id}/{token}`, why: TOKEN_IN_PATH },
    { path: `${API}/webhooks/{id}/{token}/**`, why: TOKEN_IN_PATH },
    { path: `${API}/interactions/{id}/{token}/**`, why: TOKEN_IN_PATH },
  ],
  rules: [
    read('GET', `${API}/users/@me`, 'Read who the connection belongs to'),
    read('GET', `${API}/users/@me/guilds`, 'List servers'),
    read('GET', `${API}/users/@me/connections`, 'List linked accounts'),
    read('GET', `${API}/guilds/{id}`, 'Read a server'),
    read('GET', `${API}/guilds/{id}/channels`, 'List the channels of a server'),
    read('GET', `${API}/guilds/{id}/members`, 'List the members of a server'),
    read('GET', `${API}/guilds/{id}/roles`, 'List the roles of a server'),
    read('GET', `${API}/guilds/{id}/messages/search`, 'Search messages'),
    read('GET', `${API}/channels/{id}`, 'Read a channel'),
    read('GET', `${API}/channels/{id}/messages`, 'Read the messages of a channel'),
    read('GET', `${API}/channels/{id}/messages/{message}`, 'Read a message'),
    read('GET', `${API}/**`, 'Read data', { because: 'GET only reads in this API' }),

    write('POST', `${API}/channels/{id}/messages`, 'Send a message'),
    write('PATCH', `${API}/channels/{id}/messages/{message}`, 'Change a message'),
    write('DELETE', `${API}/channels/{id}/messages/{message}`, 'Delete a message'),
    write('POST', `${API}/channels/{id}/messages/bulk-delete`, 'Delete messages in bulk'),
    write('PUT', `${API}/channels/{id}/messages/{message}/reactions/{emoji}/@me`, 'Add a reaction'),
    write('DELETE', `${API}/channels/{id}/messages/{message}/reactions/{emoji}/@me`, 'Remove a reaction'),
    write('DELETE', `${API}/channels/{id}/messages/{message}/reactions`, 'Remove every reaction to a message'),
    write('PUT', `${API}/channels/{id}/messages/pins/{message}`, 'Pin a message'),
    write('DELETE', `${API}/channels/{id}/messages/pins/{message}`, 'Remove a pin'),
    write('POST', `${API}/channels/{id}/threads`, 'Start a thread'),
    write('POST', `${API}/channels/{id}/invites`, 'Create an invite'),
    write('PATCH', `${API}/channels/{id}`, 'Update a channel'),
    write('DELETE', `${API}/channels/{id}`, 'Delete a channel'),
    write('POST', `${API}/guilds/{id}/channels`, 'Create a channel'),
    write('PATCH', `${API}/guilds/{id}`, 'Update a server'),
    write('DELETE', `${API}/guilds/{id}/members/{user}`, 'Remove a member from a server'),
    write('PUT', `${API}/guilds/{id}/bans/{user}`, 'Ban a person from a server'),
    write('POST', `${API}/guilds/{id}/bulk-ban`, 'Ban people in bulk'),
    write('POST', `${API}/guilds/{id}/prune`, 'Remove inactive members'),
    write('PUT', `${API}/guilds/{id}/members/{user}/roles/{role}`, 'Give a role to a member'),
    write('DELETE', `${API}/guilds/{id}/members/{user}/roles/{role}`, 'Remove a role from a member'),
    write('POST', `${API}/guilds/{id}/roles`, 'Create a role'),
    write('DELETE', `${API}/guilds/{id}/roles/{role}`, 'Delete a role'),
    write('DELETE', `${API}/webhooks/{id}`, 'Delete a webhook'),
    write('DELETE', `${API}/invites/{code}`, 'Delete an invite'),
    write('DELETE', `${API}/users/@me/guilds/{id}`, 'Leave a server'),
  ],
  reads: 'Read your Discord profile and servers, and the channels, messages and members that the connection can see.',
  writes: 'Send, change and delete messages, and change channels, roles and members of your servers.',
  instructions: `Discord's API is at ${BASE}, with JSON bodies. Ids are snowflakes in strings. What a person's connection may see depends on its scopes: users/@me, users/@me/guilds and users/@me/guilds/{id}/member are usual; much else answers bots alone. Emoji in a path are percent-encoded. Paths with a webhook's or interaction's token are refused, and so are calls that answer with webhooks.`,
  examples: {
    read: { method: 'GET', url: `${BASE}/users/@me/guilds` },
    write: { method: 'POST', url: `${BASE}/channels/1180000000000000001/messages`, body: { content: '<text>' } },
  },
});
