import { Controller, Get } from '@nestjs/common';
import { AuthSettings } from '../auth/auth-settings.js';
import type { Site } from './approvals.contract.js';

/** What everyone may know, signed in or not. */
@Controller('api/site')
export class SiteController {
  constructor(private readonly settings: AuthSettings) {}

  @Get()
  read(): Site {
    return { isSandbox: this.settings.isSandbox, mcpUrl: this.settings.resource };
  }
}
