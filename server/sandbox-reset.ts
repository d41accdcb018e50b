import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from './config/config.js';
import { readConfig } from './config/environment.config.js';

/**
 * `npm run sandbox:reset`: the sandbox forgets its accounts, tokens, keys and records. Nothing else is touched. Its data lies where the
 * server has it, by DATA_DIR of `.env` or of the environment, or in the folder that follows `--`.
 */
try {
  const folder = join(process.argv[2] ?? (await readConfig()).dataDir, 'sandbox');
  rmSync(folder, { recursive: true, force: true });
  process.stdout.write(`${folder} is gone. The next start of the sandbox makes it anew.\n`);
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`\nNothing was removed. ${error.message}\n\n`);
  process.exit(1);
}
