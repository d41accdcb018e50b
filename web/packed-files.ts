import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Smaller ones do not get smaller. */
const WORTH_BYTES = 200;

/** Writes `x.js.gz` beside `x.js`, once and as small as it gets, so that the server has nothing to pack while a person waits. */
export function packedFiles(): Plugin {
  return {
    name: 'packed-files',
    apply: 'build',
    writeBundle({ dir = '' }, bundle) {
      for (const file of Object.values(bundle)) {
        const content = Buffer.from(file.type === 'chunk' ? file.code : file.source);
        if (!/\.(?:js|css|svg)$/.test(file.fileName) || content.byteLength < WORTH_BYTES) continue;
        const packed = gzipSync(content, { level: constants.Z_BEST_COMPRESSION, memLevel: 9 });
        if (packed.byteLength < content.byteLength) writeFileSync(join(dir, `${file.fileName}.gz`), packed);
      }
    },
  };
}
