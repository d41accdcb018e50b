import type { CallInput } from '../call.js';
import { ProviderRegistry } from '../provider-registry.js';
import { gmail } from './gmail.js';
import { googleBigquery } from './google-bigquery.js';
import { googleDocs } from './google-docs.js';
import { googleDrive } from './google-drive.js';
import { googleWorkspaceAdmin } from './google-workspace-admin.js';

const registry = new ProviderRegistry([gmail, googleBigquery, googleDocs, googleDrive, googleWorkspaceAdmin]);
const post = (url: string, body: unknown): CallInput => ({ method: 'POST', url: `https://${url}`, body });

describe('batches of Google', () => {
  it.each([
    'www.googleapis.com/batch/drive/v3',
    'www.googleapis.com/Batch/Drive/v3',
    'gmail.googleapis.com/batch',
    'docs.googleapis.com/batch/',
  ])('I23 what is not judged is not sent: %s is refused, with what to do instead', (url) => {
    expect(() => registry.judge(post(url, {}))).toThrow(
      expect.objectContaining({ code: 'call_not_allowed', message: expect.stringContaining('one by one') }),
    );
  });
});

describe('queries of BigQuery', () => {
  const queries = 'bigquery.googleapis.com/bigquery/v2/projects/p/queries';
  const level = (body: unknown, query = '') => registry.judge(post(queries + query, body)).verdict.level;

  it('a dry run reads, whatever its SQL says', () => {
    expect(level({ query: 'DROP TABLE t', dryRun: true, useLegacySql: false })).toBe('read');
  });

  it.each([
    ['without it', { query: 'SELECT 1' }, ''],
    ['as a text', { query: 'SELECT 1', dryRun: 'true' }, ''],
    ['beside another spelling', { query: 'SELECT 1', dryRun: true, dry_run: false }, ''],
    ['with something in the query', { query: 'SELECT 1', dryRun: true }, '?dryRun=false'],
    ['in an array', [{ query: 'SELECT 1', dryRun: true }], ''],
  ])('I23 unknown is write: %s it is a write', (_what, body, query) => {
    expect(level(body, query)).toBe('write');
  });

  it('what the SQL deletes is said', () => {
    expect(registry.judge(post(queries, { query: 'TRUNCATE TABLE t' })).description.destructive).toMatch(/TRUNCATE/);
  });
});

describe('what a person reads', () => {
  const drive = 'https://www.googleapis.com/drive/v3/files/f1';
  it.each<[CallInput, string, boolean]>([
    [{ method: 'PATCH', url: drive, body: { trashed: true } }, 'Move a file to trash in Google Drive', true],
    [{ method: 'PATCH', url: drive, body: { trashed: false } }, 'Restore a file in Google Drive', false],
    [{ method: 'PATCH', url: drive, body: { name: 'x' } }, 'Update a file in Google Drive', false],
    [
      post('gmail.googleapis.com/gmail/v1/users/me/messages/m1/modify', { addLabelIds: ['TRASH'] }),
      'Move a message to trash in Gmail',
      true,
    ],
    [
      post('docs.googleapis.com/v1/documents/d1:batchUpdate', {
        requests: [{ insertText: {} }, { deleteContentRange: {} }],
      }),
      'Delete parts of a document in Google Docs',
      true,
    ],
    [
      post('docs.googleapis.com/v1/documents/d1:batchUpdate', { requests: [{ insertText: {} }] }),
      'Change a document in Google Docs',
      false,
    ],
    [
      post('admin.googleapis.com/admin/directory/v1/customer/c1/devices/mobile/d1/action', {
        action: 'admin_account_wipe',
      }),
      'Erase a device in Google Workspace Admin',
      true,
    ],
  ])('%j is “%s”', (input, title, isDestructive) => {
    const { description } = registry.judge(input);
    expect(description.title).toBe(title);
    expect(description.destructive !== null).toBe(isDestructive);
  });
});

describe('never callable', () => {
  it.each([
    'https://www.googleapis.com/drive/v3/files/generateCseToken?fileId=f1',
    'https://www.googleapis.com/drive/v3/files/GENERATECSETOKEN/',
    'https://admin.googleapis.com/admin/directory/v1/users/u1/verificationCodes',
  ])('%s hands out what signs in, and is refused', (url) => {
    expect(() => registry.judge({ method: 'GET', url })).toThrow(expect.objectContaining({ code: 'call_not_allowed' }));
  });
});
