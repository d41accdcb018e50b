import { GatewayWorld } from '../../test/support/gateway-world.js';
import { codeOf, MINUTE_MS } from '../../test/support/grants.js';

const RENAME = { method: 'PATCH', url: 'https://api.notion.com/v1/pages/1', body: { title: 'Hello' } };

let world: GatewayWorld;
beforeEach(() => {
  world = new GatewayWorld();
});
afterEach(() => world.close());

/** Between the check and the begin a token is fetched: time enough for the person to change their mind. */
function whileTheTokenIsFetched(happens: () => Promise<void> | void): void {
  const { tokens } = world.vault;
  world.vault.tokens = async (slug) => {
    await happens();
    return tokens!(slug);
  };
}

describe.each(['an exact call', 'a broad grant'])('between check and begin: %s', (kind) => {
  const approved = async (maxCalls: number | null = null) => {
    const grant = await (kind === 'an exact call' ? world.approvedCall(RENAME) : world.approvedBroad({ maxCalls }));
    return { id: grant.id, request: kind === 'an exact call' ? { requestId: grant.id } : RENAME };
  };

  it.each([
    {
      what: 'I8: the person revokes',
      happens: (id: string) => world.end(id),
      code: 'authority_revoked',
    },
    { what: 'I11: the time is over', happens: () => world.clock.advance(5 * MINUTE_MS), code: 'request_expired' },
    {
      what: 'mistake 14: the store loses its epoch',
      happens: () => {
        world.store.epoch = 'after a restart';
      },
      code: 'authority_voided',
    },
  ])('$what: nothing is sent, and the refusal is recorded', async ({ happens, code }) => {
    const { id, request } = await approved();
    whileTheTokenIsFetched(() => happens(id));
    expect(await world.call(request).catch(codeOf)).toBe(code);
    expect(world.transport.sent).toEqual([]);
    expect(world.audit.of('call.refused').map(({ details }) => details.code)).toEqual([code]);
  });

  it('I9: of two callers that were both told yes, one sends', async () => {
    const { request } = await approved(1);
    const answers = await Promise.all([
      world.call(request).then((ran) => ran.outcome.kind, codeOf),
      world.call(request).then((ran) => ran.outcome.kind, codeOf),
    ]);
    expect(answers.sort()).toEqual([kind === 'an exact call' ? 'already_executing' : 'already_used', 'answered']);
    expect(world.transport.sent).toHaveLength(1);
  });
});
