import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BadGatewayException, Body, Controller, Get, Logger, Module, Post, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { z } from 'zod';
import * as mini from 'zod/mini';
import { type RawRequest, send } from '../../test/support/raw-http.js';
import { DomainError, ERROR_CODES, type ErrorCode } from '../kernel/domain-error.js';
import { HealthController, type ReadinessCheck, ReadinessChecks } from './health.controller.js';
import { PageController, PageSettings, serveAssets } from './page.controller.js';
import { ProblemFilter } from './problem.filter.js';
import { securityHeaders } from './security-headers.js';
import { ZodPipe } from './zod.pipe.js';

const SECRETS = [
  'Bearer abc.def.ghi',
  'eyJhbGciOiJub25lIn0.e30.c2ln',
  'sk_test_secret',
  'Fe26.2*1*seal',
  'code=one-time',
];
const decision = mini.strictObject({
  decision: mini.enum(['approve', 'deny']),
  note: mini.optional(mini.string().check(mini.maxLength(5))),
  nested: mini.optional(mini.object({ level: mini.number() })),
});

@Controller('api')
class FailingController {
  @Get('code')
  code(@Query('code') code: ErrorCode) {
    throw new DomainError(code, `Refused: ${code}.`, { hint: 'ask again' });
  }

  @Get('busy')
  busy() {
    throw new DomainError('too_many_requests', 'Wait.', { retryAfterMs: 2_500 });
  }

  @Get('fault')
  fault() {
    throw new Error(`It broke with ${SECRETS.join(' ')}`, { cause: new Error(`because of ${SECRETS[0]}`) });
  }

  @Get('thrown')
  thrown() {
    throw 'a string';
  }

  @Get('gateway')
  gateway() {
    throw new BadGatewayException('upstream said <b>no</b>');
  }

  @Post('decision')
  decide(@Body(new ZodPipe(decision)) body: unknown) {
    return body;
  }

  @Get('list')
  list(@Query(new ZodPipe(z.strictObject({ limit: z.coerce.number().max(100).optional() }))) query: unknown) {
    return query;
  }
}

@Controller()
class ForPeopleController {
  @Get('callback')
  callback() {
    throw new DomainError('sign_in_failed', 'Not begun here: <script>alert(1)</script>');
  }

  @Post('other')
  other() {
    throw new DomainError('store_unavailable', 'The store is away.');
  }
}

let folder: string;
let app: NestExpressApplication;
let error: jest.SpyInstance;
const checks: ReadinessCheck[] = [];

async function start(isHttps: boolean): Promise<NestExpressApplication> {
  @Module({
    controllers: [FailingController, ForPeopleController, PageController, HealthController],
    providers: [
      { provide: PageSettings, useValue: new PageSettings(folder) },
      { provide: ReadinessChecks, useValue: new ReadinessChecks(checks) },
    ],
  })
  class RootModule {}

  const started = await NestFactory.create<NestExpressApplication>(RootModule, {
    logger: ['error'],
    abortOnError: false,
  });
  started.use(securityHeaders({ isHttps }));
  serveAssets(started, new PageSettings(folder));
  const shape = new Map([
    [
      '/other',
      (problem: { code: string }, response: { json(body: unknown): void }) => response.json({ mine: problem.code }),
    ],
  ]);
  started.useGlobalFilters(new ProblemFilter(shape));
  await started.listen(0, '127.0.0.1');
  return started;
}

const ask = (request: RawRequest, of = app) =>
  send((of.getHttpServer().address() as AddressInfo).port, { ...request, headers: { Host: 'x', ...request.headers } });

