import { foldedPaths } from '../folded-path.js';
import { type Rule, write } from '../rest.js';
import { withSecretParameters } from '../secret-parameters.js';
import { googleProvider, reads, UPLOAD_TYPES } from './google.js';

const BASE = 'https://www.googleapis.com/youtube/v3';

/** Things that are created, updated and deleted at one path: the id stands in the body or the query. */
function kept(name: string, title: string): readonly Rule[] {
  const path = `/youtube/v3/${name}`;
  return [
    write('POST', path, `Create ${title}`),
    write('PUT', path, `Update ${title}`),
    write('DELETE', path, `Delete ${title}`),
  ];
}

const definition = googleProvider({
  id: 'youtube',
  name: 'YouTube',
  hosts: ['youtube.googleapis.com', 'www.googleapis.com', 'youtubeanalytics.googleapis.com'],
  paths: [
    '/youtube/v3/**',
    '/upload/youtube/v3/**',
    '/resumable/upload/youtube/v3/**',
    '/v2/reports',
    '/v2/groups',
    '/v2/groupItems',
  ],
  callerHeaders: { 'content-type': UPLOAD_TYPES },
  rules: [
    ...reads({
      '/youtube/v3/search': 'Search YouTube',
      '/youtube/v3/videos': 'Read videos',
      '/youtube/v3/videos/getRating': 'Read how you rated videos',
      '/youtube/v3/channels': 'Read channels',
      '/youtube/v3/playlists': 'List playlists',
      '/youtube/v3/playlistItems': 'List the videos of a playlist',
      '/youtube/v3/commentThreads': 'List comments',
      '/youtube/v3/comments': 'List replies to a comment',
      '/youtube/v3/captions': 'List captions',
      '/youtube/v3/captions/{id}': 'Download captions',
      '/youtube/v3/subscriptions': 'List subscriptions',
      '/youtube/v3/**': 'Read from YouTube',
      '/v2/reports': 'Run a report',
      '/v2/groups': 'List groups of videos or channels',
      '/v2/groupItems': 'List the items of a group',
    }),

    ...kept('videos', 'a video'),
    write('POST', '/youtube/v3/videos/rate', 'Rate a video'),
    write('POST', '/youtube/v3/videos/reportAbuse', 'Report a video'),
    ...kept('playlists', 'a playlist'),
    write('POST', '/youtube/v3/playlistItems', 'Add a video to a playlist'),
    write('PUT', '/youtube/v3/playlistItems', 'Move a video in a playlist'),
    write('DELETE', '/youtube/v3/playlistItems', 'Remove a video from a playlist'),
    write('POST', '/youtube/v3/commentThreads', 'Comment on a video'),
    ...kept('comments', 'a comment'),
    write('POST', '/youtube/v3/comments/setModerationStatus', 'Moderate comments'),
    write('POST', '/youtube/v3/comments/markAsSpam', 'Mark comments as spam'),
    write('PUT', '/youtube/v3/channels', 'Update a channel'),
    ...kept('channelSections', 'a section of a channel'),
    ...kept('captions', 'captions'),
    write('POST', '/youtube/v3/subscriptions', 'Subscribe to a channel'),
    write('DELETE', '/youtube/v3/subscriptions', 'Delete a subscription'),
    ...kept('liveBroadcasts', 'a live broadcast'),
    write('POST', '/youtube/v3/liveBroadcasts/transition', 'Start or end a live broadcast'),
    write('POST', '/youtube/v3/liveBroadcasts/bind', 'Bind a live broadcast to a stream'),
    ...kept('liveStreams', 'a live stream'),
    write('POST', '/youtube/v3/liveChat/messages', 'Send a message to a live chat'),
    write('DELETE', '/youtube/v3/liveChat/messages', 'Delete a message of a live chat'),
    write('POST', '/youtube/v3/liveChat/bans', 'Ban someone from a live chat'),
    write('POST', '/youtube/v3/thumbnails/set', 'Change the thumbnail of a video'),
    write('POST', '/youtube/v3/watermarks/set', 'Change the watermark of a channel'),
    write('POST', '/youtube/v3/watermarks/unset', 'Remove the watermark of a channel'),
    write('POST', '/v2/groups', 'Create a group'),
    write('PUT', '/v2/groups', 'Update a group'),
    write('DELETE', '/v2/groups', 'Delete a group'),
    write('POST', '/v2/groupItems', 'Add an item to a group'),
    write('DELETE', '/v2/groupItems', 'Remove an item from a group'),
    write('POST', '/upload/youtube/v3/videos', 'Upload a video'),
    write('POST', '/upload/youtube/v3/captions', 'Upload captions'),
  ],
  reads: 'Search YouTube, and read your channel, videos, playlists, comments, subscriptions and reports.',
  writes: 'Upload, change and delete videos, playlists, comments and broadcasts, rate and subscribe as you.',
  instructions: `YouTube is at ${BASE}; part=… is required: GET videos?part=snippet&id=…, search?part=snippet&q=…, channels?part=snippet&mine=true. Updates are PUT with { id, snippet }, deletions DELETE …?id=…. Reports: GET https://youtubeanalytics.googleapis.com/v2/reports.`,
  examples: {
    read: { method: 'GET', url: `${BASE}/search?part=snippet&q=cats&maxResults=5` },
    write: {
      method: 'POST',
      url: `${BASE}/playlists?part=snippet`,
      body: { snippet: { title: '<title>' } },
    },
  },
});

/**
 * Paths and methods verified in Google's discovery documents of YouTube Data v3 and YouTube Analytics v2, where GET only reads;
 * `www.googleapis.com` is the Data API's host in its documentation (not in the discovery document). Slug: a guess.
 */
export const youtube = withSecretParameters(definition, (call) => {
  const { pathname, searchParams } = new URL(call.url);
  const parts = searchParams.getAll('part').join(',').toLowerCase();
  const isOfStreams = foldedPaths(pathname).some((path) => path.endsWith('/livestreams'));
  if (!isOfStreams || !/cdn|\*/.test(parts)) return null;
  return 'The part “cdn” holds the key of the stream. Leave it out, or ask the person to do that in YouTube.';
});
