import { Module } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Ctx } from '@nestjs/microservices';
import { McpContext, McpController, Tool } from '@rekog/mcp-nest';
import * as z from 'zod';
import { GatewayService } from '../../server/gateway/gateway.service.js';
import { McpSettings } from '../../server/mcp/mcp-settings.js';
import { answer, toolResult } from '../../server/mcp/tool-result.js';

const CALL = { method: 'GET', url: 'https://api.acme.example/v1/orders?status=open' };
const output = z.strictObject({ outcome: z.string(), status: z.number().nullable(), orders: z.unknown() });

/** A tool that goes through the gateway has no more authority than `call_integration_api`. */
@McpController()
export class OpenOrdersTool {
  constructor(private readonly modules: ModuleRef) {}

  @Tool({
    name: 'acme_open_orders',
    description: 'The open orders in Acme, under a live approval for acme.',
    parameters: z.strictObject({}),
    annotations: { title: 'Open orders', readOnlyHint: true, openWorldHint: true },
  })
  openOrders(@Ctx() context: McpContext) {
    const gateway = this.modules.get(GatewayService, { strict: false });
    return answer(context, this.modules.get(McpSettings, { strict: false }), async ({ principal, signal }) => {
      const { outcome } = await gateway.call(principal, CALL, signal);
      const received = outcome.kind === 'answered' ? outcome.answer : null;
      const facts = { outcome: outcome.kind, status: received?.status ?? null, orders: received?.body ?? null };
      return toolResult(output, facts, `Acme: ${outcome.kind}.`);
    });
  }
}

@Module({ controllers: [OpenOrdersTool] })
export class OpenOrdersModule {}
