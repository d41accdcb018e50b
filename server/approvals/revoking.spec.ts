import { answerOf } from '../../test/support/gateway-fakes.js';
import { GatewayWorld } from '../../test/support/gateway-world.js';
import { codeOf, principal } from '../../test/support/grants.js';
import type { BrowserSession } from '../auth/browser-session.js';
import { UndiciTransport } from '../gateway/undici.transport.js';
import { AccessService } from './access.service.js';

const SEARCH = { method: 'POST', url: 'https://api.notion.com/v1/search', body: { query: 'plan' } };
const RENAME = { method: 'PATCH', url: 'https://api.notion.com/v1/pages/1', body: { title: 'Hello' } };

let world: GatewayWorld;
let access: AccessService;
let ada: BrowserSession;
beforeEach(() => {
  world = new GatewayWorld();
  access = new AccessService(world.grants, world.registry);
  ada = { userId: world.ada.subject, organization: world.ada.organization, id: 'b' } as BrowserSession;
});
afterEach(() => world.close());

const answered = (work: Promise<unknown>) => work.then(() => 'answered', codeOf);

describe('revoking takes effect on the next call', () => {
  it.each<[what: string, revokes: (id: string) => Promise<unknown>]>([
    ['one', (id) => access.end(ada, id)],
    ['all of a client', () => access.endAll(ada, 'client_code')],
    ['all', () => access.endAll(ada)],
    ['what was approved for a connection that is unlinked', () => access.endConnected(ada, 'notion')],
  ])('%s', async (_, revokes) => {
    const broad = await world.approvedBroad();
    const exact = await world.approvedCall(RENAME);
    expect(await answered(world.call(SEARCH))).toBe('answered');
    await revokes(broad.id);
    expect(await answered(world.call(SEARCH))).toBe('authority_required');
    expect(await answered(world.call({ ...SEARCH, requestId: broad.id }))).toBe('authority_revoked');
    await access.endAll(ada);
    expect(await answered(world.call({ requestId: exact.id }))).toBe('authority_revoked');
    expect(world.transport.sent).toHaveLength(1);
  });

  it('what another client may do stays', async () => {
    await world.approvedBroad();
    expect(await access.endAll(ada, 'client_other')).toEqual({ ended: 0, revoked: 0, withdrawn: 0 });
    expect(await answered(world.call(SEARCH))).toBe('answered');
  });
});

describe('I8: a call that had begun, and of which no byte has left, is stopped by a revocation here', () => {
  it('nothing is sent after the revocation was answered', async () => {
    const { id } = await world.approvedBroad({ maxCalls: 2 });
    let lookedUp = () => {};
    const isConnecting = new Promise<void>((resolve) => {
      lookedUp = resolve;
    });
    let answerName: (addresses: string[]) => void = () => {};
    const resolve = () => {
      lookedUp();
      return new Promise<string[]>((answer) => {
        answerName = answer;
      });
    };
    const transport = new UndiciTransport(undefined, { resolve });
    world.transport.answers = (request, signal, revoked) => transport.send(request, signal, revoked);
    const call = world.call(SEARCH);
    await isConnecting;
    expect(await access.end(ada, id)).toMatchObject({ revoked: 1 });
    expect((await call).outcome).toEqual({ kind: 'not_sent', code: 'authority_revoked' });
    answerName([]);
    await transport.onApplicationShutdown();
    expect(await world.read(id)).toMatchObject({
      status: 'revoked',
      lastCalls: [{ result: 'failed', failure: 'authority_revoked' }],
    });
  });

  it('one that was being written goes on to its answer', async () => {
    const { id } = await world.approvedBroad();
    world.transport.answers = async () => {
      await access.end(ada, id);
      return answerOf('{}');
    };
    expect((await world.call(SEARCH)).outcome.kind).toBe('answered');
    expect(await answered(world.call(SEARCH))).toBe('authority_required');
  });

  it('one of another grant is not touched', async () => {
    await world.approvedBroad({ level: 'read', providers: ['notion'] });
    const other = await world.approve(
      (
        await world.grants.request(principal({ sid: 'sid_2' }), {
          kind: 'request',
          judged: world.registry.judge(RENAME),
          reason: 'r',
          connection: 'account_notion',
        })
      ).grant,
    );
    let revokedSignal: AbortSignal | undefined;
    world.transport.answers = async (_request, _signal, revoked) => {
      revokedSignal = revoked;
      await access.end(ada, other.id);
      return answerOf('{}');
    };
    await world.call(SEARCH);
    expect(revokedSignal?.aborted).toBe(false);
  });
});
