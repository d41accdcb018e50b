import '../docs/examples/acme.spec.js';
import '../docs/examples/parcel.spec.js';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Test } from '@nestjs/testing';
import { acme } from '../docs/examples/acme.js';
import { acmeServer } from '../docs/examples/acme-server.js';
import { CompanyTokenVault, type Lookup } from '../docs/examples/company.token-vault.js';
import { CountingTransport } from '../docs/examples/counting.transport.js';
import { ForwardingAuditSink } from '../docs/examples/forwarding.audit-sink.js';
import { AppModule } from '../server/app.module.js';
import type { AuditEvent } from '../server/audit/audit-event.js';
import { AuditSink } from '../server/audit/audit-sink.port.js';
import { loadConfig } from '../server/config/config.js';
import { TokenVault } from '../server/connections/token-vault.port.js';
import { GatewayService } from '../server/gateway/gateway.service.js';
import { type OutboundRequest, Transport, type UpstreamAnswer } from '../server/gateway/transport.port.js';
import { GrantsService } from '../server/grants/grants.service.js';
import type { Principal } from '../server/kernel/principal.js';
import { SystemClock } from '../server/kernel/system.clock.js';
import { ProvidersModule } from '../server/providers/providers.module.js';
import { SqliteAuditSink } from '../server/storage/sqlite.audit-sink.js';
import { SqliteDatabase } from '../server/storage/sqlite.database.js';
import { connectUpstream } from '../server/upstream.js';
import { Assistant } from './support/assistant.js';
import { people } from './support/people.js';
import { freePort } from './support/ports.js';

const CALL = { method: 'GET', url: 'https://api.acme.example/v1/orders?status=open' };

async function sandboxConfig() {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-extending-'));
  const [port, sandboxPort] = [await freePort(), await freePort()];
  const env = { PORT: String(port), SANDBOX_PORT: String(sandboxPort), DATA_DIR: folder };
  return { config: loadConfig(env), forget: () => rmSync(folder, { recursive: true, force: true }) };
}

describe('docs/extending.md: a provider from an OpenAPI description', () => {
  it('finds its description in the built server, too', () => {
    const { compilerOptions } = JSON.parse(readFileSync(join(__dirname, '..', 'nest-cli.json'), 'utf8'));
    const copied = compilerOptions.assets.map(({ include }: { include: string }) => include.replace('**/*', ''));
    const descriptions = readdirSync(join(__dirname, '..', 'docs', 'examples')).filter((name) =>
      name.endsWith('.json'),
    );
    expect(descriptions).not.toEqual([]);
    for (const name of descriptions) expect(copied.some((ending: string) => name.endsWith(ending))).toBe(true);
  });
});

describe('docs/extending.md: a server with a provider and a tool of a team’s own', () => {
  it('tells of both, and the tool has no more authority than any other call', async () => {
    const { config, forget } = await sandboxConfig();
    const { app, close } = await acmeServer(config).catch((error: unknown) => {
      forget();
      throw error;
    });
    try {
      await app.listen(config.port, config.host);
      const assistant = await Assistant.connect('2025-11-25', config.mcpUrl, people.ana());
      const info = await assistant.call('server_info', { provider: 'acme' });
      expect(info.facts.providers).toEqual([expect.objectContaining({ id: 'acme', reads: acme.reads })]);
      expect((await assistant.tools()).tools.map(({ name }) => name)).toContain('acme_open_orders');
      const refused = await assistant.call('acme_open_orders');
      expect(refused.isError).toBe(true);
      expect(refused.text).toMatch(/Nobody has allowed you to use acme now.*request_elevated_access/s);
      await assistant.close();
    } finally {
      await close();
      forget();
    }
  }, 60_000);
});

/** Answers every request, and keeps what it got. */
class AnsweringTransport extends Transport {
  readonly got: OutboundRequest[] = [];

