import { answerOf, TOKEN } from '../../test/support/gateway-fakes.js';
import { GatewayWorld } from '../../test/support/gateway-world.js';
import { codeOf, MINUTE_MS } from '../../test/support/grants.js';
import type { AuditEvent } from '../audit/audit-event.js';
import { DomainError } from '../kernel/domain-error.js';
import { type OutboundRequest, TransportFailure } from './transport.port.js';

const PAGE = 'https://api.notion.com/v1/pages/1';
const RENAME = { method: 'PATCH', url: PAGE, body: { title: 'Hello', order: 1 } };
const SEARCH = { method: 'POST', url: 'https://api.notion.com/v1/search', body: { query: 'plan' } };

let world: GatewayWorld;
beforeEach(() => {
  world = new GatewayWorld();
});
afterEach(() => world.close());

const bodyOf = (request: OutboundRequest | undefined) => Buffer.from(request?.body ?? []).toString('utf8');

describe('a call that is allowed', () => {
  it('goes decide, token, begin, send, finish, for an exact call', async () => {
    const { id } = await world.approvedCall(RENAME, 'Only this page, please.');
    const ran = await world.call({ requestId: id });
    expect(world.steps()).toEqual(['open', 'token', 'call.started', 'send', 'call.finished']);
    expect(ran).toMatchObject({
      provider: { id: 'notion' },
      outcome: { kind: 'answered', answer: { status: 200, body: { ok: true } } },
      grant: { status: 'executed', execution: { result: 'answered', status: 200, answerBytes: 11 } },
    });
    expect(ran.grant.decision?.note).toBe('Only this page, please.');
    expect(world.vault.asked).toEqual(['user_ada of org_acme at notion, fresh']);
    expect(world.consent.asked).toEqual(['user_ada for client_code']);
    expect(world.audit.events).toEqual([]);
  });

  it('goes the same way under a broad grant, and spends one of its calls', async () => {
    const { id } = await world.approvedBroad({ maxCalls: 2 }, 'Be quick.');
    const ran = await world.call(RENAME);
    expect(world.steps().slice(0, 4)).toEqual(['open', 'token', 'call.started', 'send']);
    expect(ran.grant).toMatchObject({ id, callsMade: 1, decision: { note: 'Be quick.' } });
    expect(await world.read(id)).toMatchObject({ lastCalls: [{ result: 'answered', status: 200, url: PAGE }] });
    expect(world.vault.asked).toEqual(['user_ada of org_acme at notion']);
  });

  it.each([
    ['an exact call', () => world.approvedCall(RENAME)],
    ['a broad grant', () => world.approvedBroad()],
  ])('I10 the digest of %s is on record from asking to sending', async (_, approved) => {
    const { id, digest } = await approved();
    await world.call({ ...RENAME, requestId: id });
    const facts = world.database
      .rows<{ event: string }>('SELECT event FROM audit_events ORDER BY rowid')
      .map(({ event }) => JSON.parse(event) as AuditEvent)
      .filter(({ details }) => 'digest' in details);
    expect(facts.map(({ action, grantId, details }) => [action, grantId, details.digest])).toEqual(
      ['access.requested', 'access.approved', 'call.started'].map((action) => [action, id, digest]),
    );
  });

  it('a read asks nobody for the consent of the client', async () => {
    await world.approvedBroad({ level: 'read' });
    await world.call(SEARCH);
    expect(world.transport.sent).toHaveLength(1);
    expect(world.consent.asked).toEqual([]);
  });

  it('I10 mistake 4: what is sent is what is stored, byte for byte, however the caller formats it', async () => {
    const stored = '{ "title":"Hello",  "order": 1.0 }';
    const { id } = await world.approvedCall({ ...RENAME, body: stored });
    await world.call({ requestId: id, ...RENAME, body: '{"order":1,"title":"Hello"}' });
    expect(bodyOf(world.transport.sent[0])).toBe(stored);
    expect(world.transport.sent).toEqual([
      {
        method: 'PATCH',
        url: PAGE,
        headers: [
          ['accept', 'application/json'],
          ['content-type', 'application/json'],
          ['notion-version', '2026-03-11'],
          ['user-agent', 'Countersign'],
          ['authorization', `Bearer ${TOKEN}`],
          ['accept-encoding', 'identity'],
        ],
        body: expect.anything(),
      },
    ]);
  });

  it('an approved exact call is used when the same call is passed without its id, before any broad grant', async () => {
    const broad = await world.approvedBroad();
    const exact = await world.approvedCall(RENAME);
    expect((await world.call(RENAME)).grant).toMatchObject({ id: exact.id, status: 'executed' });
    expect((await world.call(RENAME)).grant.id).toBe(broad.id);
  });

  it('a request id of a broad grant means that grant alone', async () => {
    const write = await world.approvedBroad();
    const read = await world.approvedBroad({ level: 'read' });
    expect((await world.call({ requestId: write.id, ...SEARCH })).grant.id).toBe(write.id);
    const refused = await world.call({ requestId: read.id, ...RENAME }).catch((error: DomainError) => error);
    expect(refused).toMatchObject({ code: 'authority_required', details: { because: 'level' } });
    expect((await world.call(SEARCH)).grant.id).toBe(read.id);
  });

  it('mistake 4: what the provider answers is data, whatever it is; a 401 makes us forget the token', async () => {
    const { id } = await world.approvedCall(RENAME);
    world.transport.answers = async () => answerOf(`{"error":"no ${TOKEN}"}`, 401);
    const ran = await world.call({ requestId: id });
    expect(ran.outcome).toMatchObject({ kind: 'answered', answer: { status: 401, body: { error: 'no [redacted]' } } });
    expect(world.vault.forgotten).toEqual(['user_ada of org_acme at notion']);
    expect(JSON.stringify(ran)).not.toContain(TOKEN);
    expect(await world.read(id)).toMatchObject({ status: 'executed', execution: { status: 401 } });
  });
});

