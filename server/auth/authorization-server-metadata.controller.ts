import { Controller, Get, Header } from '@nestjs/common';
import { AuthorizationServerMetadataService } from './authorization-server-metadata.service.js';

/** For clients from before RFC 9728, which take us for our own authorization server. */
@Controller('.well-known/oauth-authorization-server')
export class AuthorizationServerMetadataController {
  constructor(private readonly metadata: AuthorizationServerMetadataService) {}

  @Get(['', '*path'])
  @Header('Access-Control-Allow-Origin', '*')
  @Header('Cache-Control', 'public, max-age=300')
  read(): Promise<Readonly<Record<string, unknown>>> {
    return this.metadata.read();
  }
}
