import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { MCP_HTTP_HANDLER, MCP_STRATEGY, StreamableHttpTransport } from '@rekog/mcp-nest';
import { AccessQuestionsService } from './access-questions.service.js';
import { ApprovalPagesService } from './approval-pages.service.js';
import { GuideController } from './guide.controller.js';
import { McpEndpointController } from './mcp.controller.js';
import { McpSettings } from './mcp-settings.js';
import { mcpStrategy, mcpTransport } from './strategy.js';
import { CallIntegrationApiTool } from './tools/call-integration-api.tool.js';
import { CheckAccessRequestTool } from './tools/check-access-request.tool.js';
import { ConnectIntegrationTool } from './tools/connect-integration.tool.js';
import { ListIntegrationsTool } from './tools/list-integrations.tool.js';
import { RequestElevatedAccessTool } from './tools/request-elevated-access.tool.js';
import { RevokeAccessTool } from './tools/revoke-access.tool.js';
import { ServerInfoTool } from './tools/server-info.tool.js';
import { WhoamiTool } from './tools/whoami.tool.js';

/** In the order of `tools/list`. */
const TOOLS = [
  ServerInfoTool,
  WhoamiTool,
  ListIntegrationsTool,
  ConnectIntegrationTool,
  RequestElevatedAccessTool,
  CheckAccessRequestTool,
  CallIntegrationApiTool,
  RevokeAccessTool,
];

/** The MCP edge. mcp-nest has no module of its own: its parts are providers here, so that many apps can live in one process. */
@Module({})
export class McpModule {
  static forRoot(options: { imports: ModuleMetadata['imports']; settings: McpSettings }): DynamicModule {
    return {
      module: McpModule,
      imports: options.imports ?? [],
      controllers: [McpEndpointController, ...TOOLS, GuideController],
      providers: [
        AccessQuestionsService,
        ApprovalPagesService,
        { provide: McpSettings, useValue: options.settings },
        { provide: StreamableHttpTransport, useFactory: mcpTransport },
        {
          provide: MCP_HTTP_HANDLER,
          useFactory: (transport: StreamableHttpTransport) => transport.httpHandlers,
          inject: [StreamableHttpTransport],
        },
        { provide: MCP_STRATEGY, useFactory: mcpStrategy, inject: [McpSettings, StreamableHttpTransport] },
      ],
      exports: [MCP_STRATEGY],
    };
  }
}
