import { write } from '../rest.js';
import { googleProvider, reads } from './google.js';

const BASE = 'https://people.googleapis.com/v1';
const GROUP = '/v1/contactGroups/{id}';

/** Host, paths and methods verified in Google's discovery document of People v1, where GET only reads. Slug: a guess. */
export const googlePeople = googleProvider({
  id: 'google-people',
  name: 'Google Contacts',
  hosts: ['people.googleapis.com'],
  paths: ['/v1/**'],
  rules: [
    ...reads({
      '/v1/people:searchContacts': 'Search contacts',
      '/v1/people:searchDirectoryPeople': 'Search the directory',
      '/v1/people:listDirectoryPeople': 'List the directory',
      '/v1/people:batchGet': 'Read people',
      '/v1/people/{id}': 'Read a person',
      '/v1/people/{id}/connections': 'List contacts',
      '/v1/otherContacts': 'List other contacts',
      '/v1/otherContacts:search': 'Search other contacts',
      '/v1/contactGroups': 'List contact groups',
      '/v1/contactGroups:batchGet': 'Read contact groups',
      [GROUP]: 'Read a contact group',
    }),
    write('POST', '/v1/people:createContact', 'Create a contact'),
    write('POST', '/v1/people:batchCreateContacts', 'Create contacts'),
    write('POST', '/v1/people:batchUpdateContacts', 'Update contacts'),
    write('POST', '/v1/people:batchDeleteContacts', 'Delete contacts'),
    write('PATCH', '/v1/people/{id}:updateContact', 'Update a contact'),
    write('PATCH', '/v1/people/{id}:updateContactPhoto', 'Change the photo of a contact'),
    write('DELETE', '/v1/people/{id}:deleteContact', 'Delete a contact'),
    write('DELETE', '/v1/people/{id}:deleteContactPhoto', 'Delete the photo of a contact'),
    write('POST', '/v1/otherContacts/{id}:copyOtherContactToMyContactsGroup', 'Copy a person to the contacts', {
      because: 'it creates a contact, although a read-only token may do so',
    }),
    write('POST', '/v1/contactGroups', 'Create a contact group'),
    write('PUT', GROUP, 'Update a contact group'),
    write('DELETE', GROUP, 'Delete a contact group'),
    write('POST', `${GROUP}/members:modify`, 'Change the members of a contact group'),
  ],
  reads: 'Search and read your contacts, contact groups and the directory of your organization.',
  writes: 'Create, change and delete contacts and contact groups.',
  instructions: `The People API is at ${BASE}. personFields (readMask for searches) is required: GET people/me/connections?personFields=names,emailAddresses, people:searchContacts?query=…&readMask=names.`,
  examples: {
    read: { method: 'GET', url: `${BASE}/people:searchContacts?query=alice&readMask=names,emailAddresses` },
    write: { method: 'POST', url: `${BASE}/people:createContact`, body: { names: [{ givenName: '<name>' }] } },
  },
});
