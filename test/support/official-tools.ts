import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export interface OfficialTools {
  /** A Node that is new enough for both. */
  readonly node: string;
  readonly conformance: string;
  readonly inspector: string;
}

/** Where the official suite and the official Inspector lie; `npm test` has installed them before. */
export function officialTools(): OfficialTools {
  const script = join(__dirname, '..', '..', 'scripts', 'official-tools.mjs');
  return JSON.parse(execFileSync(process.execPath, [script, '--print'], { encoding: 'utf8' })) as OfficialTools;
}
