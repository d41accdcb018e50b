import { safeReturnTo } from './return-to.js';

describe('I33: returnTo', () => {
  it.each([
    '/',
    '/access',
    '/access#connections',
    '/approve/abcdefghijklmnopqrstuvwxyz234567',
    '/connect/linear',
    '/connect/my-slug_2',
  ])('%s is a page of ours', (page) => {
    expect(safeReturnTo(page)).toBe(page);
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    '/%09/evil.example',
    '/\t/evil.example',
    'https:evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '\\\\evil.example',
    '/access/../../evil',
    '/access?next=//evil.example',
    '/access#//evil.example',
    '/approve/../login',
    '/approve/a/b',
    '/approve/a\n',
    '/access\u0000',
    '/connect/..',
    '/connect/%2e%2e',
    '/login?returnTo=/access',
    '/logout',
    '/api/me',
    '///evil.example',
    '/.evil.example',
    '/@evil.example',
    ' /access',
    '',
    undefined,
    ['/access', '//evil.example'],
  ])('CSR-027: %j leads to / only', (value) => {
    expect(safeReturnTo(value)).toBe('/');
  });
});
