import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { tlsStub } from '../../test/support/tls-stub.js';
import { Secret } from '../kernel/secret.js';
import { catalog } from '../providers/catalog/index.js';
import { ProviderRegistry } from '../providers/provider-registry.js';
import { outboundRequest } from './outbound-request.js';
import { type OutboundRequest, TransportFailure } from './transport.port.js';
import { UndiciTransport, type UndiciTransportOptions } from './undici.transport.js';

const HOST = 'api.notion.com';
const LIMITS = { connectMs: 3_000, headersMs: 3_000, totalMs: 3_000, headerBytes: 16 * 1024, bodyBytes: 1024 * 1024 };
const never = new AbortController().signal;
const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

type Answer = (socket: TLSSocket, received: Buffer) => void;

async function upstream(answer: Answer, options: UndiciTransportOptions = {}) {
  const stub = await tlsStub([HOST], answer);
  const route = { hosts: new Map([[HOST, { port: stub.port }]]), ca: stub.ca };
  const transport = new UndiciTransport(route, { limits: LIMITS, ...options });
  closers.push(() => transport.onApplicationShutdown(), stub.close);
  return { stub, transport };
}

function says(text: string | Buffer): Answer {
  return (socket, received) => {
    if (received.includes('\r\n\r\n')) socket.write(text);
  };
}

function requestOf(part: Partial<OutboundRequest> = {}): OutboundRequest {
  return { method: 'GET', url: `https://${HOST}/v1/users/me`, headers: [['x-a', '1']], body: null, ...part };
}

async function failureOf(sending: Promise<unknown>): Promise<{ code: string; isSent: boolean }> {
  const error: unknown = await sending.then(
    () => new Error('it was answered'),
    (failure: unknown) => failure,
  );
  if (!(error instanceof TransportFailure)) throw error;
  return { code: error.code, isSent: error.isSent };
}

function ok(body: string, headers = ''): string {
  return `HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(body)}\r\n${headers}\r\n${body}`;
}

describe('I10 bytes sent = bytes shown', () => {
  it('puts exactly the call, the credential and the transport’s own headers on the wire', async () => {
    const { stub, transport } = await upstream(says(ok('{}')));
    const registry = new ProviderRegistry(catalog({ snowflake: { accountHost: null, sqlReads: 'off' } }));
    const body = '{ "query":"caf\u00e9 \\u00e9",  "page_size": 1.0 }';
    const { call } = registry.judge({ method: 'POST', url: `https://${HOST}/v1/search?a=%C3%A9`, body });
    const provider = registry.byId('notion');
    if (!provider) throw new Error('no Notion');
    await transport.send(outboundRequest(call, provider, new Secret('tok_1')), never);
    expect(stub.received.map(String)).toEqual([
      [
        'POST /v1/search?a=%C3%A9 HTTP/1.1',
        `host: ${HOST}`,
        'connection: keep-alive',
        'accept: application/json',
        'content-type: application/json',
        'notion-version: 2026-03-11',
        'user-agent: Countersign',
        'authorization: Bearer tok_1',
        'accept-encoding: identity',
        `content-length: ${Buffer.byteLength(body)}`,
        '',
        body,
      ].join('\r\n'),
    ]);
  });
});

describe('I18 mistake 15: redirects followed', () => {
  it.each([
    ['302', 'https://169.254.169.254/latest/meta-data/'],
    ['307', `https://${HOST}/v1/pages`],
    ['308', '//evil.example/x'],
  ])('%s to %s is an answer, and one request was made', async (status, location) => {
    const { stub, transport } = await upstream(
      says(`HTTP/1.1 ${status} Elsewhere\r\nlocation: ${location}\r\ncontent-length: 0\r\n\r\n`),
    );
    const answer = await transport.send(requestOf({ method: 'POST', body: Buffer.from('{}') }), never);
    expect([answer.status, answer.headers]).toEqual([Number(status), expect.arrayContaining([['location', location]])]);
    expect(stub.connections()).toBe(1);
    expect(String(stub.received[0]).match(/HTTP\/1\.1/g)).toHaveLength(1);
  });

  it('does not switch protocols', async () => {
    const { transport } = await upstream(
      says('HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n'),
    );
    expect(await failureOf(transport.send(requestOf(), never))).toEqual({ code: 'upstream_broken', isSent: true });
  });

  it('ignores early hints, and headers that point elsewhere open no connection', async () => {
    const early = 'HTTP/1.1 103 Early Hints\r\nlink: <https://evil.example/>; rel=preload\r\n\r\n';
    const { stub, transport } = await upstream(
      says(early + ok('x', 'alt-svc: h2="evil.example:443"\r\nrefresh: 0; url=/x\r\n')),
    );
    expect((await transport.send(requestOf(), never)).status).toBe(200);
    expect(stub.connections()).toBe(1);
  });
});

