import { DomainError } from '../../kernel/domain-error.js';
import type { Call, Description, Verdict } from '../call.js';
import { isRecord, jsonBodyOf } from '../call-body.js';
import { defineProvider } from '../define-provider.js';
import { knownDescription, unknownDescription } from '../description.js';
import type { Endpoint } from '../endpoint.js';
import { foldedPaths } from '../folded-path.js';
import { carriesCredential, parameterNames } from '../forbidden-names.js';
import type { Resource } from '../resource.js';
import { SecretAnswer, secretReadRefusal } from '../secret-answer.js';

const BASE = 'https://slack.com/api';

/** Slack's naming: what the last word of a method says when the method only reads. */
const READ_WORDS: ReadonlySet<string> = new Set('get history info list lookup members replies search'.split(' '));
/** `getPresence`, `listChannels`, `lookupByEmail`. */
const READ_PREFIX = /^(?:get|list|lookup)(?=[A-Z])/;
/** What makes or hands out something by the way, in any case. */
const MORE_THAN_READS = /create|credential|open|secret|token|upload/i;
/** Methods that only read and are named otherwise. */
const READS: ReadonlySet<string> = new Set([
  'api.test',
  'apps.manifest.export',
  'apps.manifest.validate',
  'assistant.search.context',
  'auth.test',
  'blocks.validate',
  'dnd.teamInfo',
  'openid.connect.userInfo',
  'search.all',
  'search.files',
  'search.messages',
  'team.accessLogs',
  'team.billableInfo',
  'team.integrationLogs',
  'users.conversations',
  'users.identity',
]);

/** Arguments that name what a method is about. */
const RESOURCES: ReadonlySet<string> = new Set(['channel', 'file', 'reminder', 'user', 'usergroup']);

const TITLES: Readonly<Record<string, string>> = {
  'auth.test': 'Read who the connection belongs to',
  'bookmarks.add': 'Add a bookmark to a channel',
  'bookmarks.remove': 'Remove a bookmark from a channel',
  'canvases.create': 'Create a canvas',
  'canvases.delete': 'Delete a canvas',
  'canvases.edit': 'Change a canvas',
  'chat.delete': 'Delete a message',
  'chat.deleteScheduledMessage': 'Delete a scheduled message',
  'chat.getPermalink': 'Read the address of a message',
  'chat.meMessage': 'Send a message',
  'chat.postEphemeral': 'Send a message that one person sees',
  'chat.postMessage': 'Send a message',
  'chat.scheduleMessage': 'Schedule a message',
  'chat.update': 'Change a message',
  'conversations.archive': 'Archive a channel',
  'conversations.create': 'Create a channel',
  'conversations.history': 'Read the messages of a channel',
  'conversations.info': 'Read a channel',
  'conversations.invite': 'Invite people to a channel',
  'conversations.join': 'Join a channel',
  'conversations.kick': 'Remove a person from a channel',
  'conversations.leave': 'Leave a channel',
  'conversations.list': 'List channels',
  'conversations.members': 'List the members of a channel',
  'conversations.open': 'Open a direct message',
  'conversations.rename': 'Rename a channel',
  'conversations.replies': 'Read a thread',
  'conversations.setPurpose': 'Set the purpose of a channel',
  'conversations.setTopic': 'Set the topic of a channel',
  'conversations.unarchive': 'Unarchive a channel',
  'dnd.setSnooze': 'Snooze notifications',
  'emoji.list': 'List emoji',
  'files.delete': 'Delete a file',
  'files.info': 'Read the details of a file',
  'files.list': 'List files',
  'files.sharedPublicURL': 'Share a file with everyone on the internet',
  'pins.add': 'Pin a message',
  'pins.remove': 'Remove a pin',
  'reactions.add': 'Add a reaction',
  'reactions.get': 'Read the reactions to a message',
  'reactions.remove': 'Remove a reaction',
  'reminders.add': 'Create a reminder',
  'reminders.delete': 'Delete a reminder',
  'search.messages': 'Search messages',
  'team.info': 'Read the workspace',
  'usergroups.create': 'Create a user group',
  'usergroups.list': 'List user groups',
  'usergroups.update': 'Update a user group',
  'usergroups.users.update': 'Replace the members of a user group',
  'users.conversations': 'List the channels of a person',
  'users.info': 'Read a person',
  'users.list': 'List people',
  'users.lookupByEmail': 'Find a person by email',
  'users.profile.set': 'Change a profile',
  'users.setPresence': 'Set the presence',
  'views.publish': 'Publish a home tab',
};

