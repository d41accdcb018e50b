import { tokenOf } from '../../test/support/gateway-fakes.js';
import { GatewayWorld } from '../../test/support/gateway-world.js';
import { approver, codeOf, deny, MINUTE_MS, principal } from '../../test/support/grants.js';
import { EXECUTING_MAX_MS } from '../grants/authority-grant.js';
import type { GrantCommand } from '../grants/lifecycle.js';
import { DomainError } from '../kernel/domain-error.js';
import type { GatewayRequest } from './gateway.service.js';

const PAGE = 'https://api.notion.com/v1/pages/1';
const RENAME = { method: 'PATCH', url: PAGE, body: { title: 'Hello' } };
const SEARCH = { method: 'POST', url: 'https://api.notion.com/v1/search', body: { query: 'plan' } };
const ISSUES = {
  method: 'POST',
  url: 'https://api.linear.app/graphql',
  body: { query: '{ issues { nodes { id } } }' },
};

let world: GatewayWorld;
beforeEach(() => {
  world = new GatewayWorld();
});
afterEach(() => world.close());

/** Nothing was sent, no begin was stored, and the refusal is on record unless the store itself is away. */
async function refused(request: GatewayRequest, code: string, as = world.ada): Promise<DomainError> {
  world.steps();
  const error = await world.call(request, undefined, as).then(
    () => new Error('It was not refused.'),
    (reason: unknown) => reason as Error,
  );
  expect(codeOf(error)).toBe(code);
  expect(world.transport.sent).toEqual([]);
  expect(world.steps()).not.toContain('call.started');
  const recorded = world.audit.of('call.refused').map(({ details, subject }) => [details.code, subject]);
  expect(recorded).toEqual(code === 'store_unavailable' ? [] : [[code, as.subject]]);
  return error as DomainError;
}

describe('mistake 4: what stands between approval and token is refused, and the approval is still good after it', () => {
  const obstacles: {
    what: string;
    code: string;
    happens: () => void;
    says?: RegExp;
  }[] = [
    {
      what: 'the person disconnected the provider',
      code: 'connection_required',
      says: /Notion is not connected/,
      happens: () => {
        world.vault.tokens = () => ({ kind: 'not_connected' });
      },
    },
    {
      what: 'the connection needs a new consent',
      code: 'connection_required',
      says: /Notion has to be connected again/,
      happens: () => {
        world.vault.tokens = () => ({ kind: 'needs_reauthorization' });
      },
    },
    {
      what: 'another account is connected now',
      code: 'connection_changed',
      happens: () => {
        world.vault.tokens = () => tokenOf('account_of_somebody_else');
      },
    },
    {
      what: 'the person withdrew the consent for the client',
      code: 'authority_revoked',
      happens: () => {
        world.consent.given = async () => false;
      },
    },
    {
      what: 'the list of consents cannot be read',
      code: 'workos_unavailable',
      happens: () => {
        world.consent.given = () => Promise.reject(new DomainError('workos_unavailable', 'WorkOS does not answer.'));
      },
    },
    {
      what: 'the vault is out of reach',
      code: 'workos_unavailable',
      happens: () => {
        world.vault.tokens = () => Promise.reject(new DomainError('workos_unavailable', 'WorkOS does not answer.'));
      },
    },
    {
      what: 'the token cannot stand in a header',
      code: 'workos_unavailable',
      happens: () => {
        world.vault.tokens = (slug) => {
          const answer = tokenOf(`account_${slug}`);
          if (answer.kind === 'token') Object.assign(answer, { token: { reveal: () => 'two\r\nlines' } });
          return answer;
        };
      },
    },
    {
      what: 'the begin cannot be stored',
      code: 'store_unavailable',
      happens: () => {
        world.store.before = () => {
          throw new DomainError('store_unavailable', 'The store is away.');
        };
      },
    },
  ];

  describe.each(['an exact call', 'a broad grant'])('%s', (kind) => {
    it.each(obstacles)('$what: $code', async ({ code, happens, says }) => {
      const { tokens } = world.vault;
      const { given } = world.consent;
      const { id } = await (kind === 'an exact call'
        ? world.approvedCall(RENAME)
        : world.approvedBroad({ maxCalls: 1 }));
      const request = kind === 'an exact call' ? { requestId: id } : RENAME;
      happens();
      const error = await refused(request, code);
      if (says) expect(error.message).toMatch(says);
      world.vault.tokens = tokens;
      world.consent.given = given;
      world.store.before = () => {};
      expect((await world.call(request)).outcome.kind).toBe('answered');
    });
  });
});

