import { Assistant } from './assistant.js';
import { BrowserSignIn, openInBrowser } from './sign-in.js';
import { TourEnded, tour } from './tour.js';

/** Plays an assistant against a running server: `npm run demo [-- URL] [--no-open]`. */
const args = process.argv.slice(2);
const mcpUrl = new URL(args.find((arg) => !arg.startsWith('--')) ?? 'http://localhost:5711/mcp');
if (mcpUrl.pathname === '/') mcpUrl.pathname = '/mcp';
const mayOpen = process.stdout.isTTY === true && !args.includes('--no-open');

const stage = {
  say: (line: string) => console.log(line),
  tick: (line: string) => {
    if (process.stdout.isTTY) process.stdout.write(`\r\u001b[2K${line}`);
  },
  open: (url: string) => {
    if (mayOpen) openInBrowser(url);
  },
};

const signIn = new BrowserSignIn('Countersign demo', (url) => {
  stage.say(`Sign in here: ${url}`);
  stage.open(url);
});
const assistant = new Assistant(mcpUrl, signIn);

try {
  await signIn.listen();
  stage.say(`Connecting to ${mcpUrl.href}`);
  await assistant.connect();
  stage.say('Signed in.');
  await tour(assistant, stage);
} catch (error) {
  stage.tick('');
  stage.say(`\nThe tour ends here. ${explanation(error)}`);
  process.exitCode = 1;
} finally {
  signIn.close();
  await assistant.close();
}

function explanation(error: unknown): string {
  if (error instanceof TourEnded) return error.message;
  if (isRefused(error)) return `Nothing answers at ${mcpUrl.origin}. Start the server with npm start first.`;
  if (error instanceof TypeError && error.message === 'fetch failed')
    return `${mcpUrl.origin} can no longer be reached.`;
  return error instanceof Error ? error.message : String(error);
}

/** A connection that nobody takes, however deep the libraries have wrapped it. */
function isRefused(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') return true;
  return isRefused(error.cause) || (error instanceof AggregateError && error.errors.some(isRefused));
}
