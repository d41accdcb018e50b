import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { type RawRequest, send } from '../../test/support/raw-http.js';
import { HealthController, type ReadinessCheck, ReadinessChecks } from './health.controller.js';
import { PageController, PageSettings, serveAssets } from './page.controller.js';
import { ProblemFilter } from './problem.filter.js';
import { securityHeaders } from './security-headers.js';

let folder: string;
let app: NestExpressApplication;
const checks: ReadinessCheck[] = [];

async function start(isHttps: boolean): Promise<NestExpressApplication> {
  @Module({
    controllers: [PageController, HealthController],
    providers: [
      { provide: PageSettings, useValue: new PageSettings(folder) },
      { provide: ReadinessChecks, useValue: new ReadinessChecks(checks) },
    ],
  })
  class RootModule {}

  const started = await NestFactory.create<NestExpressApplication>(RootModule, { logger: false, abortOnError: false });
  started.use(securityHeaders({ isHttps }));
  serveAssets(started, new PageSettings(folder));
  started.useGlobalFilters(new ProblemFilter());
  await started.listen(0, '127.0.0.1');
  return started;
}

function ask(request: RawRequest, of = app) {
  const { port } = of.getHttpServer().address() as AddressInfo;
  return send(port, { ...request, headers: { Host: 'x', ...request.headers } });
}

beforeAll(async () => {
  jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
  jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  folder = await mkdtemp(join(tmpdir(), 'page-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Countersign</title>');
  await writeFile(join(folder, 'assets', 'main-abc.js'), 'export {};');
  await mkdir(join(folder, 'assets', 'icons'));
  for (const name of ['packed-abc.js', 'icons/a.svg']) {
    await writeFile(join(folder, 'assets', name), 'as it is');
    await writeFile(join(folder, 'assets', `${name}.gz`), 'packed');
  }
  app = await start(true);
});

afterAll(async () => {
  await app?.close();
  await rm(folder, { recursive: true, force: true });
  jest.restoreAllMocks();
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

describe('what the build has packed', () => {
  it.each([
    ['/assets/packed-abc.js', 'gzip, br', 'packed', 'text/javascript; charset=utf-8'],
    ['/assets/icons/a.svg', 'gzip', 'packed', 'image/svg+xml'],
    ['/assets/packed-abc.js', 'br', 'as it is', 'text/javascript; charset=utf-8'],
    ['/assets/packed-abc.js', 'gzip;q=0', 'as it is', 'text/javascript; charset=utf-8'],
    ['/assets/main-abc.js', 'gzip', 'export {};', 'text/javascript; charset=utf-8'],
  ])('%s to %j: %s', async (path, accepted, text, type) => {
    const answer = await ask({ path, headers: { 'Accept-Encoding': accepted } });
    expect([answer.status, answer.text, answer.headers['content-type']]).toEqual([200, text, type]);
    expect(answer.headers['content-encoding']).toBe(text === 'packed' ? 'gzip' : undefined);
    expect(answer.headers.vary).toBe('Accept-Encoding');
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });
});

describe('headers', () => {
  it.each(['/', '/approve/abc', '/api/nothing', '/access', '/assets/gone.js'])(
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
