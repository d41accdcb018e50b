import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { officialTools } from '../support/official-tools.js';

export type Revision = '2025-11-25' | '2026-07-28';

interface Check {
  readonly id: string;
  readonly status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'SKIPPED' | 'INFO';
  readonly errorMessage?: string;
}

export interface Scenario {
  readonly name: string;
  readonly isScored: boolean;
  readonly passed: number;
  readonly failed: readonly string[];
}

export interface SuiteRun {
  /** The suite's own verdict. */
  readonly exitCode: number | null;
  readonly scenarios: readonly Scenario[];
}

/** Valid messages alone are no behaviour: a scenario that has passed nothing else has tested nothing. */
const MESSAGES_ALONE = 'wire-schema-valid';

/** The official suite as a process of its own. */
export class OfficialSuite {
  readonly #tools = officialTools();
  readonly version: string;

  constructor(private readonly mcpUrl: string) {
    const manifest = join(dirname(this.#tools.conformance), '..', 'package.json');
    this.version = (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
  }

  /** All that a revision requires, and what the suite runs without scoring it. */
  async requirements(revision: Revision): Promise<SuiteRun> {
    const listed = await this.#run(['list', '--requirements', revision]);
    const [servers = ''] = listed.output.split('Client scenarios');
    const scored = [...servers.matchAll(/^ {2}- (\S+)$/gm)].map(([, name]) => name as string);
    return this.#server(['--requirements', revision], scored);
  }

  scenario(name: string, revision: Revision): Promise<SuiteRun> {
    return this.#server(['--scenario', name, '--spec-version', revision], [name]);
  }

  async #server(which: string[], scored: readonly string[]): Promise<SuiteRun> {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-suite-'));
    try {
      const { exitCode } = await this.#run(['server', '--url', this.mcpUrl, ...which, '-o', folder]);
      const scenarios = readdirSync(folder).map((name) => {
        const checks = JSON.parse(readFileSync(join(folder, name, 'checks.json'), 'utf8')) as Check[];
        return scenarioOf(name, checks, scored);
      });
      return { exitCode, scenarios };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  async #run(args: string[]): Promise<{ exitCode: number | null; output: string }> {
    const child = spawn(this.#tools.node, [this.#tools.conformance, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
    }
    const [exitCode] = (await once(child, 'close')) as [number | null];
    return { exitCode, output };
  }
}

function scenarioOf(folder: string, checks: readonly Check[], scored: readonly string[]): Scenario {
  const name = folder.replace(/^server-/, '').replace(/-\d{4}-\d\d-\d\dT[\d-]+Z$/, '');
  return {
    name,
    isScored: scored.includes(name),
    passed: checks.filter(({ id, status }) => status === 'SUCCESS' && id !== MESSAGES_ALONE).length,
    failed: checks.filter(({ status }) => status === 'FAILURE').map((check) => `${check.id}: ${check.errorMessage}`),
  };
}
