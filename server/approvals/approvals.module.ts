import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { ApprovalSettings } from './approval-settings.js';
import { ApprovalsController } from './approvals.controller.js';
import { ApprovalsService } from './approvals.service.js';
import { GrantsController } from './grants.controller.js';
import { IntegrationsController } from './integrations.controller.js';
import { SiteController } from './site.controller.js';
import { WrongUserService } from './wrong-user.service.js';

@Module({})
export class ApprovalsModule {
  /** `imports` bring the modules of grants, connections, providers, access and auth, with `Identity` and `Clock`. */
  static forRoot(options: { imports: ModuleMetadata['imports']; settings: ApprovalSettings }): DynamicModule {
    return {
      module: ApprovalsModule,
      imports: options.imports ?? [],
      controllers: [ApprovalsController, GrantsController, IntegrationsController, SiteController],
      providers: [{ provide: ApprovalSettings, useValue: options.settings }, ApprovalsService, WrongUserService],
    };
  }
}