describe('I26: what may be called is decided at execution, too', () => {
  it('an approved call that an update has closed since is refused, and not spent', async () => {
    const { id } = await world.approvedCall(RENAME);
    const closed = jest.spyOn(world.registry, 'judgeCall').mockImplementation(() => {
      throw new DomainError('call_not_allowed', 'It can never be called.');
    });
    await refused({ requestId: id }, 'call_not_allowed');
    closed.mockRestore();
    expect((await world.call({ requestId: id })).outcome.kind).toBe('answered');
  });
});

describe('a request id is that request or a refusal', () => {
  const running = async () => {
    const { id } = await world.approvedCall(RENAME);
    world.store.before = (action) => {
      if (action === 'call.finished') throw new DomainError('store_unavailable', 'The process is gone.');
    };
    await world.call({ requestId: id });
    world.transport.sent.splice(0);
    return id;
  };
  const stories: { when: string; code: string; id: () => Promise<string> }[] = [
    { when: 'it waits for the person', code: 'request_pending', id: async () => (await world.askCall(RENAME)).id },
    {
      when: 'it was denied',
      code: 'request_denied',
      id: async () => {
        const { id, digest } = await world.askCall(RENAME);
        await world.grants.decide(id, deny(digest, approver()) as Extract<GrantCommand, { type: 'deny' }>);
        return id;
      },
    },
    {
      when: 'it was taken back',
      code: 'request_withdrawn',
      id: async () => {
        const { id } = await world.askCall(RENAME);
        await world.end(id);
        return id;
      },
    },
    {
      when: 'nobody decided in time',
      code: 'request_expired',
      id: async () => {
        const { id } = await world.askCall(RENAME);
        world.clock.advance(10 * MINUTE_MS);
        return id;
      },
    },
    {
      when: 'I11: its five minutes are over',
      code: 'request_expired',
      id: async () => {
        const { id } = await world.approvedCall(RENAME);
        world.clock.advance(5 * MINUTE_MS);
        return id;
      },
    },
    {
      when: 'I8: it was revoked',
      code: 'authority_revoked',
      id: async () => {
        const { id } = await world.approvedCall(RENAME);
        await world.end(id);
        return id;
      },
    },
    {
      when: 'mistake 14: the store has lost its epoch since',
      code: 'authority_voided',
      id: async () => {
        const { id } = await world.approvedCall(RENAME);
        world.store.epoch = 'after a restart';
        return id;
      },
    },
    { when: 'it runs now', code: 'already_executing', id: running },
    {
      when: 'it was lost while running',
      code: 'already_used',
      id: async () => {
        const id = await running();
        world.clock.advance(EXECUTING_MAX_MS);
        return id;
      },
    },
    {
      when: 'I9: it was used',
      code: 'already_used',
      id: async () => {
        const { id } = await world.approvedCall(RENAME);
        await world.call({ requestId: id });
        world.transport.sent.splice(0);
        return id;
      },
    },
    { when: 'no request has it', code: 'not_found', id: async () => 'a'.repeat(48) },
    { when: 'it is no request id at all', code: 'not_found', id: async () => '../../pages' },
    {
      when: 'I5: it is of the same person’s other session',
      code: 'not_found',
      id: async () => {
        const other = await world.askCall(RENAME, 'account_notion', principal({ sid: 'sid_2' }));
        return (await world.approve(other)).id;
      },
    },
    {
      when: 'I5 mistake 7: it is of another person with the same sid',
      code: 'not_found',
      id: async () => {
        const other = await world.askCall(RENAME, 'account_notion', principal({ subject: 'user_bo' }));
        return (await world.approve(other)).id;
      },
    },
  ];

  it.each(stories)('$when: $code', async ({ id, code }) => {
    await refused({ requestId: await id() }, code);
  });

  it.each(stories)('mistake 5: $when: $code, and a live broad grant changes nothing', async ({ id, code }) => {
    const requestId = await id();
    const { epoch } = world.store;
    world.store.epoch = null;
    await world.approvedBroad();
    world.store.epoch = epoch;
    await refused({ requestId, ...RENAME }, code);
  });

  it('mistake 5: while a broad grant is live, another call than the approved one is refused, and the approval stays', async () => {
    const broad = await world.approvedBroad();
    const { id } = await world.approvedCall(RENAME);
    await refused({ requestId: id, ...SEARCH }, 'request_mismatch');
    expect((await world.read(broad.id)).kind === 'broad' && (await world.read(broad.id))).toMatchObject({
      callsMade: 0,
    });
    expect(await world.statusOf(id)).toBe('approved');
  });

  it.each([
    ['headers alone', { headers: { 'notion-version': '2022-06-28' } }],
    ['a body alone', { body: { title: 'Other' } }],
    ['a method alone', { method: 'PATCH' }],
    ['a URL alone', { url: PAGE }],
  ])('%s beside the id is half a call, and is refused', async (_, half) => {
    const { id } = await world.approvedCall(RENAME);
    await refused({ requestId: id, ...half }, 'invalid_arguments');
    expect(await world.statusOf(id)).toBe('approved');
  });

  it.each<[part: string, other: Partial<typeof RENAME> & { headers?: Record<string, string> }]>([
    ['method', { method: 'POST', url: 'https://api.notion.com/v1/pages' }],
    ['url', { url: 'https://api.notion.com/v1/pages/2' }],
    ['headers', { headers: { 'notion-version': '2022-06-28' } }],
    ['body', { body: { title: 'Bye' } }],
  ])(
    'mistake 2: a call with another %s than the approved one is refused, and the approval stays',
    async (part, other) => {
      const { id } = await world.approvedCall(RENAME);
      const { details } = await refused({ requestId: id, ...RENAME, ...other }, 'request_mismatch');
      expect(details).toEqual({ requestId: id, part });
      expect((await world.call({ requestId: id })).outcome.kind).toBe('answered');
    },
  );

  it('an approved call whose body is no longer kept is refused', async () => {
    const { id } = await world.approvedCall(RENAME);
    world.database.run('DELETE FROM bodies');
    await refused({ requestId: id }, 'already_used');
  });

  describe('I10: the digest is checked at execution', () => {
    const record = (change: string) => world.database.run(`UPDATE grants SET record = json_set(record, ${change})`);
    it.each<[what: string, changes: () => unknown]>([
      [
        'another byte in the stored body',
        () => world.database.run('UPDATE bodies SET body = CAST(\'{"title":"Hellx"}\' AS BLOB)'),
      ],
      ['another length of the stored body', () => world.database.run("UPDATE bodies SET body = x'7b7d'")],
      ['another method', () => record("'$.call.method', 'DELETE'")],
      ['another URL', () => record(`'$.call.url', '${PAGE}2'`)],
      ['another header', () => record("'$.call.headers[0][1]', 'text/html'")],
      ['another level', () => record("'$.call.level', 'read'")],
      ['another provider', () => record("'$.call.provider', 'linear'")],
      ['another account', () => record("'$.connection', 'account_other'")],
      ['another user', () => record("'$.principal.subject', 'user_eve'")],
      ['another organization', () => record("'$.principal.organization', 'org_other'")],
      ['another client', () => record("'$.principal.clientId', 'client_other'")],
      ['another session', () => record("'$.principal.sid', 'sid_2'")],
      ['another digest', () => record("'$.digest', '00'")],
    ])('an exact call with %s than was approved is not sent and not spent', async (_, changes) => {
      const { id } = await world.approvedCall(RENAME);
      changes();
      await refused({ requestId: id }, 'request_changed');
      expect(await world.statusOf(id)).toBe('approved');
    });

    it('a body that was put where there was none is not sent', async () => {
      const { id } = await world.approvedCall({ method: 'DELETE', url: 'https://api.notion.com/v1/blocks/1' });
      world.database.run("INSERT INTO bodies VALUES (?, ?, x'7b7d')", id, world.clock.now() + MINUTE_MS);
      await refused({ requestId: id }, 'request_changed');
    });

    it.each<[what: string, change: string]>([
      ['another account', "'$.connections.notion', 'account_other'"],
      ['one more provider', '\'$.requested.providers\', json(\'["linear","notion","snowflake"]\')'],
      ['another session', "'$.principal.sid', 'sid_2'"],
    ])('a broad grant with %s than was approved allows nothing', async (_, change) => {
      await world.approvedBroad();
      record(change);
      await refused(SEARCH, 'request_changed');
    });
  });
});