beforeAll(async () => {
  error = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
  jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  folder = await mkdtemp(join(tmpdir(), 'page-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Countersign</title>');
  await writeFile(join(folder, 'assets', 'main-abc.js'), 'export {};');
  app = await start(true);
});

afterAll(async () => {
  await app?.close();
  await rm(folder, { recursive: true, force: true });
  jest.restoreAllMocks();
});

beforeEach(() => error.mockClear());

describe('every error is a problem', () => {
  const STATUS = {
    invalid: 400,
    unauthenticated: 401,
    forbidden: 403,
    not_found: 404,
    conflict: 409,
    too_large: 413,
    unsupported_media_type: 415,
    too_many: 429,
    unavailable: 503,
  };

  it.each(Object.entries(ERROR_CODES).filter(([code]) => code !== 'internal'))(
    'RFC 9457: %s (%s)',
    async (code, category) => {
      const answer = await ask({ path: `/api/code?code=${code}` });
      expect([answer.status, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([
        STATUS[category],
        'application/problem+json; charset=utf-8',
        'no-store',
      ]);
      expect(answer.json()).toEqual({
        type: `urn:countersign:error:${code}`,
        title: expect.any(String),
        status: STATUS[category],
        code,
        detail: `Refused: ${code}.`,
        hint: 'ask again',
        ...(category === 'unavailable' ? { retryAfterMs: 1_000 } : {}),
      });
      expect(answer.headers['retry-after']).toBe(category === 'unavailable' ? '1' : undefined);
    },
  );

  it('says when to try again where that is known', async () => {
    expect((await ask({ path: '/api/busy' })).headers['retry-after']).toBe('3');
  });

  it.each(['fault', 'thrown', 'gateway'])('I47 errors uniform: a fault of ours (%s) tells nothing', async (path) => {
    const answer = await ask({ path: `/api/${path}` });
    expect([answer.status, answer.json()]).toEqual([
      500,
      {
        type: 'urn:countersign:error:internal',
        title: 'Not available now',
        status: 500,
        code: 'internal',
        detail: 'Something went wrong on our side. Nothing was changed by this request.',
      },
    ]);
    expect(error).toHaveBeenCalledTimes(1);
  });

  it('I46 logs clean: what is logged of a fault has no secret in it', async () => {
    await ask({ path: '/api/fault' });
    const logged = String(error.mock.calls[0]?.[0]);
    expect(logged).toContain('It broke with');
    for (const secret of SECRETS) expect(logged).not.toContain(secret.replace(/^code=/, ''));
  });

  it.each<[string, RawRequest, number, ErrorCode]>([
    ['an unknown address', { path: '/api/nothing' }, 404, 'not_found'],
    ['a method that it does not take', { path: '/api/decision', method: 'PUT' }, 404, 'not_found'],
    [
      'malformed JSON',
      { path: '/api/decision', method: 'POST', body: '{"a":', headers: { 'Content-Type': 'application/json' } },
      400,
      'invalid_arguments',
    ],
    [
      'a body that is too large',
      {
        path: '/api/decision',
        method: 'POST',
        body: `"${'x'.repeat(200_000)}"`,
        headers: { 'Content-Type': 'application/json' },
      },
      413,
      'body_too_large',
    ],
    [
      'another character set',
      {
        path: '/api/decision',
        method: 'POST',
        body: '{}',
        headers: { 'Content-Type': 'application/json; charset=iso-8859-1' },
      },
      415,
      'json_required',
    ],
    ['a broken percent sign', { path: '/connect/%E0%A4%A' }, 400, 'invalid_arguments'],
  ])('I47: %s is answered in our words', async (_, request, status, code) => {
    const answer = await ask(request);
    expect([answer.status, answer.json().code]).toEqual([status, code]);
    expect(answer.text).not.toMatch(/Cannot |Unexpected|at .*\.js|nothing"|PUT/);
    expect(error).not.toHaveBeenCalled();
  });

  it('leaves room for another protocol’s shape', async () => {
    const answer = await ask({ path: '/other', method: 'POST' });
    expect([answer.status, answer.json(), answer.headers['retry-after']]).toEqual([
      503,
      { mine: 'store_unavailable' },
      '1',
    ]);
  });

  it('BRW-011: a person who followed a link gets a page, with nothing in it but our words as text', async () => {
    const answer = await ask({ path: '/callback', headers: { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } });
    expect([answer.status, answer.headers['content-type']]).toEqual([401, 'text/html; charset=utf-8']);
    expect(answer.text).toContain('Not begun here: &lt;script&gt;alert(1)&lt;/script&gt;');
    expect(answer.text).not.toMatch(/<(script|style)|style=|onerror/);
  });

  it('but the API answers problems also to a browser’s address bar', async () => {
    expect((await ask({ path: '/api/nothing', headers: { Accept: 'text/html' } })).json().code).toBe('not_found');
  });
});

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

describe('the page', () => {
  it('I32/BRW-019/BRW-020: is the same for every address and everyone', async () => {
    const paths = ['/', '/access', '/connect/linear', '/approve/abc', '/approve/abd', '/approve/%3Cscript%3E'];
    const answers = await Promise.all(
      paths.map((path) => ask({ path, headers: { Cookie: '__Host-pipes_session=x' } })),
    );
    for (const answer of answers) {
      expect([answer.status, answer.headers['content-type'], answer.text]).toEqual([
        200,
        'text/html; charset=utf-8',
        '<!doctype html><title>Countersign</title>',
      ]);
    }
  });

  it('has assets that may be kept, and no HTML in place of a missing one', async () => {
    const asset = await ask({ path: '/assets/main-abc.js' });
    expect([asset.status, asset.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
    for (const path of [
      '/assets/gone.js',
      '/assets/',
      '/assets',
      '/assets/..%2findex.html',
      '/assets/%2e%2e/index.html',
    ]) {
      const answer = await ask({ path, headers: { Accept: 'text/html' } });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.text).not.toContain('<title>Countersign</title>');
    }
  });
});

describe('headers', () => {
  it.each(['/', '/approve/abc', '/api/nothing', '/api/list', '/callback', '/assets/gone.js'])(
    'mistake 24: no CSP, HSTS, Referrer-Policy: I28, I29, I36 on %s',
    async (path) => {
      const { headers } = await ask({ path });
      expect(headers).toMatchObject({
        'content-security-policy':
          "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;font-src 'self';connect-src 'self';" +
          "form-action 'self';base-uri 'none';frame-ancestors 'none';require-trusted-types-for 'script';trusted-types 'none'",
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'strict-transport-security': 'max-age=63072000',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'cache-control': 'no-store',
      });
      expect(headers['permissions-policy']).toContain('camera=()');
      expect(headers).not.toHaveProperty('x-powered-by');
    },
  );

  it('asks for TLS only where there is TLS', async () => {
    const plain = await start(false);
    try {
      expect((await ask({ path: '/' }, plain)).headers).not.toHaveProperty('strict-transport-security');
    } finally {
      await plain.close();
    }
  });
});

describe('health', () => {
  afterEach(() => checks.splice(0));

  it('is alive, and ready when every check passes', async () => {
    checks.push({ name: 'store', check: async () => undefined });
    expect([(await ask({ path: '/healthz' })).json(), (await ask({ path: '/readyz' })).json()]).toEqual([
      { status: 'ok' },
      { status: 'ready' },
    ]);
  });

  it('names what is missing and not why', async () => {
    checks.push({ name: 'store', check: async () => undefined });
    checks.push({ name: 'audit', check: () => Promise.reject(new Error('disk /var/secret is full')) });
    const answer = await ask({ path: '/readyz' });
    expect([answer.status, answer.json(), answer.headers['retry-after']]).toEqual([
      503,
      { status: 'not_ready', missing: ['audit'] },
      '1',
    ]);
    expect((await ask({ path: '/healthz' })).status).toBe(200);
  });
});
