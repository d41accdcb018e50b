import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { GrantSettings } from './grant-settings.js';
import { GrantsService } from './grants.service.js';

@Module({})
export class GrantsModule {
  /** `imports` bring `GrantStore`. */
  static forRoot(options: { imports: ModuleMetadata['imports']; settings: GrantSettings }): DynamicModule {
    return {
      module: GrantsModule,
      imports: options.imports ?? [],
      providers: [{ provide: GrantSettings, useValue: options.settings }, GrantsService],
      exports: [GrantSettings, GrantsService],
    };
  }
}
