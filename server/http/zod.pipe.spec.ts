import type { AddressInfo } from 'node:net';
import { Body, Controller, Get, Module, Post, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { z } from 'zod';
import * as mini from 'zod/mini';
import { type RawRequest, send } from '../../test/support/raw-http.js';
import { ProblemFilter } from './problem.filter.js';
import { ZodPipe } from './zod.pipe.js';

const decision = mini.strictObject({
  decision: mini.enum(['approve', 'deny']),
  note: mini.optional(mini.string().check(mini.maxLength(5))),
  nested: mini.optional(mini.object({ level: mini.number() })),
});

@Controller('api')
class TakingController {
  @Post('decision')
  decide(@Body(new ZodPipe(decision)) body: unknown) {
    return body;
  }

  @Get('list')
  list(@Query(new ZodPipe(z.strictObject({ limit: z.coerce.number().max(100).optional() }))) query: unknown) {
    return query;
  }
}

let app: NestExpressApplication;

const ask = (request: RawRequest) =>
  send((app.getHttpServer().address() as AddressInfo).port, { ...request, headers: { Host: 'x', ...request.headers } });

beforeAll(async () => {
  @Module({ controllers: [TakingController] })
  class RootModule {}

  app = await NestFactory.create<NestExpressApplication>(RootModule, { logger: false, abortOnError: false });
  app.useGlobalFilters(new ProblemFilter());
  await app.listen(0, '127.0.0.1');
});

afterAll(() => app?.close());

describe('input', () => {
  const post = (body: unknown) =>
    ask({
      path: '/api/decision',
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json' },
    });

  it('passes what the schema knows', async () => {
    expect((await post({ decision: 'deny', note: 'no' })).json()).toEqual({ decision: 'deny', note: 'no' });
    expect((await ask({ path: '/api/list?limit=5' })).json()).toEqual({ limit: 5 });
  });

  it('I12: names each wrong and each unknown field, and repeats no value', async () => {
    const answer = await post({
      decision: 'SECRET',
      note: 'too long SECRET',
      nested: { level: 'SECRET' },
      scope: 'SECRET',
    });
    expect([answer.status, answer.json().code]).toEqual([400, 'invalid_arguments']);
    const fields = answer.json().fields as { field: string }[];
    expect(fields.map(({ field }) => field)).toEqual(['decision', 'note', 'nested.level', 'scope']);
    for (const { field } of fields) expect(answer.json().detail).toContain(`${field}: `);
    expect(answer.text).not.toContain('SECRET');
  });

  it('answers a body that is none, and one with too many unknown fields, in bounds', async () => {
    expect((await post(null)).status).toBe(400);
    expect((await ask({ path: '/api/decision', method: 'POST' })).status).toBe(400);
    const many = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [`field-${index}-${'x'.repeat(100)}`, 1]),
    );
    expect((await post(many)).text.length).toBeLessThan(3_000);
    expect((await ask({ path: '/api/list?limit=500&other=1' })).status).toBe(400);
  });
});
