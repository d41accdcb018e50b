import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { AccessModule } from './approvals/access.module.js';
import { ApprovalSettings } from './approvals/approval-settings.js';
import { ApprovalsModule } from './approvals/approvals.module.js';
import { AuthModule } from './auth/auth.module.js';
import { AuthSettings } from './auth/auth-settings.js';
import { BrowserSessionStore } from './auth/browser-session-store.port.js';
import { Keys } from './auth/keys.js';
import type { Config } from './config/config.js';
import { ConnectionsModule } from './connections/connections.module.js';
import { GatewayModule } from './gateway/gateway.module.js';
import { UndiciTransport } from './gateway/undici.transport.js';
import { GrantSettings } from './grants/grant-settings.js';
import { GrantsModule } from './grants/grants.module.js';
import { ReadinessChecks } from './http/health.controller.js';
import { HttpModule } from './http/http.module.js';
import { PageSettings } from './http/page.controller.js';
import { Clock } from './kernel/clock.port.js';
import { McpModule } from './mcp/mcp.module.js';
import { McpSettings } from './mcp/mcp-settings.js';
import { ProvidersModule } from './providers/providers.module.js';
import { SessionsModule } from './sessions/sessions.module.js';
import { StorageModule } from './storage/storage.module.js';
import { StoreSettings } from './storage/store-settings.js';
import type { Upstream } from './upstream.js';
import { WorkosModule } from './workos/workos.module.js';

const PENDING_MAX = 5;
const FRESH_SIGN_IN_MS = 5 * 60_000;

export interface AppModuleOptions {
  readonly config: Config;
  /** WorkOS, or the sandbox that plays it. */
  readonly upstream: Upstream;
  readonly clock: Clock;
  readonly version: string;
  /** Folder of the built page. */
  readonly pageFolder: string;
  /** A team's own modules, such as `ProvidersModule.forFeature([acme])`. */
  readonly features: ModuleMetadata['imports'];
}

/** The wiring diagram: the only place where ports meet adapters. Reads from the ground floor up. */
@Module({})
export class AppModule {
  static forRoot({ config, upstream, clock, version, pageFolder, features = [] }: AppModuleOptions): DynamicModule {
    const keys = new Keys(upstream.secrets);
    const { publicUrl, mcpUrl } = config;
    const isSandbox = config.mode === 'sandbox';

    const settings = ConfigModule.forRoot({ ignoreEnvFile: true, ignoreEnvVars: true, load: [() => ({ config })] });
    const storage = StorageModule.forRoot({
      redisUrl: config.redisUrl,
      folder: config.dataDir,
      settings: new StoreSettings(keys.current('tag'), config.sessionTtlMs, config.historyTtlMs),
      clock,
    });
    const workos = WorkosModule.forRoot({ workos: upstream, imports: [storage] });
    const providers = ProvidersModule.forRoot({
      ...config.providers,
      snowflake: { accountHost: upstream.snowflakeHost, sqlReads: config.snowflake.sqlReads },
    });
    const sessions = SessionsModule.forRoot({ imports: [storage] });
    const grants = GrantsModule.forRoot({
      imports: [storage],
      settings: new GrantSettings(config.requestTtlMs, config.authorityMs, config.authorityMaxMs, PENDING_MAX),
    });
    const connections = ConnectionsModule.forRoot({ imports: [storage, workos, providers] });
    const gateway = GatewayModule.forRoot({
      imports: [storage, workos, providers, grants],
      transport: new UndiciTransport(upstream.route),
    });
    const access = AccessModule.forRoot({ imports: [grants, providers] });
    const auth = AuthModule.forRoot({
      imports: [storage, workos, access],
      keys,
      settings: new AuthSettings({
        publicUrl,
        mcpPath: new URL(mcpUrl).pathname,
        issuer: upstream.issuer,
        audiences: config.audiences,
        mcpOrigins: config.allowedOrigins,
        isSandbox,
      }),
    });
    const approvals = ApprovalsModule.forRoot({
      imports: [storage, workos, providers, grants, connections, access, auth],
      settings: new ApprovalSettings(config.approvalReauth, FRESH_SIGN_IN_MS, publicUrl),
    });
    const mcp = McpModule.forRoot({
      imports: [storage, workos, providers, sessions, grants, connections, gateway, auth],
      settings: new McpSettings(version, publicUrl, mcpUrl, isSandbox),
    });
    const http = HttpModule.forRoot({
      imports: [storage],
      page: new PageSettings(pageFolder),
      readiness: { inject: [BrowserSessionStore], useFactory: storeReadiness },
    });
    return { module: AppModule, imports: [settings, ...features, approvals, mcp, http] };
  }
}

/** Reading what nobody has costs one round trip and shows that the store answers. */
function storeReadiness(store: BrowserSessionStore): ReadinessChecks {
  const check = async () => {
    await store.find('0'.repeat(64));
  };
  return new ReadinessChecks([{ name: 'store', check }]);
}
