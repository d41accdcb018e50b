import { ConformanceFixtures, withLoggingCompletionAndSubscriptions } from './fixtures/fixtures.module.js';
import { OfficialSuite, type Revision, type Scenario, type SuiteRun } from './official-suite.js';
import { type ServerUnderTest, startServerUnderTest } from './server-under-test.js';

/** The server asks the client in the middle of a call: that needs a session, and there are none here (decision 1). */
const NEEDS_A_SESSION = [
  'elicitation-sep1034-defaults',
  'elicitation-sep1330-enums',
  'tools-call-elicitation',
  'tools-call-sampling',
];

const SCORED = { '2026-07-28': 37, '2025-11-25': 30 } as const;

const failing = (scenarios: readonly Scenario[]) =>
  scenarios.filter(({ failed }) => failed.length > 0).map(({ name }) => name);
const scoredOf = ({ scenarios }: SuiteRun) => scenarios.filter(({ isScored }) => isScored);

function tell(suite: OfficialSuite, title: string, run: SuiteRun): void {
  const scored = scoredOf(run);
  const others = failing(run.scenarios.filter(({ isScored }) => !isScored));
  const lines = [
    `Conformance suite ${suite.version}, ${title}: ${scored.length - failing(scored).length} of ${scored.length} scored scenarios pass.`,
    ...scored.flatMap(({ name, failed }) => failed.map((check) => `  ✗ ${name}, ${check}`)),
    ...(others.length > 0 ? [`  Not scored and not passed: ${others.join(', ')}.`] : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

describe('with the fixtures of the official suite', () => {
  let server: ServerUnderTest;
  let suite: OfficialSuite;

  beforeAll(async () => {
    server = await startServerUnderTest({
      features: [ConformanceFixtures],
      mutator: withLoggingCompletionAndSubscriptions,
    });
    suite = new OfficialSuite(server.mcpUrl);
  });
  beforeEach(() => server.signIn());
  afterAll(() => server?.stop());

  const all = async (revision: Revision) => {
    const run = await suite.requirements(revision);
    tell(suite, `${revision}, production bootstrap and sign-in, fixtures of the tests`, run);
    expect(scoredOf(run)).toHaveLength(SCORED[revision]);
    return run;
  };

  it('2026-07-28: every scored scenario passes, and none of them without having tested anything', async () => {
    const run = await all('2026-07-28');
    expect(failing(scoredOf(run))).toEqual([]);
    expect(scoredOf(run).filter(({ passed }) => passed === 0)).toEqual([]);
    expect(run.exitCode).toBe(0);
  });

  it('2025-11-25: every scored scenario passes but exactly the four that need a session', async () => {
    const run = await all('2025-11-25');
    expect(failing(scoredOf(run)).sort()).toEqual(NEEDS_A_SESSION);
    // In 2025-11-25 this one looks at streams of a session, and says so without failing.
    const empty = scoredOf(run).filter(({ passed, failed }) => passed + failed.length === 0);
    expect(empty.map(({ name }) => name)).toEqual(['server-sse-multiple-streams']);
  });
});

describe('with the tools of the product alone', () => {
  let server: ServerUnderTest;
  let suite: OfficialSuite;

  beforeAll(async () => {
    server = await startServerUnderTest();
    suite = new OfficialSuite(server.mcpUrl);
    await server.signIn();
  });
  afterAll(() => server?.stop());

  it.each<[string, Revision]>([
    ['server-initialize', '2025-11-25'],
    ['ping', '2025-11-25'],
    ['tools-list', '2025-11-25'],
    ['tools-list', '2026-07-28'],
    ['prompts-list', '2026-07-28'],
    ['resources-list', '2026-07-28'],
    ['caching', '2026-07-28'],
    ['dns-rebinding-protection', '2025-11-25'],
    ['dns-rebinding-protection', '2026-07-28'],
    ['http-header-validation', '2026-07-28'],
    ['server-sse-multiple-streams', '2026-07-28'],
    ['input-required-result-unsupported-methods', '2026-07-28'],
  ])('%s passes in %s', async (name, revision) => {
    const run = await suite.scenario(name, revision);
    tell(suite, `${revision}, the product as it is, ${name}`, run);
    const [scenario] = run.scenarios;
    expect({ ...scenario, exitCode: run.exitCode }).toMatchObject({ name, failed: [], exitCode: 0 });
    expect(scenario?.passed).toBeGreaterThan(0);
  });
});
