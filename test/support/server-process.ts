import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.js';
import { freePort } from './ports.js';

const MAIN = join(__dirname, '..', '..', 'dist', 'server', 'main.js');

/** The shell ends the server as soon as its own input closes, which happens however the test's process ends. */
const WATCHED =
  'exec 3<&0; "$@" </dev/null & pid=$!; echo "pid $pid"; (read -r _ <&3; kill -9 "$pid") & watcher=$!; ' +
  'wait "$pid"; code=$?; kill "$watcher" 2>/dev/null; exit "$code"';

const STARTS_TRIED = 3;

/** The built server as a process of its own, in the sandbox, with a data folder of its own. */
export class ServerProcess {
  readonly url: string;
  readonly mcpUrl: string;
  readonly sandboxUrl: string;
  /** Everything that it printed, both streams. */
  output = '';
  #child: ChildProcess | undefined;

  private constructor(
    private readonly port: number,
    private readonly sandboxPort: number,
    readonly dataDir: string,
    private readonly env: Record<string, string>,
  ) {
    this.url = `http://localhost:${port}`;
    this.mcpUrl = `${this.url}/mcp`;
    this.sandboxUrl = `http://127.0.0.1:${sandboxPort}`;
  }

  static async start(env: Record<string, string> = {}): Promise<ServerProcess> {
    for (let tried = 1; ; tried += 1) {
      const dataDir = mkdtempSync(join(tmpdir(), 'countersign-'));
      const server = new ServerProcess(await freePort(), await freePort(), dataDir, env);
      try {
        await server.boot();
        return server;
      } catch (error) {
        // Another process took a port meanwhile.
        if (tried === STARTS_TRIED || !server.output.includes('EADDRINUSE')) throw error;
      }
    }
  }

  /** Runs the server until it ends by itself, as it does when something stops the start. */
  static async attempt(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
    const cwd = mkdtempSync(join(tmpdir(), 'countersign-'));
    const child = spawn(process.execPath, [MAIN], { cwd, env: { PATH: process.env.PATH ?? '', ...env } });
    let output = '';
    const keep = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const tooLong = setTimeout(() => child.kill('SIGKILL'), 20_000);
    const [code] = (await once(child, 'exit')) as [number | null];
    clearTimeout(tooLong);
    rmSync(cwd, { recursive: true, force: true });
    return { code, output };
  }

  /** Starts it (again) on the same ports and data. */
  async boot(): Promise<void> {
    const { PATH, HOME } = process.env;
    this.output = '';
    this.#child = spawn('sh', ['-c', WATCHED, 'sh', process.execPath, MAIN], {
      cwd: this.dataDir,
      env: {
        PATH: PATH ?? '',
        HOME: HOME ?? '',
        PORT: String(this.port),
        SANDBOX_PORT: String(this.sandboxPort),
        DATA_DIR: this.dataDir,
        ...this.env,
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const keep = (chunk: Buffer) => {
      this.output += chunk.toString();
    };
    this.#child.stdout?.on('data', keep);
    this.#child.stderr?.on('data', keep);
    const isOver = () => this.#child?.exitCode !== null;
    try {
      // It says so after it listens; asking its port could find a server that was faster to take it.
      await eventually('the server is ready', () => isOver() || this.output.includes(this.mcpUrl), 30_000);
      if (isOver()) throw new Error(`exited with ${this.#child?.exitCode}`);
    } catch (error) {
      await this.stop();
      throw new Error(`the server did not start:\n${this.output}`, { cause: error });
    }
  }

  /** Ends the process and keeps its data. */
  async halt(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<number | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null) return child?.exitCode ?? null;
    const exited = once(child, 'exit');
    process.kill(Number(/^pid (\d+)$/m.exec(this.output)?.[1]), signal);
    const [code] = (await exited) as [number | null];
    return code;
  }

  async stop(): Promise<void> {
    await this.halt('SIGKILL');
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
