import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { officialTools } from './official-tools.mjs';

/** What the tests need beside npm's packages: a real Redis, a real browser and the official tools. Says nothing when all are there. */
const TOOLS = [
  {
    command: 'redis-server',
    package: 'redis-server',
    what: 'Redis 6.2 or newer (https://redis.io/docs/latest/operate/oss_and_stack/install/)',
  },
  {
    command: 'chromium',
    package: 'chromium',
    what: 'Chromium (https://www.chromium.org/getting-involved/download-chromium/)',
  },
];

const isInstalled = (command) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

const missing = () => TOOLS.filter((tool) => !isInstalled(tool.command));

/** The tests start servers of their own: the package must not start one, and that it cannot must not fail the installation. */
function aptGet(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  return spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}

const wanted = missing();
if (wanted.length > 0 && process.getuid?.() === 0 && isInstalled('apt-get')) {
  console.log(`Installing ${wanted.map((tool) => tool.package).join(' and ')} for the tests …`);
  aptGet('update', '-qq');
  aptGet('install', '-y', '-qq', '--no-install-recommends', ...wanted.map((tool) => tool.package));
}

for (const tool of missing()) {
  console.error(
    `The tests need ${tool.command}: install ${tool.what}, on Debian or Ubuntu: sudo apt-get install ${tool.package}`,
  );
  process.exitCode = 1;
}

try {
  officialTools();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
