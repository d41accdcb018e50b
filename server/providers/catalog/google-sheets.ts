import { read, write } from '../rest.js';
import { changesOf, googleProvider, reads } from './google.js';

const BASE = 'https://sheets.googleapis.com/v4/spreadsheets';
const SHEET = '/v4/spreadsheets/{id}';
const RANGE = `${SHEET}/values/{range:encoded}`;
const LOOKUP = { because: 'it only looks up what the filters name' } as const;

/**
 * Host, paths and methods verified in Google's discovery document of Sheets v4. A range may hold an encoded slash, because the
 * name of a sheet may. Slug: a guess.
 */
export const googleSheets = googleProvider({
  id: 'google-sheets',
  name: 'Google Sheets',
  hosts: ['sheets.googleapis.com'],
  paths: ['/v4/spreadsheets', SHEET, `${SHEET}/**`, RANGE],
  rules: [
    read('POST', `${SHEET}:getByDataFilter`, 'Read parts of a spreadsheet', LOOKUP),
    read('POST', `${SHEET}/values:batchGetByDataFilter`, 'Read cells', LOOKUP),
    read('POST', `${SHEET}/developerMetadata:search`, 'Search developer metadata', LOOKUP),
    ...reads({
      [SHEET]: 'Read a spreadsheet',
      [RANGE]: 'Read cells',
      [`${SHEET}/values:batchGet`]: 'Read cells',
      [`${SHEET}/developerMetadata/{metadata}`]: 'Read developer metadata',
    }),

    write('POST', '/v4/spreadsheets', 'Create a spreadsheet'),
    write('POST', `${SHEET}:batchUpdate`, 'Change a spreadsheet', changesOf('spreadsheet')),
    write('PUT', RANGE, 'Write cells'),
    write('POST', `${RANGE}:append`, 'Append rows'),
    write('POST', `${RANGE}:clear`, 'Clear cells'),
    write('POST', `${SHEET}/values:batchUpdate`, 'Write cells'),
    write('POST', `${SHEET}/values:batchUpdateByDataFilter`, 'Write cells'),
    write('POST', `${SHEET}/values:batchClear`, 'Clear cells'),
    write('POST', `${SHEET}/values:batchClearByDataFilter`, 'Clear cells'),
    write('POST', `${SHEET}/sheets/{sheet}:copyTo`, 'Copy a sheet to a spreadsheet'),
  ],
  reads: 'Read the spreadsheets that you can see.',
  writes: 'Create spreadsheets, and write, append and clear cells.',
  instructions: `Sheets is at ${BASE}/{id}. Cells: GET values/Sheet1!A1:D20; write: PUT values/{range}?valueInputOption=USER_ENTERED, append: POST values/{range}:append?valueInputOption=USER_ENTERED, with { values: [[…]] }. Everything else: POST {id}:batchUpdate. A slash in the name of a sheet is %2F.`,
  examples: {
    read: { method: 'GET', url: `${BASE}/1aBcD3fGh/values/Sheet1!A1:D20` },
    write: {
      method: 'POST',
      url: `${BASE}/1aBcD3fGh/values/Sheet1!A1:append?valueInputOption=USER_ENTERED`,
      body: { values: [['<cell>', '<cell>']] },
    },
  },
});
