import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Approver } from '../support/approver.js';
import { eventually } from '../support/eventually.js';
import { people } from '../support/people.js';
import type { Person } from '../support/person.js';
import { freePort } from '../support/ports.js';
import { bytesOf, receivedBy } from '../support/provider-log.js';
import { ServerProcess } from '../support/server-process.js';

const DEMO = join(__dirname, '..', '..', 'dist', 'server', 'demo', 'main.js');

/** `npm run demo` as a process of its own; its lines are read as a person reads them. */
class Demo {
  output = '';
  readonly #child: ChildProcess;

  constructor(mcpUrl: string) {
    this.#child = spawn(process.execPath, [DEMO, mcpUrl, '--no-open'], { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.output += chunk.toString();
      });
    }
  }

  async signIn(person: Person): Promise<void> {
    const url = await eventually('the demo shows where to sign in', () => /Sign in here: (\S+)/.exec(this.output)?.[1]);
    const redirect = new URL(url).searchParams.get('redirect_uri') as string;
    const back = await person.follow(url, redirect);
    await fetch(back);
  }

  /** The id of the n-th request that it asked for. */
  asked(n: number): Promise<string> {
    return eventually(`the demo shows approval link ${n}`, () => {
      return [...this.output.matchAll(/decide: \S+\/approve\/(\S+)/g)][n - 1]?.[1];
    });
  }

  async ended(): Promise<number | null> {
    if (this.#child.exitCode === null) await once(this.#child, 'exit');
    return this.#child.exitCode;
  }

  stop(): void {
    this.#child.kill('SIGKILL');
  }
}

describe('npm run demo', () => {
  let server: ServerProcess;

  beforeAll(async () => {
    server = await ServerProcess.start();
  });

  afterAll(() => server.stop());

  it('goes through both grants and shows what Linear answered', async () => {
    const demo = new Demo(server.mcpUrl);
    try {
      const ana = people.ana();
      await demo.signIn(ana);
      const approver = await Approver.signIn(server.url, ana);
      await approver.decide(await demo.asked(1), { decision: 'approve', note: 'Welcome.' });
      await approver.decide(await demo.asked(2), { decision: 'approve' });
      expect([await demo.ended(), demo.output]).toEqual([
        0,
        expect.stringMatching(
          /server_info[\s\S]*list_integrations[\s\S]*Welcome\.[\s\S]*Written by the Countersign demo[\s\S]*Done\./,
        ),
      ]);
      const received = await receivedBy(server.sandboxUrl, 'linear');
      expect(received.map((request) => bytesOf(request).includes('mutation'))).toEqual([false, true]);
    } finally {
      demo.stop();
    }
  });

  it('ends with a clear line when the person refuses', async () => {
    const demo = new Demo(server.mcpUrl);
    try {
      const ana = people.ana();
      await demo.signIn(ana);
      const approver = await Approver.signIn(server.url, ana);
      await approver.decide(await demo.asked(1), { decision: 'deny', reasonCode: 'not_now' });
      expect([await demo.ended(), demo.output]).toEqual([
        1,
        expect.stringMatching(/The tour ends here\. Denied\. Reason: not now\./),
      ]);
    } finally {
      demo.stop();
    }
  });

  it('says what to do when no server runs', async () => {
    const demo = new Demo(`http://127.0.0.1:${await freePort()}/mcp`);
    expect([await demo.ended(), demo.output]).toEqual([1, expect.stringMatching(/Nothing answers at .* npm start/)]);
  });
});
