import { type Rule, write } from '../rest.js';
import { googleProvider, reads } from './google.js';

const BASE = 'https://classroom.googleapis.com/v1';
const COURSE = '/v1/courses/{course}';
const WORK = `${COURSE}/courseWork/{work}`;
const SUBMISSION = `${WORK}/studentSubmissions/{submission}`;

/** Things of a course that are created, updated and deleted in one way. */
function partOfCourse(name: string, title: string): readonly Rule[] {
  return [
    write('POST', `${COURSE}/${name}`, `Create ${title}`),
    write('PATCH', `${COURSE}/${name}/{id}`, `Update ${title}`),
    write('DELETE', `${COURSE}/${name}/{id}`, `Delete ${title}`),
  ];
}

/** Host, paths and methods verified in Google's discovery document of Classroom v1, where GET only reads. Slug: a guess. */
export const googleClassroom = googleProvider({
  id: 'google-classroom',
  name: 'Google Classroom',
  hosts: ['classroom.googleapis.com'],
  paths: ['/v1/**'],
  rules: [
    ...reads({
      '/v1/courses': 'List courses',
      [COURSE]: 'Read a course',
      [`${COURSE}/courseWork`]: 'List course work',
      [`${WORK}/studentSubmissions`]: 'List what students handed in',
      [`${COURSE}/students`]: 'List students',
      [`${COURSE}/teachers`]: 'List teachers',
      [`${COURSE}/**`]: 'Read a part of a course',
      '/v1/invitations': 'List invitations',
      '/v1/invitations/{id}': 'Read an invitation',
      '/v1/userProfiles/{user}': 'Read a profile',
      '/v1/userProfiles/{user}/**': 'Read the guardians of a student',
    }),

    write('POST', '/v1/courses', 'Create a course'),
    write('PATCH', COURSE, 'Update a course'),
    write('PUT', COURSE, 'Replace a course'),
    write('DELETE', COURSE, 'Delete a course'),
    ...partOfCourse('announcements', 'an announcement'),
    ...partOfCourse('courseWork', 'course work'),
    ...partOfCourse('courseWorkMaterials', 'course material'),
    ...partOfCourse('topics', 'a topic'),
    ...partOfCourse('studentGroups', 'a group of students'),
    write('POST', `${COURSE}/students`, 'Add a student to a course'),
    write('DELETE', `${COURSE}/students/{user}`, 'Remove a student from a course'),
    write('POST', `${COURSE}/teachers`, 'Add a teacher to a course'),
    write('DELETE', `${COURSE}/teachers/{user}`, 'Remove a teacher from a course'),
    write('PATCH', SUBMISSION, 'Grade what a student handed in'),
    write('POST', `${SUBMISSION}:return`, 'Return what a student handed in'),
    write('POST', `${SUBMISSION}:turnIn`, 'Hand in course work'),
    write('POST', `${SUBMISSION}:reclaim`, 'Take back what was handed in'),
    write('POST', `${SUBMISSION}:modifyAttachments`, 'Change the attachments of what was handed in'),
    write('POST', '/v1/invitations', 'Invite someone to a course'),
    write('POST', '/v1/invitations/{id}:accept', 'Accept an invitation'),
    write('DELETE', '/v1/invitations/{id}', 'Delete an invitation'),
    write('POST', '/v1/registrations', 'Register for notifications'),
    write('DELETE', '/v1/registrations/{id}', 'Delete a registration for notifications'),
    write('POST', '/v1/userProfiles/{student}/guardianInvitations', 'Invite a guardian'),
    write('DELETE', '/v1/userProfiles/{student}/guardians/{guardian}', 'Remove a guardian'),
  ],
  reads: 'Read your courses, course work, submissions, people and invitations.',
  writes: 'Create and change courses, work and announcements, grade, and add or remove people.',
  instructions: `Classroom is at ${BASE}: courses, courses/{id}/courseWork, courses/{id}/courseWork/{id}/studentSubmissions. PATCH needs updateMask=….`,
  examples: {
    read: { method: 'GET', url: `${BASE}/courses?courseStates=ACTIVE` },
    write: { method: 'POST', url: `${BASE}/courses/123456/announcements`, body: { text: '<text>' } },
  },
});
