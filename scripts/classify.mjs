import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Judges labelled lines by the built server, and builds it before when a source is newer. The build says nothing unless it fails. */
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const built = join(root, 'dist', 'server', 'classify', 'main.js');

function newest(folder) {
  const times = readdirSync(folder, { withFileTypes: true }).map((entry) =>
    entry.isDirectory() ? newest(join(folder, entry.name)) : statSync(join(folder, entry.name)).mtimeMs,
  );
  return Math.max(0, ...times);
}

if (!existsSync(built) || newest(join(root, 'server')) > statSync(built).mtimeMs) {
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'build:server'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) {
    process.stderr.write(`${stdout}${stderr}`);
    process.exit(2);
  }
}
await import(built);
