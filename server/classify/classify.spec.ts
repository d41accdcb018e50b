import { catalog } from '../providers/catalog/index.js';
import { defineProvider } from '../providers/define-provider.js';
import { read } from '../providers/rest.js';
import { Judge } from './judgement.js';
import { BadLine, labelledLines } from './labelled-line.js';
import { reportText } from './report.text.js';

const desk = defineProvider({
  id: 'desk',
  name: 'Desk',
  hosts: [],
  tenantHosts: ['{tenant}.desk.example'],
  secretReads: ['/api/hooks/{id}'],
  rules: [read('GET', '/api/tickets', 'List tickets')],
  reads: '',
  writes: '',
  instructions: '',
  examples: {
    read: { method: 'GET', url: 'https://{tenant}.desk.example/api/tickets' },
    write: { method: 'POST', url: 'https://{tenant}.desk.example/api/tickets' },
  },
});
const definitions = [...catalog({ snowflake: { accountHost: null, sqlReads: 'off' } }), desk];

function judged(...lines: readonly object[]) {
  return new Judge(definitions, labelledLines(lines.map((line) => JSON.stringify(line)).join('\n'))).all();
}

const TICKETS = { method: 'GET', url: 'https://acme.desk.example/api/tickets', label: 'read' };
const HOOK = 'https://acme.desk.example/api/hooks/1';
const SEARCH = { provider: 'notion', method: 'POST', url: 'https://api.notion.com/v1/search', body: {}, label: 'read' };

describe('labelled lines', () => {
  it.each([
    ['a read that is one', SEARCH, 'read', 'right'],
    ['a read that we call a write', { ...SEARCH, url: `${SEARCH.url}x` }, 'write', 'read_called_write'],
    ['a write that we call a read', { ...SEARCH, label: 'write' }, 'read', 'write_called_read'],
    [
      'a write that may be called a read',
      { ...SEARCH, label: 'write', acceptable: ['read', 'write'] },
      'read',
      'right',
    ],
    ['what may be either', { ...SEARCH, label: 'any' }, 'read', 'right'],
    ['a refused write', { ...SEARCH, url: 'https://api.notion.com/v1//pages', label: 'write' }, 'refused', 'right'],
    ['a refused read', { ...SEARCH, method: 'GET', body: {} }, 'refused', 'read_called_write'],
    ['a read that answers with a secret', { ...TICKETS, provider: 'desk', url: HOOK }, 'secret_read', 'right'],
    [
      'a write that we call such a read',
      { ...TICKETS, provider: 'desk', url: HOOK, label: 'write' },
      'secret_read',
      'write_called_read',
    ],
    [
      'such a read with another method in a header',
      { ...TICKETS, provider: 'desk', url: HOOK, headers: { 'X-HTTP-Method-Override': 'DELETE' } },
      'refused',
      'read_called_write',
    ],
    [
      'an API that nobody describes',
      { ...SEARCH, url: 'https://api.unknown.example/x' },
      'unmatched',
      'read_called_write',
    ],
    ['a tenant’s host of the line’s provider', { ...TICKETS, provider: 'desk' }, 'read', 'right'],
    ['a tenant’s host of a line without a provider', TICKETS, 'unmatched', 'read_called_write'],
    ['a tenant’s host of another provider', { ...TICKETS, provider: 'notion' }, 'unmatched', 'read_called_write'],
  ])('%s', (_what, line, outcome, verdict) => {
    // The first line configures the tenant's host for its own provider and for nobody else.
    expect(judged({ ...TICKETS, provider: 'desk' }, line)[1]).toMatchObject({ outcome, verdict });
  });

  it.each([
    ['the expected provider', { url: SEARCH.url, expect: 'notion' }, 'right'],
    ['a URL that none may match', { url: SEARCH.url, expect: 'none' }, 'write_called_read'],
    ['another provider than the expected one', { url: SEARCH.url, expect: 'linear' }, 'write_called_read'],
    ['a URL that one should match', { url: 'https://notion.com/v1/search', expect: 'notion' }, 'read_called_write'],
    ['a tenant’s host, which no URL line configures', { url: TICKETS.url, expect: 'none' }, 'right'],
    ['a path that hands out tokens', { url: 'https://api.notion.com/v1/oauth/token', expect: 'none' }, 'right'],
    ['a GraphQL URL, which a GET could not call', { url: 'https://api.linear.app/graphql', expect: 'linear' }, 'right'],
  ])('of URLs: %s', (_what, line, verdict) => {
    expect(judged({ ...TICKETS, provider: 'desk' }, line)[1]).toMatchObject({ verdict });
  });

  it.each([
    ['{', /^Line 2 is not JSON/],
    ['[]', /^Line 2: the line: /],
    ['{"url":"https://a.example"}', /^Line 2: method: .*method, url and label, or url and expect/],
    ['{"url":"x","method":"GET","label":"maybe"}', /^Line 2: label: .*"read"\|"write"\|"any"/],
  ])('a line that cannot be read is named: %s', (line, says) => {
    const reading = () => labelledLines(`${JSON.stringify(SEARCH)}\n${line}\n`);
    expect(reading).toThrow(BadLine);
    expect(reading).toThrow(says);
  });
});

describe('the report', () => {
  const judgements = judged(
    SEARCH,
    { ...SEARCH, label: 'write' },
    { ...SEARCH, url: 'https://x.example/' },
    { url: 'x', expect: 'none' },
  );

  it('is a table by provider, and a last line in which right and the two errors are all lines', () => {
    const lines = reportText(judgements, { hasMisses: false }).split('\n');
    expect(lines[0]).toMatch(
      /^provider +lines +right +writes called reads +reads called writes +refused +not matched +secret reads$/,
    );
    expect(lines.slice(1, 3).map((line) => line.trim().split(/\s+/))).toEqual([
      ['none', '1', '1', '0', '0', '0', '1', '0'],
      ['notion', '3', '1', '1', '1', '0', '1', '0'],
    ]);
    expect(lines.at(-1)).toBe(
      '4 lines, 2 right, 1 writes called reads, 1 reads called writes, 0 refused, 2 not matched',
    );
  });

  it('counts secret reads apart, and not among what is refused', () => {
    const lines = reportText(judged({ ...TICKETS, provider: 'desk', url: HOOK }), { hasMisses: false }).split('\n');
    expect(lines[1]?.trim().split(/\s+/)).toEqual(['desk', '1', '1', '0', '0', '0', '0', '1']);
    expect(lines.at(-1)).toBe(
      '1 lines, 1 right, 0 writes called reads, 0 reads called writes, 0 refused, 0 not matched',
    );
  });

  it('lists each miss with our reason when it is asked to', () => {
    const text = reportText(judgements, { hasMisses: true });
    expect(text).toMatch(/line 2 {2}notion {2}WRITE CALLED READ \(read\) {2}POST .*search\n +a search changes nothing/);
    expect(text).toMatch(/line 3 {2}notion {2}read called write \(unmatched\).*\n +provider_not_matched: No provider/);
    expect(text).not.toMatch(/line 1 /);
  });
});
