import { broadApproval, callApproval } from '../testing/approval-fixture.js';
import { broadEffect, callEffect, lede, title } from './approval-text.js';
import { findings } from './call-text.js';
import { plain } from './phrase.js';

const said = (phrase: ReturnType<typeof lede>) => (phrase === null ? null : plain(phrase).replaceAll('\u00a0', ' '));

describe('the words of a request', () => {
  it('names what is connected in the question and the rest below it', () => {
    const approval = broadApproval();
    expect(said(title(approval))).toBe('Let Claude Code read Linear and Notion for 5 minutes?');
    expect(said(lede(approval))).toBe('It also asked for Snowflake, which you have not connected.');
  });

  it('says for a write what it means', () => {
    const requested = { level: 'write', providers: ['linear'], durationMs: 900_000, maxCalls: null } as const;
    const write = broadApproval({ level: 'write' }, { requested: { ...requested, providers: ['linear'] } });
    const linear = write.broad?.providers.slice(0, 1) ?? [];
    const approval = { ...write, broad: write.broad && { ...write.broad, providers: linear } };
    expect(said(title(approval))).toBe('Let Claude Code read and write in Linear for 15 minutes?');
    expect(said(lede(approval))).toMatch(/^Within the time it can change anything/);
  });

  it('counts many providers', () => {
    const { broad } = broadApproval();
    const [linear] = broad?.providers ?? [];
    if (!linear) throw new Error('The fixture has providers.');
    const providers = Array.from({ length: 200 }, (_, index) => ({ ...linear, id: `p${index}` }));
    expect(said(title(broadApproval({}, { providers })))).toBe('Let Claude Code read 200 providers for 5 minutes?');
  });

  it('makes the question of a call from its title, and says when it is unknown', () => {
    expect(said(title(callApproval()))).toBe('Let Claude Code archive a page in Notion?');
    expect(said(title(callApproval({}, { isKnown: false })))).toBe(
      'Let Claude Code make a call to Notion that Countersign does not know?',
    );
  });

  it('draws what a client hides in its name', () => {
    expect(said(title(callApproval({ client: { id: 'c', name: 'Cl\u202eaude\nCode' } })))).toBe(
      'Let Cl⟨U+202E⟩aude⏎Code archive a page in Notion?',
    );
  });

  it('says what Approve does with the choices of now', () => {
    const { client, broad, call } = { ...broadApproval(), call: callApproval().call };
    if (!broad || !call) throw new Error('The fixtures have both.');
    const choice = { providers: ['linear'], level: 'read', durationMs: 300_000, maxCalls: 20 } as const;
    expect(said(broadEffect(client, broad, choice))).toBe(
      'Approve lets Claude Code read Linear for 5 minutes, at most 20 calls.',
    );
    expect(said(broadEffect(client, broad, { ...choice, maxCalls: null }))).toMatch(/, with no limit of calls\.$/);
    expect(said(broadEffect(client, broad, { ...choice, maxCalls: undefined }))).toBe(
      'Approve needs a number of calls that fits.',
    );
    expect(said(callEffect(call))).toBe('Approve lets exactly this call run once, within 5 minutes.');
  });

  it('takes note of what the body hides, also when only the pretty form shows it', () => {
    const body = {
      bytes: 1,
      lines: 1,
      raw: '"\\u202e"',
      formatted: [{ label: 'Query', language: 'graphql', text: '\u202e' }],
    } as const;
    const { call } = callApproval({}, { body: { ...body, formatted: [...body.formatted] } });
    expect(call && findings(call)).toMatchObject([{ title: 'One invisible character in the body', isOne: true }]);
  });
});
