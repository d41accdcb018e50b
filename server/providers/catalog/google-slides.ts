import { write } from '../rest.js';
import { changesOf, googleProvider, reads } from './google.js';

const BASE = 'https://slides.googleapis.com/v1/presentations';
const DECK = '/v1/presentations/{id}';

/** Host, paths and methods verified in Google's discovery document of Slides v1. Slug: a guess. */
export const googleSlides = googleProvider({
  id: 'google-slides',
  name: 'Google Slides',
  hosts: ['slides.googleapis.com'],
  rules: [
    ...reads({
      [DECK]: 'Read a presentation',
      [`${DECK}/pages/{page}`]: 'Read a slide',
      [`${DECK}/pages/{page}/thumbnail`]: 'Read the picture of a slide',
    }),
    write('POST', '/v1/presentations', 'Create a presentation'),
    write('POST', `${DECK}:batchUpdate`, 'Change a presentation', {
      ...changesOf('presentation'),
      because: 'it changes slides, although a read-only token may call it',
    }),
  ],
  reads: 'Read the presentations that you can see.',
  writes: 'Create presentations and change their slides.',
  instructions: `Slides is at ${BASE}. Read: GET presentations/{id}; changes: POST presentations/{id}:batchUpdate with { requests }. To find, share or delete a presentation use Google Drive.`,
  examples: {
    read: { method: 'GET', url: `${BASE}/1aBcD3fGh` },
    write: {
      method: 'POST',
      url: `${BASE}/1aBcD3fGh:batchUpdate`,
      body: { requests: [{ createSlide: { insertionIndex: 1 } }] },
    },
  },
});
