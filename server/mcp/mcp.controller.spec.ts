import type { AddressInfo } from 'node:net';
import type { ExecutionContext } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { MCP_HTTP_HANDLER, type McpHttpHandler } from '@rekog/mcp-nest';
import express, { type Request, type Response } from 'express';
import { principal } from '../../test/support/grants.js';
import { type RawAnswer, send } from '../../test/support/raw-http.js';
import { BearerGuard } from '../auth/bearer.guard.js';
import type { Principal } from '../kernel/principal.js';
import type { Session } from '../sessions/session.js';
import { SessionStore } from '../sessions/session-store.port.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { McpEndpointController } from './mcp.controller.js';

class NamesHeard extends SessionStore {
  readonly heard: [string, string | undefined][] = [];

  async identify(of: Principal, clientName?: string): Promise<Session> {
    this.heard.push([of.subject, clientName]);
    return { tag: 'a'.repeat(16), principal: of, clientName: clientName ?? null, startedAt: 1, seenAt: 1 };
  }
}

/** Stands where the SDK is: a stateless endpoint takes POST alone. */
const sdk: McpHttpHandler = {
  handlePost: async (_: Request, response: Response) => {
    response.json({ handled: true });
  },
  handleGet: async (_: Request, response: Response) => {
    response.status(405).end();
  },
  handleDelete: async (_: Request, response: Response) => {
    response.status(405).end();
  },
};

describe('the MCP endpoint', () => {
  const store = new NamesHeard();
  let app: NestExpressApplication;
  let port: number;

  beforeAll(async () => {
    const guard = {
      canActivate: (context: ExecutionContext) => {
        const asked = context.switchToHttp().getRequest<Request & { auth?: unknown }>();
        asked.auth = { extra: { principal: principal() } };
        return asked.headers.authorization === 'Bearer ada';
      },
    };
    const module = await Test.createTestingModule({
      controllers: [McpEndpointController],
      providers: [
        { provide: MCP_HTTP_HANDLER, useValue: sdk },
        { provide: SessionsService, useValue: new SessionsService(store) },
      ],
    })
      .overrideGuard(BearerGuard)
      .useValue(guard)
      .compile();
    app = module.createNestApplication<NestExpressApplication>({ logger: false, bodyParser: false });
    app.use('/mcp', express.json());
    await app.listen(0, '127.0.0.1');
    port = (app.getHttpServer().address() as AddressInfo).port;
  });
  beforeEach(() => store.heard.splice(0));
  afterAll(() => app?.close());

  const request = (method: string, body?: unknown, authorization = 'Bearer ada'): Promise<RawAnswer> => {
    const headers = { Host: 'localhost', Authorization: authorization, 'Content-Type': 'application/json' };
    return send(port, { method, path: '/mcp', headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  };
  const hello = (clientInfo: unknown, more: object = {}) => {
    const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo, ...more };
    return { jsonrpc: '2.0', id: 1, method: 'initialize', params };
  };

  it('mistake 13: keeps the name that a client says in initialize with its own session', async () => {
    expect((await request('POST', hello({ name: 'Claude Code', version: '1' }))).json()).toEqual({ handled: true });
    expect(store.heard).toEqual([['user_ada', 'Claude Code']]);
  });

  it.each([
    ['another message', { jsonrpc: '2.0', id: 1, method: 'tools/list', params: { clientInfo: { name: 'x' } } }],
    ['null', { jsonrpc: '2.0', id: 1, method: 'initialize', params: null }],
    [
      'a greeting of another revision',
      hello({}, { _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' } }),
    ],
    ['a notification', { jsonrpc: '2.0', method: 'initialize' }],
  ])('passes %s on, and remembers nothing', async (_, body) => {
    expect((await request('POST', body)).json()).toEqual({ handled: true });
    expect(store.heard).toEqual([]);
  });

  it('names ten wrong parameters at most, each by a short name', async () => {
    const wrong = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`${at}${'x'.repeat(100)}`, 1]));
    const params = { name: 'x', arguments: wrong };
    const answer = await request('POST', { jsonrpc: '2.0', id: 1, method: 'prompts/get', params });
    const { error } = answer.json() as { error: { code: number; message: string } };
    expect(error.code).toBe(-32_602);
    expect(error.message.split('; ')).toHaveLength(10);
    expect(error.message.length).toBeLessThan(1_500);
  });

  /** JSON-RPC 2.0 §5.1: -32602 is “Invalid method parameter(s).” The SDK calls them an internal error. */
  it.each([
    ['no name', hello({ version: '1' }), /^Invalid params: params\.clientInfo\.name: /],
    ['a name that is none', hello({ name: { toString: 'x' }, version: '1' }), /params\.clientInfo\.name: /],
    ['no parameters', { jsonrpc: '2.0', id: 1, method: 'initialize' }, /protocolVersion.*capabilities.*clientInfo/s],
    ['no version', hello({ name: 'x', version: '1' }, { protocolVersion: undefined }), /params\.protocolVersion: /],
    [
      'a cursor that is none',
      { jsonrpc: '2.0', id: 1, method: 'tools/list', params: { cursor: 5 } },
      /params\.cursor: /,
    ],
    ['no address', { jsonrpc: '2.0', id: 1, method: 'resources/read', params: {} }, /params\.uri: /],
  ])('answers %s as invalid parameters, and remembers nothing', async (_, body, message) => {
    const answer = await request('POST', body);
    expect([answer.status, answer.json()]).toEqual([
      200,
      { jsonrpc: '2.0', id: 1, error: { code: -32_602, message: expect.stringMatching(message) } },
    ]);
    expect(store.heard).toEqual([]);
  });

  it('refuses a batch, which no revision that is spoken here has', async () => {
    expect((await request('POST', [hello({ name: 'x' })])).status).toBe(400);
    expect(store.heard).toEqual([]);
  });

  it('I3: whoever the guard does not let in is neither heard nor handled', async () => {
    const answer = await request('POST', hello({ name: 'x' }), 'Bearer eve');
    expect([answer.status, store.heard]).toEqual([403, []]);
  });

  /** RFC 9110 §15.5.6: “The origin server MUST generate an Allow header field in a 405 response.” */
  it.each(['GET', 'DELETE'])('%s is a 405 that names what is allowed', async (method) => {
    const answer = await request(method);
    expect([answer.status, answer.headers.allow]).toEqual([405, 'POST']);
  });
});
