import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const MAIN = resolve(__dirname, '../../dist/server/classify/main.js');
const folder = mkdtempSync(join(tmpdir(), 'countersign-classify-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function classify(lines: readonly (object | string)[], ...args: readonly string[]) {
  const file = join(folder, 'lines.jsonl');
  writeFileSync(file, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  const process = spawn('node', [MAIN, file, ...args], { env: {} as NodeJS.ProcessEnv });
  let [out, errors] = ['', ''];
  process.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  process.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  return new Promise<{ code: number | null; out: string; errors: string }>((done) =>
    process.on('close', (code) => done({ code, out, errors })),
  );
}

const SELECT = {
  provider: 'snowflake',
  method: 'POST',
  url: 'https://acct.snowflakecomputing.com/api/v2/statements',
  body: { statement: 'select 1' },
  label: 'read',
};
const SEARCH = { provider: 'notion', method: 'POST', url: 'https://api.notion.com/v1/search', body: {}, label: 'read' };

describe('npm run classify', () => {
  it('counts, and is content with reads that are called writes', async () => {
    const { code, out, errors } = await classify([SEARCH, SELECT]);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(out).toMatch(
      /\n2 lines, 1 right, 0 writes called reads, 1 reads called writes, 0 refused, 0 not matched\n$/,
    );
  });

  it('reads SQL when it is asked to', async () => {
    const { out } = await classify([SELECT], '--sql-reads', 'parsed');
    expect(out).toMatch(/\n1 lines, 1 right, .*\n$/);
  });

  it.each([
    ['a write is called a read', { ...SEARCH, label: 'write' }],
    ['a forbidden URL is matched', { url: SEARCH.url, expect: 'none' }],
  ])('fails when %s', async (_what, line) => {
    expect(await classify([line], '--misses')).toMatchObject({
      code: 1,
      out: expect.stringMatching(/WRITE CALLED READ/),
    });
  });

  it('names a line that it cannot read, and says how it is used', async () => {
    expect(await classify([SEARCH, '{'])).toMatchObject({ code: 2, out: '', errors: 'Line 2 is not JSON.\n' });
    expect(await classify([SEARCH], '--wrong')).toMatchObject({ code: 2, errors: expect.stringMatching(/^Usage: /) });
  });

  it('judges 10,000 lines in less than ten seconds, the start included', async () => {
    const begun = performance.now();
    const { out } = await classify(Array.from({ length: 10_000 }, (_, index) => (index % 2 ? SEARCH : SELECT)));
    expect(out).toMatch(/\n10000 lines, 5000 right, /);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});
