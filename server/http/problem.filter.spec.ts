import type { AddressInfo } from 'node:net';
import { BadGatewayException, Body, Controller, Get, Logger, Module, Param, Post, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { type RawRequest, send } from '../../test/support/raw-http.js';
import { DomainError, ERROR_CODES, type ErrorCode } from '../kernel/domain-error.js';
import { ProblemFilter, type WriteFailure } from './problem.filter.js';

const SECRETS = [
  'Bearer abc.def.ghi',
  'eyJhbGciOiJub25lIn0.e30.c2ln',
  'sk_test_secret',
  'Fe26.2*1*seal',
  'code=one-time',
];
@Controller('api')
class FailingController {
  @Get('code')
  code(@Query('code') code: ErrorCode) {
    throw new DomainError(code, `Refused: ${code}.`, { hint: 'ask again' });
  }

  @Get('busy')
  busy() {
    throw new DomainError('recently_denied', 'Wait.', { retryAfterMs: 2_500 });
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

  @Get('item/:id')
  item(@Param('id') id: string) {
    return { id };
  }

  @Post('decision')
  decide(@Body() body: unknown) {
    return body;
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

let app: NestExpressApplication;
let error: jest.SpyInstance;

const ask = (request: RawRequest, of = app) =>
  send((of.getHttpServer().address() as AddressInfo).port, { ...request, headers: { Host: 'x', ...request.headers } });

beforeAll(async () => {
  @Module({ controllers: [FailingController, ForPeopleController] })
  class RootModule {}

  error = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
  app = await NestFactory.create<NestExpressApplication>(RootModule, { logger: ['error'], abortOnError: false });
  const write: WriteFailure = (problem, response) => {
    response.json({ mine: problem.code });
  };
  app.useGlobalFilters(new ProblemFilter(new Map([['/other', write]])));
  await app.listen(0, '127.0.0.1');
});

afterAll(async () => {
  await app?.close();
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
    ['a broken percent sign', { path: '/api/item/%E0%A4%A' }, 400, 'invalid_arguments'],
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
