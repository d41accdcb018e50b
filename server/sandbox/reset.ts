import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { argv } from 'node:process';
import { STATE_FILE } from './sandbox-state.js';

/** `npm run sandbox:reset -- <data folder>`: the sandbox forgets its accounts, tokens, keys and records. Nothing else is touched. */
const dataDir = argv[2] ?? '.data';
rmSync(dirname(`${dataDir}/${STATE_FILE}`), { recursive: true, force: true });
