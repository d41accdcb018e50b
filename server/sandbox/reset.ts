import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { argv, stdout } from 'node:process';

/** `npm run sandbox:reset -- <data folder>`: the sandbox forgets its accounts, tokens, keys and records. Nothing else is touched. */
const folder = join(argv[2] ?? '.data', 'sandbox');
rmSync(folder, { recursive: true, force: true });
stdout.write(`${folder} is gone. The next start of the sandbox makes it anew.\n`);