describe('a call without an answer', () => {
  const endings = [
    { what: 'a refused address', failure: new TransportFailure('upstream_address_refused', false), ends: 'not_sent' },
    { what: 'no connection', failure: new TransportFailure('upstream_unreachable', false), ends: 'not_sent' },
    { what: 'cancelling before a byte left', failure: new TransportFailure('cancelled', false), ends: 'not_sent' },
    { what: 'cancelling after it', failure: new TransportFailure('cancelled', true), ends: 'outcome_unknown' },
    { what: 'silence', failure: new TransportFailure('upstream_timeout', true), ends: 'outcome_unknown' },
    {
      what: 'an answer that broke off',
      failure: new TransportFailure('upstream_broken', true),
      ends: 'outcome_unknown',
    },
    { what: 'a transport that throws anything else', failure: new Error(TOKEN), ends: 'outcome_unknown' },
  ] as const;

  it.each(endings)('mistake 20: $what is $ends, is said so, and is never sent again', async ({ failure, ends }) => {
    const exact = await world.approvedCall(RENAME);
    world.transport.answers = () => Promise.reject(failure);
    const ran = await world.call({ requestId: exact.id });
    const code = failure instanceof TransportFailure ? failure.code : 'upstream_broken';
    expect(ran.outcome).toEqual({ kind: ends, code });
    expect(ran.grant.status).toBe(ends === 'not_sent' ? 'failed' : 'outcome_unknown');
    expect(await world.call({ requestId: exact.id }).catch(codeOf)).toBe('already_used');
    expect(world.transport.sent).toHaveLength(1);
  });

  it.each(endings)('$what counts as a call of a broad grant and ends only itself', async ({ failure, ends }) => {
    const { id } = await world.approvedBroad({ maxCalls: 2 });
    world.transport.answers = () => Promise.reject(failure);
    expect((await world.call(RENAME)).outcome.kind).toBe(ends);
    const result = ends === 'not_sent' ? 'failed' : 'outcome_unknown';
    expect(await world.read(id)).toMatchObject({ status: 'approved', callsMade: 1, lastCalls: [{ result }] });
  });

  it('passes the caller’s cancelling on to the transport', async () => {
    const { id } = await world.approvedCall(RENAME);
    const caller = new AbortController();
    world.transport.answers = (_, signal) => {
      const cut = new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new TransportFailure('cancelled', true)));
      });
      caller.abort();
      return cut;
    };
    const ran = await world.call({ requestId: id }, caller.signal);
    expect(ran.outcome).toEqual({ kind: 'outcome_unknown', code: 'cancelled' });
  });

  it('cancelling before the begin sends nothing and spends nothing', async () => {
    const { id } = await world.approvedCall(RENAME);
    const caller = new AbortController();
    const token = world.vault.tokens;
    world.vault.tokens = (slug) => {
      caller.abort();
      return token!(slug);
    };
    const ended = await world.call({ requestId: id }, caller.signal).catch((error: Error) => error.name);
    expect(ended).toBe('AbortError');
    expect(world.transport.sent).toEqual([]);
    expect(await world.statusOf(id)).toBe('approved');
  });

  it.each(['an exact call', 'a broad grant'])(
    'the answer is given although its end cannot be stored: %s',
    async (kind) => {
      const { id } = await (kind === 'an exact call' ? world.approvedCall(RENAME) : world.approvedBroad());
      world.store.before = (action) => {
        if (action === 'call.finished') throw new DomainError('store_unavailable', 'The store is away.');
      };
      const ran = await world.call({ requestId: id, ...RENAME });
      expect(ran.outcome).toMatchObject({ kind: 'answered', answer: { status: 200 } });
      expect(world.transport.sent).toHaveLength(1);
    },
  );

  it('I9 a crash between begin and finish: after a minute the outcome is unknown, and it is not sent again', async () => {
    const { id } = await world.approvedCall(RENAME);
    world.store.before = (action) => {
      if (action === 'call.finished') throw new DomainError('store_unavailable', 'The process is gone.');
    };
    await world.call({ requestId: id });
    expect(await world.statusOf(id)).toBe('executing');
    expect(await world.call({ requestId: id }).catch(codeOf)).toBe('already_executing');
    world.clock.advance(MINUTE_MS);
    expect(await world.statusOf(id)).toBe('outcome_unknown');
    expect(await world.call({ requestId: id }).catch(codeOf)).toBe('already_used');
    expect(await world.call(RENAME).catch(codeOf)).toBe('authority_required');
    expect(world.transport.sent).toHaveLength(1);
  });
});
