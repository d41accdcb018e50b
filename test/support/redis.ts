import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Redis } from 'ioredis';
import { REDIS_REQUEST_OPTIONS } from '../../server/storage/redis.options.js';
import { freePort } from './ports.js';

/**
 * The shell ends the server as soon as its input closes, which happens however this process ends. `exec` is not used, so
 * that the shell stays and watches.
 */
const WATCHED = 'redis-server "$@" & echo "pid $!"; read -r _; kill -9 "$!" 2>/dev/null; wait';

const STARTS_TRIED = 3;

/** A real Redis server on a free loopback port, with its data in a folder of its own. */
export class RedisServer {
  #shell: ChildProcess | null = null;
  #pid = 0;

  private constructor(
    readonly port: number,
    private readonly folder: string,
    private readonly options: readonly string[],
  ) {}

  /** `options` as on the command line of redis-server. Every write is on disk before it is answered, unless they say otherwise. */
  static async start(...options: string[]): Promise<RedisServer> {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-redis-'));
    for (let tried = 1; ; tried += 1) {
      const server = new RedisServer(await freePort(), folder, options);
      try {
        await server.#start();
        return server;
      } catch (error) {
        // Another process took the port meanwhile.
        if (tried < STARTS_TRIED) continue;
        rmSync(folder, { recursive: true, force: true });
        throw error;
      }
    }
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Kills the server, as a crash would, and starts it again on its data. */
  async restart(): Promise<void> {
    await this.kill();
    await this.#start();
  }

  async kill(): Promise<void> {
    const shell = this.#shell;
    this.#shell = null;
    if (!shell || shell.exitCode !== null) return;
    const ended = once(shell, 'exit');
    shell.stdin?.end();
    // A frozen server dies of SIGKILL too.
    await ended;
  }

  /** Starts again what `kill` stopped. */
  revive(): Promise<void> {
    return this.#start();
  }

  /** The server keeps its connections and answers nothing. */
  freeze(): void {
    process.kill(this.#pid, 'SIGSTOP');
  }

  thaw(): void {
    process.kill(this.#pid, 'SIGCONT');
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #start(): Promise<void> {
    const base = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder, '--save', ''];
    const log = ['--appendonly', 'yes', '--appendfsync', 'always', '--loglevel', 'notice', '--logfile', ''];
    const shell = spawn('/bin/sh', ['-c', WATCHED, 'redis', ...base, ...log, ...this.options], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#shell = shell;
    const said: string[] = [];
    for await (const line of createInterface({ input: shell.stdout })) {
      said.push(line);
      const pid = /^pid (\d+)$/.exec(line)?.[1];
      if (pid) this.#pid = Number(pid);
      if (line.includes('Ready to accept connections')) {
        shell.stdout.resume();
        return;
      }
      if (/Failed listening|Fatal|FATAL|Can't open/.test(line)) break;
    }
    await this.kill();
    throw new Error(`redis-server did not start:\n${said.join('\n')}`);
  }
}

/** A client as the server's own, connected. What does not ask for time-outs is patient, as machines may be busy. */
export async function connected(url: string, commandTimeout: number | undefined = undefined): Promise<Redis> {
  const client = new Redis(url, { ...REDIS_REQUEST_OPTIONS, commandTimeout, lazyConnect: true });
  // A test that cuts the connection expects the driver to say so.
  client.on('error', () => {});
  await client.connect();
  return client;
}