describe('I20 bounded answers', () => {
  it('a gzip bomb is cut at the decoded bound', async () => {
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024));
    const head = `HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${bomb.byteLength}\r\n\r\n`;
    const { transport } = await upstream(says(Buffer.concat([Buffer.from(head), bomb])));
    const answer = await transport.send(requestOf(), never);
    expect([answer.isTruncated, answer.body.byteLength]).toEqual([true, LIMITS.bodyBytes]);
  });

  it('what was encoded although we asked for identity is decoded', async () => {
    const body = gzipSync('{"a":1}');
    const head = `HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${body.byteLength}\r\n\r\n`;
    const { transport } = await upstream(says(Buffer.concat([Buffer.from(head), body])));
    const answer = await transport.send(requestOf(), never);
    expect([answer.isTruncated, String(answer.body)]).toEqual([false, '{"a":1}']);
  });

  it('an endless body is cut at the bound and the connection is ended', async () => {
    let isEnded = false;
    const { transport } = await upstream((socket) => {
      socket.once('close', () => {
        isEnded = true;
      });
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const more = () => {
        while (!socket.destroyed && socket.write(Buffer.alloc(64 * 1024, 'a')));
        socket.once('drain', more);
      };
      more();
    });
    const answer = await transport.send(requestOf(), never);
    expect([answer.isTruncated, answer.body.byteLength]).toEqual([true, LIMITS.bodyBytes]);
    while (!isEnded) await new Promise((resolve) => setImmediate(resolve));
  });

  it('a body of exactly the bound is whole', async () => {
    const { transport } = await upstream(says(ok('a'.repeat(LIMITS.bodyBytes))));
    const answer = await transport.send(requestOf(), never);
    expect([answer.isTruncated, answer.body.byteLength]).toEqual([false, LIMITS.bodyBytes]);
  });

  it.each([
    ['one huge header', `x-a: ${'a'.repeat(40_000)}\r\n`],
    ['more than the bound', `x-a: ${'a'.repeat(10_000)}\r\n`],
    ['a thousand cookies', 'set-cookie: a=bbbbbbbbbbbbbbbbbbbbbbbbbb\r\n'.repeat(1_000)],
  ])('%s is refused, and it is said that the request was sent', async (_what, headers) => {
    const { transport } = await upstream(says(ok('x', headers)), { limits: { ...LIMITS, headerBytes: 8 * 1024 } });
    expect(await failureOf(transport.send(requestOf(), never))).toEqual({ code: 'upstream_broken', isSent: true });
  });

  it('no answer within the time for headers: sent, and timed out', async () => {
    const { transport } = await upstream(() => undefined, { limits: { ...LIMITS, headersMs: 300 } });
    expect(await failureOf(transport.send(requestOf(), never))).toEqual({ code: 'upstream_timeout', isSent: true });
  });

  it('mistake 20: a body that drips for ever is cut at the total time, its status kept', async () => {
    const { transport } = await upstream(says('HTTP/1.1 201 Created\r\ncontent-length: 100\r\n\r\n{"a"'), {
      limits: { ...LIMITS, totalMs: 300 },
    });
    const answer = await transport.send(requestOf({ method: 'POST' }), never);
    expect([answer.status, answer.isTruncated, String(answer.body)]).toEqual([201, true, '{"a"']);
  });
});

