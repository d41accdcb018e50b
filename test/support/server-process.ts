import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.js';
import { freePort } from './ports.js';

const MAIN = join(__dirname, '..', '..', 'dist', 'server', 'main.js');

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
    private readonly dataDir: string,
    private readonly env: Record<string, string>,
  ) {
    this.url = `http://localhost:${port}`;
    this.mcpUrl = `${this.url}/mcp`;
    this.sandboxUrl = `http://127.0.0.1:${sandboxPort}`;
  }

  static async start(env: Record<string, string> = {}): Promise<ServerProcess> {
    const dataDir = mkdtempSync(join(tmpdir(), 'countersign-'));
    const server = new ServerProcess(await freePort(), await freePort(), dataDir, env);
    await server.boot();
    return server;
  }

  /** Starts it (again) on the same ports and data. */
  async boot(): Promise<void> {
    const { PATH, HOME } = process.env;
    this.#child = spawn(process.execPath, [MAIN], {
      cwd: this.dataDir,
      env: {
        PATH: PATH ?? '',
        HOME: HOME ?? '',
        PORT: String(this.port),
        SANDBOX_PORT: String(this.sandboxPort),
        DATA_DIR: this.dataDir,
        ...this.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const keep = (chunk: Buffer) => {
      this.output += chunk.toString();
    };
    this.#child.stdout?.on('data', keep);
    this.#child.stderr?.on('data', keep);
    try {
      await eventually('the server is ready', () => this.#isReady(), 30_000);
    } catch (error) {
      await this.stop();
      throw new Error(`the server did not start:\n${this.output}`, { cause: error });
    }
  }

  /** Ends the process and keeps its data. */
  async halt(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<number | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const exited = once(child, 'exit');
    child.kill(signal);
    const [code] = (await exited) as [number | null];
    return code;
  }

  async stop(): Promise<void> {
    await this.halt('SIGKILL');
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  async #isReady(): Promise<boolean> {
    if (this.#child?.exitCode !== null) throw new Error(`exited with ${this.#child?.exitCode}`);
    return (await fetch(`${this.url}/readyz`)).ok;
  }
}