  async send(request: OutboundRequest): Promise<UpstreamAnswer> {
    this.got.push(request);
    const headers = [['content-type', 'application/json']] as const;
    return { status: 200, headers, body: Buffer.from('[]'), isTruncated: false };
  }
}

const PRINCIPAL: Principal = {
  issuer: 'https://issuer.example',
  subject: 'user_01ANA',
  organization: 'org_01ACME',
  clientId: 'client_1',
  sid: 'app_consent_1',
};

async function serverWith(lookup: Lookup) {
  const { config, forget } = await sandboxConfig();
  const upstream = await connectUpstream(config);
  const [wire, forwarded] = [new AnsweringTransport(), [] as AuditEvent[]];
  const transport = new CountingTransport(wire);
  const forward = async (event: AuditEvent) => void forwarded.push(event);
  const features = [ProvidersModule.forFeature([acme])];
  const pageFolder = join(config.dataDir, 'no-page');
  const root = AppModule.forRoot({ config, upstream, clock: new SystemClock(), version: '0', pageFolder, features });
  const app = await Test.createTestingModule({ imports: [root] })
    .overrideProvider(TokenVault)
    .useValue(new CompanyTokenVault(['acme'], lookup))
    .overrideProvider(Transport)
    .useValue(transport)
    .overrideProvider(AuditSink)
    .useFactory({
      factory: (database: SqliteDatabase) => new ForwardingAuditSink(new SqliteAuditSink(database), forward),
      inject: [SqliteDatabase],
    })
    .compile()
    .catch(async (error: unknown) => {
      await upstream.close();
      forget();
      throw error;
    });
  await app.init();
  const close = async () => {
    await app.close();
    await upstream.close();
    forget();
  };
  return { gateway: app.get(GatewayService, { strict: false }), app, wire, transport, forwarded, close };
}

describe('docs/extending.md: a vault, a transport and an audit sink of a team’s own', () => {
  it('carry a call in the whole application, which keeps its rules', async () => {
    const world = await serverWith(async ({ userId }) => ({ accountId: `acme-${userId}`, token: 'acme-token-1' }));
    try {
      const signal = new AbortController().signal;
      await expect(world.gateway.call(PRINCIPAL, CALL, signal)).rejects.toMatchObject({ code: 'authority_required' });
      expect(world.forwarded.map(({ action }) => action)).toEqual(['call.refused']);
      expect(world.transport.sent.size).toBe(0);

      const grants = world.app.get(GrantsService, { strict: false });
      const { grant } = await grants.request(PRINCIPAL, {
        kind: 'broad',
        scope: { level: 'read', providers: ['acme'], durationMs: 60_000, maxCalls: null },
        reason: 'To see the open orders.',
        connections: { acme: 'acme-user_01ANA' },
      });
      const by = { userId: PRINCIPAL.subject, organization: PRINCIPAL.organization, browserSession: 'browser' };
      const answer = { digest: grant.digest, note: null, scope: null, maxDurationMs: 60_000 };
      await grants.decide(grant.id, { type: 'approve', by, ...answer });

      const { outcome } = await world.gateway.call(PRINCIPAL, CALL, signal);
      expect(outcome).toMatchObject({ kind: 'answered', answer: { status: 200 } });
      expect(world.transport.sent).toEqual(new Map([['api.acme.example', 1]]));
      expect(world.wire.got).toMatchObject([CALL]);
      expect(world.wire.got[0]!.headers).toContainEqual(['authorization', 'Bearer acme-token-1']);
    } finally {
      await world.close();
    }
  }, 60_000);

  it('say so when the vault is out of reach, and nothing is sent', async () => {
    const world = await serverWith(() => Promise.reject(new Error('away')));
    try {
      const owner = { userId: 'user_01ANA', organization: null };
      const vault = world.app.get(TokenVault, { strict: false });
      await expect(vault.token(owner, 'acme')).rejects.toMatchObject({ code: 'workos_unavailable' });
    } finally {
      await world.close();
    }
  }, 60_000);
});
