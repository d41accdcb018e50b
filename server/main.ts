import { createApp } from './app.js';
import { ConfigurationError } from './config/config.js';
import { readConfig } from './config/environment.config.js';
import { DomainError } from './kernel/domain-error.js';
import { startText } from './start.text.js';

/** I41: what is still under way after this is told as lost. */
const DRAIN_MS = 35_000;

/** configuration → application → listen. Whatever stops the start is said in words, not as a stack. */
try {
  const config = await readConfig();
  const { app, upstream, close } = await createApp({ config });
  await app.listen(config.port, config.host);
  process.stdout.write(startText(config, upstream));
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      setTimeout(() => process.exit(1), DRAIN_MS).unref();
      void close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
} catch (error) {
  process.stderr.write(`\nCountersign did not start. ${explanation(error)}\n\n`);
  process.exit(1);
}

function explanation(error: unknown): string {
  if (error instanceof ConfigurationError || error instanceof DomainError) return error.message;
  if (error instanceof Error && (error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    return `${error.message}: something else listens there. Stop it, or set PORT (and SANDBOX_PORT) to another one.`;
  }
  if (error instanceof Error && (error as NodeJS.ErrnoException).syscall === 'mkdir') {
    return `${error.message}. DATA_DIR must be a folder that this user can write.`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
