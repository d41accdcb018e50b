import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { GatewayService } from './gateway.service.js';
import { Transport } from './transport.port.js';

@Module({})
export class GatewayModule {
  /** `imports` bring `TokenVault`, `ClientConsent`, `ProviderRegistry`, `GrantsService`, `AuditSink` and `Clock`. */
  static forRoot(options: { imports: ModuleMetadata['imports']; transport: Transport }): DynamicModule {
    return {
      module: GatewayModule,
      imports: options.imports ?? [],
      providers: [{ provide: Transport, useValue: options.transport }, GatewayService],
      exports: [GatewayService],
    };
  }
}
