import { write } from '../rest.js';
import { changesOf, googleProvider, reads, WATCH } from './google.js';

const BASE = 'https://forms.googleapis.com/v1/forms';
const FORM = '/v1/forms/{id}';

/** Host, paths and methods verified in Google's discovery document of Forms v1. Slug: a guess. */
export const googleForms = googleProvider({
  id: 'google-forms',
  name: 'Google Forms',
  hosts: ['forms.googleapis.com'],
  rules: [
    ...reads({
      [FORM]: 'Read a form',
      [`${FORM}/responses`]: 'List the responses to a form',
      [`${FORM}/responses/{response}`]: 'Read a response to a form',
      [`${FORM}/watches`]: 'List the watches of a form',
    }),
    write('POST', '/v1/forms', 'Create a form'),
    write('POST', `${FORM}:batchUpdate`, 'Change a form', changesOf('form')),
    write('POST', `${FORM}:setPublishSettings`, 'Change who may answer a form'),
    write('POST', `${FORM}/watches`, 'Watch a form', WATCH),
    write('POST', `${FORM}/watches/{watch}:renew`, 'Go on watching a form', WATCH),
    write('DELETE', `${FORM}/watches/{watch}`, 'Delete the watch of a form'),
  ],
  reads: 'Read your forms and the responses to them.',
  writes: 'Create and change forms, and change who may answer them.',
  instructions: `Forms is at ${BASE}. Read: GET forms/{id}, forms/{id}/responses; changes: POST forms/{id}:batchUpdate with { requests }.`,
  examples: {
    read: { method: 'GET', url: `${BASE}/1aBcD3fGh/responses?pageSize=20` },
    write: { method: 'POST', url: BASE, body: { info: { title: '<title>' } } },
  },
});
