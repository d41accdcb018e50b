import { read, write } from '../rest.js';
import { googleProvider, reads, WATCH } from './google.js';

const BASE = 'https://www.googleapis.com/calendar/v3';
const CALENDAR = '/calendar/v3/calendars/{calendar}';
const EVENTS = `${CALENDAR}/events`;
const LIST = '/calendar/v3/users/me/calendarList';

/**
 * Host, paths and methods verified in Google's discovery document of Calendar v3. GET only reads; the watching calls accept
 * read-only scopes and are no reads. Slug: seen in third-party code.
 */
export const googleCalendar = googleProvider({
  id: 'google-calendar',
  name: 'Google Calendar',
  hosts: ['www.googleapis.com'],
  paths: ['/calendar/v3/**'],
  rules: [
    read('POST', '/calendar/v3/freeBusy', 'Look up who is free and who is busy', { because: 'it only looks up times' }),
    ...reads({
      [EVENTS]: 'List events',
      [`${EVENTS}/{event}`]: 'Read an event',
      [`${EVENTS}/{event}/instances`]: 'List the instances of a recurring event',
      [`${CALENDAR}/acl`]: 'List who may see a calendar',
      [CALENDAR]: 'Read a calendar',
      [LIST]: 'List calendars',
      '/calendar/v3/users/me/settings': 'List settings',
      '/calendar/v3/colors': 'List colours',
      '/calendar/v3/**': 'Read from the calendar',
    }),

    write('POST', EVENTS, 'Create an event'),
    write('POST', `${EVENTS}/quickAdd`, 'Create an event from a text'),
    write('POST', `${EVENTS}/import`, 'Import an event'),
    write('POST', `${EVENTS}/watch`, 'Watch events', WATCH),
    write('PATCH', `${EVENTS}/{event}`, 'Update an event'),
    write('PUT', `${EVENTS}/{event}`, 'Replace an event'),
    write('DELETE', `${EVENTS}/{event}`, 'Delete an event'),
    write('POST', `${EVENTS}/{event}/move`, 'Move an event to another calendar'),
    write('POST', '/calendar/v3/calendars', 'Create a calendar'),
    write('PATCH', CALENDAR, 'Update a calendar'),
    write('PUT', CALENDAR, 'Replace a calendar'),
    write('DELETE', CALENDAR, 'Delete a calendar'),
    write('POST', `${CALENDAR}/clear`, 'Clear a calendar of all events'),
    write('POST', `${CALENDAR}/transferOwnership`, 'Give a calendar to someone else'),
    write('POST', `${CALENDAR}/acl`, 'Share a calendar'),
    write('POST', `${CALENDAR}/acl/watch`, 'Watch who may see a calendar', WATCH),
    write('PATCH', `${CALENDAR}/acl/{rule}`, 'Change who may see a calendar'),
    write('PUT', `${CALENDAR}/acl/{rule}`, 'Change who may see a calendar'),
    write('DELETE', `${CALENDAR}/acl/{rule}`, 'Remove someone from a calendar'),
    write('POST', LIST, 'Add a calendar to the list'),
    write('POST', `${LIST}/watch`, 'Watch the list of calendars', WATCH),
    write('DELETE', `${LIST}/{calendar}`, 'Remove a calendar from the list'),
    write('POST', '/calendar/v3/users/me/settings/watch', 'Watch settings', WATCH),
    write('POST', '/calendar/v3/channels/stop', 'Stop watching', { because: 'it ends a channel of notifications' }),
  ],
  reads: 'See your calendars, events, who is free, and who may see a calendar.',
  writes: 'Create, change, move and delete events and calendars, invite people and share calendars.',
  instructions: `Calendar is at ${BASE}; your own calendar is "primary". Events: GET calendars/primary/events?timeMin=…&timeMax=…&singleEvents=true&orderBy=startTime with RFC 3339 times. Free and busy: POST freeBusy. Guests get mail only with sendUpdates=all.`,
  examples: {
    read: {
      method: 'POST',
      url: `${BASE}/freeBusy`,
      body: { timeMin: '<time>', timeMax: '<time>', items: [{ id: 'primary' }] },
    },
    write: {
      method: 'POST',
      url: `${BASE}/calendars/primary/events`,
      body: { summary: '<title>', start: { dateTime: '<time>' }, end: { dateTime: '<time>' } },
    },
  },
});