/**
 * Slack looks at the name of the method alone: a GET of chat.postMessage sends the message. So do we. Names verified in Slack's
 * specification and its Web API client; the naming rule was checked against all of them. Not verified: that a method which is
 * younger than both keeps to it. Files at files.slack.com are left out, and so are GovSlack's hosts.
 */
export const slack = defineProvider({
  id: 'slack',
  name: 'Slack',
  hosts: ['slack.com', 'www.slack.com'],
  methods: ['GET', 'POST'],
  neverCallable: [
    '/api/apps.auth.external.delete',
    '/api/apps.connections.open',
    '/api/apps.manifest.create',
    '/api/auth.revoke',
    '/api/oauth.{method}',
    '/api/openid.connect.token',
    '/api/rtm.{method}',
    '/api/tooling.tokens.{method}',
  ],
  contentType: 'application/json; charset=utf-8',
  callerHeaders: { 'content-type': ['application/json; charset=utf-8', 'application/x-www-form-urlencoded'] },
  endpoints: [slackMethod()],
  reads: 'Read and search the messages, channels, files and people that you can see in Slack.',
  writes: 'Send, change and delete messages, and change channels, files, user groups and profiles as you.',
  instructions: `Slack's API is at ${BASE}/{method}. Its verb means nothing, the name of the method decides: *.list, *.info, *.history, *.replies and search.* read, everything else writes. Pass the arguments of a read in the query, by GET: Slack takes no JSON there. Pass those of a write as a JSON body by POST. Never pass a token. An answer with status 200 and "ok": false has failed.`,
  examples: {
    read: { method: 'GET', url: `${BASE}/conversations.history?channel=C0123&limit=20` },
    write: { method: 'POST', url: `${BASE}/chat.postMessage`, body: { channel: 'C0123', text: '<text>' } },
  },
});

function slackMethod(): Endpoint {
  return { path: '/api/{method}', classify, describe };
}

function classify(call: Call): Verdict {
  refuseToken(call);
  const operation = methodOf(call);
  const verdict: Verdict = onlyReads(operation)
    ? { level: 'read', reason: `${operation} only reads, whatever the verb`, operation }
    : { level: 'write', reason: `${operation} is not among the methods that only read`, operation };
  // By either verb, so that it stands here and not among the GETs.
  if (foldedPaths(new URL(call.url).pathname).includes('/api/apps.auth.external.get')) {
    throw new SecretAnswer(secretReadRefusal('Slack'), verdict);
  }
  return verdict;
}

function onlyReads(method: string): boolean {
  const last = method.split('.').at(-1) ?? '';
  const isNamedRead = READ_PREFIX.test(last) && !MORE_THAN_READS.test(last);
  return method.includes('.') && (READS.has(method) || READ_WORDS.has(last) || isNamedRead);
}

function describe(call: Call, providerName: string): Description {
  const title = TITLES[methodOf(call)];
  const described =
    title === undefined ? unknownDescription(call, providerName) : knownDescription(title, providerName);
  return { ...described, resources: resourcesOf(call) };
}

/** Slack names things by arguments, in the query or in the body. */
function resourcesOf(call: Call): readonly Resource[] {
  const body = jsonBodyOf(call);
  const named = [...new URL(call.url).searchParams, ...(isRecord(body) ? Object.entries(body) : [])];
  return named.flatMap(([kind, id]) => (RESOURCES.has(kind) && typeof id === 'string' ? [{ kind, id }] : []));
}

function methodOf(call: Call): string {
  return new URL(call.url).pathname.slice('/api/'.length);
}

/** Slack would take another token from the body, and act as somebody else. */
function refuseToken(call: Call): void {
  const json = jsonBodyOf(call);
  const text = json === undefined && call.body !== null ? new TextDecoder().decode(call.body) : '';
  const name = [...(isRecord(json) ? Object.keys(json) : []), ...parameterNames(text)].find(carriesCredential);
  if (name === undefined) return;
  const message = `The body field “${name}” carries a credential. Leave it out: the user's own token is added when the call is sent.`;
  throw new DomainError('call_not_allowed', message, { field: name });
}
