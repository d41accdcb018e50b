// Writes docs/openapi.json from the built server's schemas: `npm run openapi`.
import { readFileSync, writeFileSync } from 'node:fs';
import { openApi } from '../dist/server/approvals/openapi.js';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
writeFileSync(new URL('../docs/openapi.json', import.meta.url), `${JSON.stringify(openApi(version), null, 2)}\n`);
