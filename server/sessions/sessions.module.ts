import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { SessionsService } from './sessions.service.js';

@Module({})
export class SessionsModule {
  /** `imports` bring `SessionStore`. */
  static forRoot(options: { imports: ModuleMetadata['imports'] }): DynamicModule {
    return {
      module: SessionsModule,
      imports: options.imports ?? [],
      providers: [SessionsService],
      exports: [SessionsService],
    };
  }
}