describe('certainty about what was sent', () => {
  it('nobody listens: not sent', async () => {
    const { stub, transport } = await upstream(() => undefined);
    await stub.close();
    expect(await failureOf(transport.send(requestOf(), never))).toEqual({
      code: 'upstream_unreachable',
      isSent: false,
    });
  });

  it('I22 verified TLS: a certificate for another host or of an unknown authority gets no byte', async () => {
    const { stub, transport } = await upstream(() => undefined);
    const other = new UndiciTransport({ hosts: new Map([['api.linear.app', { port: stub.port }]]), ca: stub.ca });
    const stranger = await tlsStub([HOST], () => undefined);
    const wrongCa = new UndiciTransport({ hosts: new Map([[HOST, { port: stub.port }]]), ca: stranger.ca });
    closers.push(
      () => other.onApplicationShutdown(),
      () => wrongCa.onApplicationShutdown(),
      stranger.close,
    );
    const notSent = { code: 'upstream_unreachable', isSent: false };
    expect(await failureOf(other.send(requestOf({ url: 'https://api.linear.app/graphql' }), never))).toEqual(notSent);
    expect(await failureOf(wrongCa.send(requestOf(), never))).toEqual(notSent);
    expect(Buffer.concat([...stub.received])).toHaveLength(0);
    expect(transport).toBeDefined();
  });

  it.each(['GET', 'POST'])('%s: a connection reset after the request is sent once, never again', async (method) => {
    const { stub, transport } = await upstream((socket) => socket.destroy());
    expect(await failureOf(transport.send(requestOf({ method }), never))).toEqual({
      code: 'upstream_broken',
      isSent: true,
    });
    expect(stub.connections()).toBe(1);
  });

  it.each(['GET', 'POST'])(
    '%s: a kept connection that is reset under the request is not tried again',
    async (method) => {
      const { stub, transport } = await upstream((socket, received) => {
        const requests = String(received).split('HTTP/1.1\r\n').length - 1;
        if (requests === 1) socket.write(ok('1'));
        else socket.destroy();
      });
      await transport.send(requestOf(), never);
      // undici looks at an idle connection for some turns of the event loop before it uses it again.
      for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      expect(await failureOf(transport.send(requestOf({ method }), never))).toEqual({
        code: 'upstream_broken',
        isSent: true,
      });
      expect(stub.connections()).toBe(1);
    },
  );

  it('an answer that breaks off keeps its status', async () => {
    const { transport } = await upstream((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf', () => socket.destroy());
    });
    const answer = await transport.send(requestOf(), never);
    expect([answer.status, answer.isTruncated, String(answer.body)]).toEqual([200, true, 'half']);
  });

  it('cancelled before: not sent; cancelled while waiting: sent, and the connection is ended', async () => {
    let isEnded = false;
    const canceller = new AbortController();
    const { stub, transport } = await upstream((socket) => {
      socket.once('close', () => {
        isEnded = true;
      });
      canceller.abort();
    });
    expect(await failureOf(transport.send(requestOf(), AbortSignal.abort()))).toEqual({
      code: 'cancelled',
      isSent: false,
    });
    expect(stub.connections()).toBe(0);
    expect(await failureOf(transport.send(requestOf(), canceller.signal))).toEqual({ code: 'cancelled', isSent: true });
    while (!isEnded) await new Promise((resolve) => setImmediate(resolve));
  });

  it('cancelled while connecting: nothing is written when the connection comes', async () => {
    let resolved!: (addresses: readonly string[]) => void;
    const asked = new Promise<readonly string[]>((resolve) => {
      resolved = resolve;
    });
    const canceller = new AbortController();
    const transport = new UndiciTransport(undefined, { limits: LIMITS, resolve: () => asked });
    closers.push(() => transport.onApplicationShutdown());
    const sending = failureOf(transport.send(requestOf(), canceller.signal));
    canceller.abort();
    expect(await sending).toEqual({ code: 'cancelled', isSent: false });
    resolved(['127.0.0.1']);
  });
});

describe('I17 checked address = connected address', () => {
  const cases = JSON.parse(readFileSync(join(__dirname, '../../test/fixtures/hostile/addresses.json'), 'utf8')) as {
    address: string;
    why: string;
  }[];

  it.each(cases)('DNS says $address ($why): refused, no byte sent', async ({ address }) => {
    const { stub, transport } = await upstream(() => undefined, { resolve: async () => [address] });
    const url = `https://api.linear.app:${stub.port}/graphql`;
    const failure = { code: 'upstream_address_refused', isSent: false };
    expect(await failureOf(transport.send(requestOf({ url }), never))).toEqual(failure);
    expect(stub.connections()).toBe(0);
  });

  it.each(cases)(
    'a literal $address ($why) never reaches a lookup and is refused all the same',
    async ({ address }) => {
      const resolve = async () => {
        throw new Error('looked up');
      };
      const { transport } = await upstream(() => undefined, { resolve });
      const url = `https://${address.includes(':') ? `[${address}]` : address}/`;
      const failure = { code: 'upstream_address_refused', isSent: false };
      expect(await failureOf(transport.send(requestOf({ url }), never))).toEqual(failure);
    },
  );

  it('one private address among public ones is enough to refuse', async () => {
    const { transport } = await upstream(() => undefined, { resolve: async () => ['8.8.8.8', '10.0.0.1'] });
    const failure = { code: 'upstream_address_refused', isSent: false };
    expect(await failureOf(transport.send(requestOf({ url: 'https://api.linear.app/graphql' }), never))).toEqual(
      failure,
    );
  });

  it('a name that does not resolve: unreachable, not sent', async () => {
    const { transport } = await upstream(() => undefined, { resolve: () => Promise.reject(new Error('ENOTFOUND')) });
    const failure = { code: 'upstream_unreachable', isSent: false };
    expect(await failureOf(transport.send(requestOf({ url: 'https://api.linear.app/graphql' }), never))).toEqual(
      failure,
    );
  });

  it('a routed host is routed by its exact name alone', async () => {
    const { stub, transport } = await upstream(() => undefined, { resolve: async () => ['127.0.0.1'] });
    const failure = { code: 'upstream_address_refused', isSent: false };
    for (const url of [`https://x.${HOST}:${stub.port}/`, `https://${HOST}.:${stub.port}/`]) {
      expect(await failureOf(transport.send(requestOf({ url }), never))).toEqual(failure);
    }
    expect(stub.connections()).toBe(0);
  });

  it('plain HTTP is refused', async () => {
    const { transport } = await upstream(() => undefined);
    const failure = { code: 'upstream_address_refused', isSent: false };
    expect(await failureOf(transport.send(requestOf({ url: `http://${HOST}/` }), never))).toEqual(failure);
  });
});
