import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Approver } from '../support/approver.js';
import { type Answer, Assistant } from '../support/assistant.js';
import { people } from '../support/people.js';
import { ServerProcess } from '../support/server-process.js';
import { ERAS } from '../support/worlds.js';

const FOLDER = join(__dirname, '..', 'transcripts');

interface PersonStep {
  readonly person: 'approve' | 'deny';
  readonly request: string;
}

interface CallStep {
  readonly call: string;
  /** `$name` is what was kept; `...` spreads it. */
  readonly with: Record<string, unknown>;
  /** What leads on: a code of ours, a status or an outcome, and words that the text has. */
  readonly answer: {
    readonly code?: string;
    readonly status?: string;
    readonly outcome?: string;
    readonly says: readonly string[];
    readonly keep?: Readonly<Record<string, string>>;
  };
  readonly meanwhile?: PersonStep;
}

/** What a model did with our tools: its mistake, the answer, and how it went on. */
interface Transcript {
  readonly mistake: string;
  readonly steps: readonly (CallStep | PersonStep)[];
}

const transcripts = readdirSync(FOLDER)
  .sort()
  .map((name) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Transcript);

it('each mistake that models make has its transcript', () => {
  expect(transcripts.map(({ mistake }) => mistake)).toEqual(
    expect.arrayContaining([
      'wrong kind',
      'missing level',
      'unknown provider',
      'relative URL',
      'body double-encoded',
      'stale request id',
      'calling before approval',
      'polling too fast',
    ]),
  );
});

describe('a mistake is answered with what leads on', () => {
  let server: ServerProcess;

  beforeAll(async () => {
    server = await ServerProcess.start();
  });

  afterAll(() => server?.stop());

  describe.each(ERAS)('for a client of %s', (era) => {
    let assistant: Assistant;
    let approver: Approver;

    beforeAll(async () => {
      const ana = people.ana();
      assistant = await Assistant.connect(era, server.mcpUrl, ana, 'Played');
      approver = await Approver.signIn(server.url, ana);
    });

    afterAll(() => assistant?.close());

    beforeEach(() => assistant.call('revoke_access'));

    it.each(transcripts)('$mistake', async ({ steps }) => {
      const kept = new Map<string, unknown>();
      for (const step of steps) {
        if ('person' in step) await decide(step, kept);
        else check(step, await make(step, kept), kept);
      }
    });

    const decide = async ({ person, request }: PersonStep, kept: ReadonlyMap<string, unknown>) => {
      const { status } = await approver.decide(filled(request, kept) as string, { decision: person });
      expect(status).toBe(200);
    };

    const make = async (step: CallStep, kept: ReadonlyMap<string, unknown>): Promise<Answer> => {
      const { '...': spread = {}, ...args } = filled(step.with, kept) as Record<string, unknown>;
      const answered = assistant.call(step.call, { ...(spread as object), ...args });
      if (step.meanwhile) await decide(step.meanwhile, kept);
      return answered;
    };
  });
});

function check({ answer }: CallStep, given: Answer, kept: Map<string, unknown>): void {
  const { code, status, outcome, says, keep = {} } = answer;
  expect({
    code: given.facts?.error?.code,
    status: status && given.facts.status,
    outcome: given.facts?.outcome,
  }).toEqual({ code, status, outcome });
  expect(given.isError).toBe(code !== undefined);
  for (const words of says) expect(given.text).toContain(words);
  expect(given.text).not.toMatch(/\bsleep\b|\bshell\b/i);
  for (const [name, path] of Object.entries(keep)) {
    kept.set(
      name,
      path.split('.').reduce((value, part) => value[part], given.facts),
    );
  }
}

/** Puts what was kept in the place of its name. */
function filled(value: unknown, kept: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === 'string' && value.startsWith('$')) return kept.get(value.slice(1));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, filled(part, kept)]));
}
