import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';

/** `npm run sandbox:reset -- <data folder>`: the sandbox forgets its accounts, tokens, keys and records. Nothing else is touched. */
rmSync(join(argv[2] ?? '.data', 'sandbox'), { recursive: true, force: true });
