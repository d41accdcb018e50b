import { type DynamicModule, type FactoryProvider, Module, type ModuleMetadata } from '@nestjs/common';
import { HealthController, ReadinessChecks } from './health.controller.js';
import { PageController, PageSettings } from './page.controller.js';

@Module({})
export class HttpModule {
  static forRoot(options: {
    imports: ModuleMetadata['imports'];
    page: PageSettings;
    readiness: Pick<FactoryProvider<ReadinessChecks>, 'inject' | 'useFactory'>;
  }): DynamicModule {
    return {
      module: HttpModule,
      imports: options.imports ?? [],
      controllers: [HealthController, PageController],
      providers: [
        { provide: PageSettings, useValue: options.page },
        { provide: ReadinessChecks, ...options.readiness },
      ],
    };
  }
}
