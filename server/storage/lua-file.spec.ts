import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { readLua } from './lua-file.js';

const SCRIPTS = ['moment', 'open', 'find', 'commit', 'index', 'list', 'append', 'browser-session'];
const BUILT = resolve('dist/server/storage/lua-file.js');

/** The build runs as ES modules, which Jest does not: it is asked in a process of its own. */
function readInBuild(names: readonly string[]): string[] {
  if (!existsSync(BUILT)) execFileSync('node_modules/.bin/nest', ['build']);
  const script = `
    const { readLua } = await import(process.argv[1]);
    process.stdout.write(JSON.stringify(JSON.parse(process.argv[2]).map(readLua)));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script, BUILT, JSON.stringify(names)]);
  return JSON.parse(output.toString()) as string[];
}

describe('the Lua scripts', () => {
  it.each(SCRIPTS)('finds %s.lua in the sources', (name) => {
    expect(readLua(name)).toContain('--');
  });

  it('finds every script in the build', () => {
    for (const text of readInBuild(SCRIPTS)) expect(text).toContain('--');
  });

  it('says which file is missing', () => {
    expect(() => readLua('nothing')).toThrow(/nothing\.lua/);
  });
});
