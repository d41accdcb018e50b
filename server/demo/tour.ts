import type { Assistant, ToolAnswer } from './assistant.js';

const LINEAR = 'https://api.linear.app/graphql';
const READ = '{ viewer { name } teams { nodes { id name } } issues(first: 3) { nodes { identifier title } } }';
const WRITE =
  'mutation Create($input: IssueCreateInput!) { issueCreate(input: $input) { success issue { identifier title } } }';

/** Ends the tour with one clear line. */
export class TourEnded extends Error {
  override readonly name = 'TourEnded';
}

export interface Stage {
  readonly say: (line: string) => void;
  /** A line that the next one replaces. */
  readonly tick: (line: string) => void;
  readonly open: (url: string) => void;
}

/** The two-minute tour: some time to read, then one exact write. */
export async function tour(assistant: Assistant, stage: Stage): Promise<void> {
  const info = await answered(assistant.call('server_info'));
  stage.say(`\n1  server_info\n   ${info.text}`);

  const list = await answered(assistant.call('list_integrations'));
  stage.say(`\n2  list_integrations\n   ${list.text}`);
  const integrations = list.facts.integrations as { provider: string | null; state: string }[];
  const linear = integrations.find((integration) => integration.provider === 'linear');
  if (linear?.state !== 'connected') {
    throw new TourEnded('This tour uses Linear. Connect it on the page My access, then run it again.');
  }

  stage.say('\n3  request_elevated_access: may I read Linear for five minutes?');
  const broad = await asked(assistant, stage, {
    kind: 'broad',
    level: 'read',
    providers: ['linear'],
    reason: 'To show you your newest Linear issues.',
  });
  const read = await answered(
    assistant.call('call_integration_api', { method: 'POST', url: LINEAR, body: { query: READ } }),
  );
  stage.say(`   call_integration_api (a read): ${read.text.split('\n')[0]}\n   ${short(read.facts.body)}`);
  if (typeof broad.facts.userNote === 'string') stage.say(`   You asked, in your note: ${broad.facts.userNote}`);

  const teamId = teamOf(read.facts.body);
  stage.say('\n4  request_elevated_access: may I make this one exact call, a write?');
  const exact = await asked(assistant, stage, {
    kind: 'request',
    method: 'POST',
    url: LINEAR,
    body: { query: WRITE, variables: { input: { teamId, title: 'Written by the Countersign demo' } } },
    reason: 'To create one issue, so that you see how an exact call is approved.',
  });
  const written = await answered(assistant.call('call_integration_api', { requestId: exact.facts.requestId }));
  stage.say(
    `   call_integration_api (the approved bytes, once): ${written.text.split('\n')[0]}\n   ${short(written.facts.body)}`,
  );

  await assistant.call('revoke_access');
  stage.say('\nDone. The assistant gave its access back with revoke_access. My access shows what happened.');
}

async function asked(assistant: Assistant, stage: Stage, question: Record<string, unknown>): Promise<ToolAnswer> {
  const request = await answered(assistant.call('request_elevated_access', question));
  const { requestId, approvalUrl, closesAt, call } = request.facts as {
    requestId: string;
    approvalUrl: string;
    closesAt: string;
    call?: { words: string };
  };
  stage.say(`   Open this page and decide: ${approvalUrl}`);
  if (call) stage.say(`   The page must show these four words: ${call.words}`);
  stage.open(approvalUrl);
  const closes = Date.parse(closesAt);
  const countdown = setInterval(() => stage.tick(`   waiting, ${clock(closes - Date.now())} left`), 1_000);
  try {
    for (;;) {
      const checked = await answered(assistant.call('check_access_request', { requestId, waitSeconds: 25 }));
      if (checked.facts.status === 'approved') {
        stage.tick('');
        stage.say('   Approved.');
        return checked;
      }
      if (checked.facts.status !== 'pending') throw new TourEnded(checked.text);
    }
  } finally {
    clearInterval(countdown);
  }
}

async function answered(pending: Promise<ToolAnswer>): Promise<ToolAnswer> {
  const answer = await pending;
  if (answer.isError) throw new TourEnded(answer.text);
  return answer;
}

function teamOf(body: unknown): string {
  const teams = (body as { data?: { teams?: { nodes?: { id: string }[] } } })?.data?.teams?.nodes ?? [];
  const id = teams[0]?.id;
  if (id === undefined)
    throw new TourEnded('Linear shows no team to this account, so there is nowhere to create an issue.');
  return id;
}

function short(body: unknown): string {
  const text = JSON.stringify(body, null, 2) ?? '';
  return text.split('\n').slice(0, 30).join('\n   ');
}

function clock(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
