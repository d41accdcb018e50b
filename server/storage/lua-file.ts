import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The text of one script of `lua/`, which lies beside this file in the sources and in the build alike. */
export function readLua(name: string): string {
  return readFileSync(fileURLToPath(new URL(`./lua/${name}.lua`, import.meta.url)), 'utf8');
}
