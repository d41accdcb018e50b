import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { AuthSettings } from './auth-settings.js';
import { AuthorizationServerMetadataController } from './authorization-server-metadata.controller.js';
import { AuthorizationServerMetadataService } from './authorization-server-metadata.service.js';
import { BearerGuard } from './bearer.guard.js';
import { BrowserSessionGuard } from './browser-session.guard.js';
import { BrowserSessionService } from './browser-session.service.js';
import { Keys } from './keys.js';
import { LoginController } from './login.controller.js';
import { MeController } from './me.controller.js';
import { ProtectedResourceController } from './protected-resource.controller.js';
import { SameOriginGuard } from './same-origin.guard.js';
import { SignInService } from './sign-in.service.js';
import { TokenVerifier } from './token-verifier.service.js';

const SERVICES = [
  TokenVerifier,
  BearerGuard,
  BrowserSessionService,
  BrowserSessionGuard,
  SameOriginGuard,
  SignInService,
];

@Module({})
export class AuthModule {
  /** `imports` bring `Identity`, `BrowserSessionStore`, `BrowserSessionEnded`, `AuditSink` and `Clock`. */
  static forRoot(options: { settings: AuthSettings; keys: Keys; imports: ModuleMetadata['imports'] }): DynamicModule {
    const settings = [
      { provide: AuthSettings, useValue: options.settings },
      { provide: Keys, useValue: options.keys },
    ];
    return {
      module: AuthModule,
      imports: options.imports ?? [],
      controllers: [LoginController, MeController, ProtectedResourceController, AuthorizationServerMetadataController],
      providers: [...settings, ...SERVICES, AuthorizationServerMetadataService],
      exports: [...settings.map(({ provide }) => provide), ...SERVICES],
    };
  }
}
