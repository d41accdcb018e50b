import { write } from '../rest.js';
import { googleProvider, reads } from './google.js';

const BASE = 'https://meet.googleapis.com/v2';
const SPACE = '/v2/spaces/{id}';
const RECORD = '/v2/conferenceRecords/{id}';

/** Host, paths and methods verified in Google's discovery document of Meet v2, where GET only reads. Slug: a guess. */
export const googleMeet = googleProvider({
  id: 'google-meet',
  name: 'Google Meet',
  hosts: ['meet.googleapis.com'],
  paths: ['/v2/**'],
  rules: [
    ...reads({
      [SPACE]: 'Read a meeting space',
      [`${SPACE}/members`]: 'List the members of a meeting space',
      [`${SPACE}/members/{member}`]: 'Read a member of a meeting space',
      '/v2/conferenceRecords': 'List past meetings',
      [RECORD]: 'Read a past meeting',
      [`${RECORD}/participants`]: 'List who was in a meeting',
      [`${RECORD}/recordings`]: 'List recordings',
      [`${RECORD}/transcripts`]: 'List transcripts',
      [`${RECORD}/transcripts/{transcript}/entries`]: 'Read a transcript',
      [`${RECORD}/**`]: 'Read a part of a past meeting',
    }),
    write('POST', '/v2/spaces', 'Create a meeting space'),
    write('PATCH', SPACE, 'Update a meeting space'),
    write('POST', `${SPACE}:endActiveConference`, 'End a running meeting'),
    write('POST', `${SPACE}/members`, 'Add a member to a meeting space'),
    write('POST', `${SPACE}/members:batchUpdate`, 'Change the members of a meeting space'),
    write('PATCH', `${SPACE}/members/{member}`, 'Update a member of a meeting space'),
    write('DELETE', `${SPACE}/members/{member}`, 'Remove a member from a meeting space'),
  ],
  reads: 'See meeting spaces, past meetings, who was there, recordings and transcripts.',
  writes: 'Create and change meeting spaces, change their members and end a running meeting.',
  instructions: `Meet is at ${BASE}. Past meetings: GET conferenceRecords?filter=…; then conferenceRecords/{id}/participants, recordings, transcripts/{id}/entries. Recordings themselves are files in Google Drive.`,
  examples: {
    read: { method: 'GET', url: `${BASE}/conferenceRecords?pageSize=10` },
    write: { method: 'POST', url: `${BASE}/spaces`, body: { config: { accessType: 'TRUSTED' } } },
  },
});
