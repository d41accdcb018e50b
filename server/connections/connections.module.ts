import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { ConnectionsService } from './connections.service.js';

@Module({})
export class ConnectionsModule {
  /** `imports` bring `TokenVault`, `ProviderRegistry`, `AuditSink` and `Clock`. */
  static forRoot(options: { imports: ModuleMetadata['imports'] }): DynamicModule {
    return {
      module: ConnectionsModule,
      imports: options.imports ?? [],
      providers: [ConnectionsService],
      exports: [ConnectionsService],
    };
  }
}
