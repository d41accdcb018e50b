// Server and page, both reloading. The page's development server is what the browser and the clients talk to; it passes
// everything that is not the page on to the server, which therefore has to know its address.
import { spawn } from 'node:child_process';

const PAGE_PORT = 5173;
const bin = (name) => new URL(`../node_modules/.bin/${name}`, import.meta.url).pathname;

const children = [
  spawn(bin('nest'), ['start', '--watch'], {
    stdio: 'inherit',
    env: { ...process.env, PUBLIC_URL: `http://localhost:${PAGE_PORT}` },
  }),
  spawn(bin('vite'), ['web', '--port', String(PAGE_PORT), '--strictPort', '--logLevel', 'warn'], { stdio: 'inherit' }),
];

const stop = () => {
  for (const child of children) child.kill('SIGTERM');
};
for (const child of children) {
  child.on('exit', (code) => {
    stop();
    process.exitCode ??= code ?? 0;
  });
}
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
