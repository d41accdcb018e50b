import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, loadEnv } from 'vite';
import { packedFiles } from './packed-files.ts';
import { providerIcons } from './provider-icons.ts';

/** The server that `npm run dev` starts beside the page: where its settings put it. */
const { PORT = '5711' } = loadEnv('development', fileURLToPath(new URL('..', import.meta.url)), 'PORT');
const SERVER = `http://localhost:${PORT}`;
const OF_THE_SERVER = ['/api', '/login', '/callback', '/logout', '/mcp', '/.well-known'];

/**
 * Nothing is inlined and no polyfill is injected, so that the page works under a content security policy that allows
 * its own files alone.
 */
export default defineConfig({
  plugins: [react(), providerIcons(), packedFiles()],
  base: '/',
  // Nobody looks into the page with React's tools, so their hooks are left out.
  define: { __REACT_DEVTOOLS_GLOBAL_HOOK__: 'undefined' },
  // The contracts are zod's on the server; the page reads them with the little that they use.
  resolve: { alias: { 'zod/mini': fileURLToPath(new URL('./src/api/schema.ts', import.meta.url)) } },
  css: { modules: { generateScopedName: '[hash:base64:4]' } },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    assetsDir: 'assets',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // A schema that the page does not use is left out, with its checks.
      treeshake: { manualPureFunctions: ['z'] },
      // One file for all that every page needs: small shared files compress worse.
      output: { codeSplitting: { groups: [{ name: 'page', tags: ['$initial'] }] } },
    },
    target: ['chrome123', 'firefox128', 'safari17.5'],
  },
  server: {
    host: '127.0.0.1',
    // The server answers under the name that browsers use, so that name is passed on.
    proxy: Object.fromEntries(OF_THE_SERVER.map((path) => [path, { target: SERVER, changeOrigin: false }])),
  },
});
