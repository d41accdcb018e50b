import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { Identity } from '../auth/identity.port.js';
import { TokenVault } from '../connections/token-vault.port.js';
import { ClientConsent } from '../gateway/client-consent.port.js';
import { Clock } from '../kernel/clock.port.js';
import type { Secret } from '../kernel/secret.js';
import { WorkosClient } from './workos.client.js';
import { WorkosClientConsent } from './workos.client-consent.js';
import { WorkosIdentity } from './workos.identity.js';
import { WorkosTokenVault } from './workos.token-vault.js';

export interface WorkosOptions {
  readonly apiKey: Secret;
  readonly clientId: string;
  readonly redirectUri: string;
  /** The first seals, all open. */
  readonly secrets: readonly Secret[];
  /** Issuer of the tokens of MCP clients; a custom domain issues the browser's sessions, too. */
  readonly issuer: string;
  /** Absent: WorkOS's own API. */
  readonly apiBase?: { readonly hostname: string; readonly https: boolean; readonly port: number };
}

/** People, tokens and consents by WorkOS. `imports` bring `Clock`. */
@Module({})
export class WorkosModule {
  static forRoot(options: { imports: ModuleMetadata['imports']; workos: WorkosOptions }): DynamicModule {
    const { apiKey, clientId, apiBase, redirectUri, secrets, issuer } = options.workos;
    const base = apiBase && { apiHostname: apiBase.hostname, https: apiBase.https, port: apiBase.port };
    const client = new WorkosClient({ apiKey, clientId, ...base });
    const inject = [Clock];
    return {
      module: WorkosModule,
      imports: options.imports ?? [],
      providers: [
        { provide: TokenVault, useFactory: (clock: Clock) => new WorkosTokenVault(client, clock), inject },
        { provide: ClientConsent, useFactory: (clock: Clock) => new WorkosClientConsent(client, clock), inject },
        {
          provide: Identity,
          useFactory: (clock: Clock) => new WorkosIdentity(client, { redirectUri, secrets, issuers: [issuer] }, clock),
          inject,
        },
      ],
      exports: [TokenVault, ClientConsent, Identity],
    };
  }
}
