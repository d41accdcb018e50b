import { Controller, Get, Header, NotFoundException, Param } from '@nestjs/common';
import { AuthSettings } from './auth-settings.js';
import { STANDARD_SCOPES } from './challenge.js';

/** RFC 9728 metadata, at the form with the resource's path and at the root. §3.3: built from configuration, never from Host. */
@Controller('.well-known/oauth-protected-resource')
export class ProtectedResourceController {
  constructor(private readonly settings: AuthSettings) {}

  @Get(['', '*path'])
  @Header('Access-Control-Allow-Origin', '*')
  @Header('Cache-Control', 'public, max-age=300')
  read(@Param('path') path?: string | string[]) {
    const asked = path === undefined ? '' : `/${[path].flat().join('/')}`;
    if (asked !== '' && asked !== this.settings.mcpPath) throw new NotFoundException();
    return {
      resource: this.settings.resource,
      authorization_servers: [this.settings.issuer],
      bearer_methods_supported: ['header'],
      scopes_supported: STANDARD_SCOPES,
      resource_name: 'Countersign',
    };
  }
}