describe('without a live approval for it', () => {
  it.each([
    { what: 'nothing', has: async () => {}, call: SEARCH, because: 'no_grant' },
    {
      what: 'another provider',
      has: () => world.approvedBroad({ providers: ['linear'] }),
      call: SEARCH,
      because: 'no_grant',
    },
    { what: 'reading alone', has: () => world.approvedBroad({ level: 'read' }), call: RENAME, because: 'level' },
    {
      what: 'a request that waits',
      has: () => world.askCall(RENAME),
      call: RENAME,
      because: 'no_grant',
    },
    {
      what: 'one call, which is made',
      has: async () => {
        await world.approvedBroad({ maxCalls: 1 });
        await world.call(SEARCH);
        world.transport.sent.splice(0);
      },
      call: SEARCH,
      because: 'calls_used',
    },
    {
      what: 'an approval that is over',
      has: async () => {
        await world.approvedBroad();
        world.clock.advance(5 * MINUTE_MS);
      },
      call: SEARCH,
      because: 'no_grant',
    },
    {
      what: 'an exact call of the same words but one',
      has: () => world.approvedCall({ ...RENAME, body: { title: 'Hello!' } }),
      call: RENAME,
      because: 'no_grant',
    },
  ])('a session that holds $what is told exactly what to ask for', async ({ has, call, because }) => {
    await has();
    const { details } = await refused(call, 'authority_required');
    const level = call === RENAME ? 'write' : 'read';
    expect(details).toEqual({
      provider: 'notion',
      level,
      because,
      askForThisCall: { kind: 'request', ...call },
      askForSomeTime: { kind: 'broad', level, providers: ['notion'] },
    });
    expect(world.vault.asked.length).toBe(because === 'calls_used' ? 1 : 0);
  });

  it('mistake 6: nothing is created by asking for what is not allowed', async () => {
    await refused(ISSUES, 'authority_required');
    expect((await world.grants.open(world.ada)).grants).toEqual([]);
  });

  it.each([
    ['a host of nobody', { method: 'GET', url: 'https://evil.example/' }, 'provider_not_matched'],
    ['a header that is not allowed', { ...SEARCH, headers: { Authorization: 'Bearer x' } }, 'header_not_allowed'],
    ['no method', { url: PAGE }, 'invalid_arguments'],
    ['nothing at all', {}, 'invalid_arguments'],
    ['headers alone', { headers: {} }, 'invalid_arguments'],
  ])('%s is refused, whatever is approved', async (_, call, code) => {
    await world.approvedBroad();
    await refused(call, code);
  });

  it.each([
    ['a read', '{ webhooks { nodes { id secret } } }'],
    ['a write', 'mutation { webhookUpdate(id: "1", input: {}) { webhook { key: secret } } }'],
  ])('I26: %s that asks for a secret is not sent, spends no call, and cannot be asked for', async (_, query) => {
    await world.approvedBroad({ providers: ['linear'], maxCalls: 1 });
    const secret = { ...ISSUES, body: { query } };
    const { message } = await refused(secret, 'call_not_allowed');
    expect(message).toMatch(/“secret” holds .* Leave it out/);
    expect(await world.askCall(secret).catch(codeOf)).toBe('call_not_allowed');
    expect((await world.call(ISSUES)).outcome.kind).toBe('answered');
  });

  it('the record of a refusal names code and provider, and nothing of the call', async () => {
    await refused({ ...RENAME, body: { title: 'canary' } }, 'authority_required');
    const [event] = world.audit.events;
    expect(event).toMatchObject({
      actor: { type: 'client', clientId: 'client_code' },
      subject: 'user_ada',
      organization: 'org_acme',
      details: { code: 'authority_required', provider: 'notion' },
    });
    expect(JSON.stringify(event)).not.toContain('canary');
  });

  it('a refusal holds although it cannot be recorded', async () => {
    world.audit.append = () => Promise.reject(new DomainError('audit_unavailable', 'The disk is full.'));
    expect(await world.call(SEARCH).catch(codeOf)).toBe('authority_required');
  });
});
