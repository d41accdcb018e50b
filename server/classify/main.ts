import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ENVIRONMENT } from '../config/environment.js';
import { catalog } from '../providers/catalog/index.js';
import { Judge } from './judgement.js';
import { BadLine, labelledLines } from './labelled-line.js';
import { reportText } from './report.text.js';

const USAGE = 'Usage: npm run classify -- FILE.jsonl [--misses] [--sql-reads off|parsed]\n';

/**
 * Judges labelled lines by the catalogue, without any network. Exit 1: a write is called a read, or a URL is matched that must not be.
 * Exit 2: there is nothing that could be judged.
 */
const args = process.argv.slice(2);
const sqlAt = args.indexOf('--sql-reads');
const sqlReads = ENVIRONMENT.SNOWFLAKE_SQL_READS.schema.safeParse(
  sqlAt < 0 ? process.env.SNOWFLAKE_SQL_READS || undefined : args[sqlAt + 1],
);
const rest = args.filter((_, index) => sqlAt < 0 || (index !== sqlAt && index !== sqlAt + 1));
const files = rest.filter((arg) => !arg.startsWith('--'));
const isUnknown = rest.some((arg) => arg.startsWith('--') && arg !== '--misses');

if (files.length !== 1 || isUnknown || !sqlReads.success) stop(USAGE);
else run(files[0] ?? '', sqlReads.data);

function run(file: string, sql: 'off' | 'parsed'): void {
  try {
    // npm runs scripts in the package's folder and tells where it was called.
    const text = readFileSync(resolve(process.env.INIT_CWD ?? '.', file), 'utf8');
    const judgements = new Judge(
      catalog({ snowflake: { accountHost: null, sqlReads: sql } }),
      labelledLines(text),
    ).all();
    process.stdout.write(`${reportText(judgements, { hasMisses: rest.includes('--misses') })}\n`);
    if (judgements.some(({ verdict }) => verdict === 'write_called_read')) process.exitCode = 1;
  } catch (error) {
    const isReadable = error instanceof BadLine || (error instanceof Error && 'code' in error && 'path' in error);
    if (!isReadable) throw error;
    stop(`${error.message}\n`);
  }
}

function stop(message: string): void {
  process.stderr.write(message);
  process.exitCode = 2;
}
