import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { BrowserSessionEnded } from '../auth/browser-session-ended.port.js';
import { AccessService } from './access.service.js';

/** Apart from the rest of the room, since signing out needs it and everything else of the room needs signing in. */
@Module({})
export class AccessModule {
  /** `imports` bring `GrantsService` and `ProviderRegistry`. */
  static forRoot(options: { imports: ModuleMetadata['imports'] }): DynamicModule {
    return {
      module: AccessModule,
      imports: options.imports ?? [],
      providers: [AccessService, { provide: BrowserSessionEnded, useExisting: AccessService }],
      exports: [AccessService, BrowserSessionEnded],
    };
  }
}
