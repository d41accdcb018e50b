import { ApprovalsApp, type Browser } from '../../test/support/approvals-app.js';
import { connectionOf, PreparedConsent, TOKEN, tokenOf } from '../../test/support/gateway-fakes.js';
import { codeOf, principal } from '../../test/support/grants.js';
import { type TlsStub, tlsStub } from '../../test/support/tls-stub.js';
import { GatewayService } from '../gateway/gateway.service.js';
import { UndiciTransport } from '../gateway/undici.transport.js';
import { callDigest, callWords } from '../grants/digest.js';
import type { Call, CallInput } from '../providers/call.js';
import { BODY_MAX, isJsonType } from '../providers/call-body.js';
import { catalog } from '../providers/catalog/index.js';
import type { ProviderDefinition } from '../providers/provider.js';
import { ProviderRegistry } from '../providers/provider-registry.js';
import type { Approval } from './approvals.contract.js';

/** Every provider of the catalogue, those with a host of their own too; new ones come in by themselves. */
const PROVIDERS = catalog({ snowflake: { accountHost: 'acct.snowflakecomputing.com', sqlReads: 'off' } });
const hosts = Object.fromEntries(
  PROVIDERS.filter(({ hosts: fixed, tenantHosts }) => fixed.length === 0 && tenantHosts.length > 0).map(
    ({ id, tenantHosts }) => [id, tenantHosts.slice(0, 1).map((form) => form.replace(/\{[a-z]+\}/g, 'acct'))],
  ),
);
const registry = new ProviderRegistry(PROVIDERS, { hosts, slugs: {} });
/** They take a query or nothing, so that a body of no or of one byte is refused. */
const GRAPHQL: ReadonlySet<string> = new Set(['linear', 'monday']);
const KIB = 1024;

let app: ApprovalsApp;
let ada: Browser;
let stub: TlsStub;
let transport: UndiciTransport;
let gateway: GatewayService;

beforeAll(async () => {
  const names = [...new Set(registry.providers.flatMap((provider) => provider.hosts))];
  stub = await tlsStub(names, (socket, received) => {
    const head = received.indexOf('\r\n\r\n');
    const length = /\r\ncontent-length: (\d+)/.exec(received.toString('latin1', 0, Math.max(head, 0)))?.[1] ?? '0';
    if (head < 0 || received.byteLength < head + 4 + Number(length)) return;
    socket.end('HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}');
  });
  transport = new UndiciTransport({ hosts: new Map(names.map((name) => [name, { port: stub.port }])), ca: stub.ca });
  app = await ApprovalsApp.start({ registry });
  const slugs = [...new Set(registry.providers.map(({ slug }) => slug))];
  app.vault.linked = () => slugs.map((slug) => connectionOf(slug));
  app.vault.tokens = (slug) => tokenOf(`account_${slug}`);
  const consent = new PreparedConsent();
  consent.given = async () => true;
  gateway = new GatewayService(app.grants, registry, app.vault, consent, transport, app.audit, app.clock);
  ada = await app.signIn();
});
afterAll(async () => {
  await transport.onApplicationShutdown();
  await stub.close();
  await app.close();
});

/** The code of the refusal, or `exact` when what was shown is, byte for byte, what came out of the socket. */
async function exactness(input: CallInput): Promise<string> {
  const before = stub.received.length;
  let asked: Awaited<ReturnType<ApprovalsApp['ask']>>;
  try {
    const judged = registry.judge(input);
    const connection = `account_${registry.byId(judged.providerId)?.slug}`;
    asked = await app.ask({ kind: 'request', judged, reason: 'because', connection });
  } catch (error) {
    expect(stub.received).toHaveLength(before);
    return codeOf(error);
  }
  const shown = await app.read(ada, asked.id);
  const decided = await app.decide(ada, asked.id, { decision: 'approve', digest: shown.digest });
  expect([decided.status, shown.digest]).toEqual([200, asked.digest]);
  const { outcome } = await gateway.call(principal(), { requestId: asked.id }, new AbortController().signal);
  expect(outcome.kind).toBe('answered');
  expect(stub.received).toHaveLength(before + 1);
  const received = stub.received[before] as Buffer;
  const expected = bytesShown(shown);
  if (!received.equals(expected)) expect(String(received).slice(0, 4_000)).toBe(String(expected).slice(0, 4_000));
  expect(received.equals(expected)).toBe(true);
  expect(shown.call?.callDigest).toBe(callDigest(callReceived(received, shown)));
  expect(shown.call?.words).toEqual(callWords(shown.call?.callDigest ?? ''));
  return 'exact';
}

/** The request that the approval API shows, as it must be on the wire: with the credential, and with what every request has. */
function bytesShown({ call }: Approval): Buffer {
  if (call === null) throw new Error('no exact call');
  const body = Buffer.from(call.body?.raw ?? '', 'utf8');
  expect(call.body?.bytes ?? 0).toBe(body.byteLength);
  const [name, value] = registry.byId(call.provider.id)?.credential(TOKEN) ?? ['', ''];
  expect(call.credentialHeader).toBe(name);
  const hasLength = body.byteLength > 0 || ['POST', 'PUT', 'PATCH'].includes(call.method);
  const head = [
    `${call.method} ${call.path}${call.query === '' ? '' : `?${call.query}`} HTTP/1.1`,
    `host: ${call.host}`,
    'connection: keep-alive',
    ...call.headers.map((header) => `${header.name}: ${header.value}`),
    `${name}: ${value}`,
    'accept-encoding: identity',
    ...(hasLength ? [`content-length: ${body.byteLength}`] : []),
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}

/** The call as the provider reads it, without what is not part of it. */
function callReceived(received: Buffer, { call }: Approval): Call {
  const end = received.indexOf('\r\n\r\n');
  const [line = '', ...lines] = received.toString('latin1', 0, end).split('\r\n');
  const [method, target] = line.split(' ');
  const own = new Set(['connection', 'accept-encoding', 'content-length', call?.credentialHeader.toLowerCase()]);
  const headers = lines.map((each) => each.split(/: (.*)/s).slice(0, 2) as [string, string]);
  const host = headers.find(([name]) => name === 'host')?.[1];
  return {
    method: method as Call['method'],
    url: `https://${host}${target}`,
    headers: headers.filter(([name]) => name !== 'host' && !own.has(name)),
    body: call?.body === null ? null : received.subarray(end + 4),
  };
}

/** A call of a provider that takes a body, and that body filled to a number of bytes without changing what it says. */
function filled(provider: ProviderDefinition, bytes: number): CallInput {
  const { read, write } = provider.examples ?? {};
  const input = [write, read].find((example) => example?.body !== undefined);
  if (!input)
    return {
      ...(write as CallInput),
      method: 'POST',
      body: isJson(provider) ? `{}${' '.repeat(bytes - 2)}` : 'a'.repeat(bytes),
    };
  const text = typeof input.body === 'string' ? input.body : JSON.stringify(input.body);
  const room = bytes - Buffer.byteLength(text);
  return { ...input, body: text + (isJsonCall(input, provider) ? ' '.repeat(room) : `&${'x'.repeat(room - 1)}`) };
}

function isJson(provider: ProviderDefinition): boolean {
  return isJsonType(provider.contentType);
}

function isJsonCall({ headers = {} }: CallInput, provider: ProviderDefinition): boolean {
  const own = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return isJsonType(own ?? provider.contentType);
}

describe('I10: the bytes at a raw socket are the bytes that were shown', () => {
  it.each(registry.providers.map((provider) => [provider.id, provider] as const))('%s', async (_, provider) => {
    const { read, write } = provider.examples ?? {};
    if (!read || !write) throw new Error('no example');
    expect([await exactness(read), await exactness(write)]).toEqual(['exact', 'exact']);
    for (const bytes of [100 * KIB, BODY_MAX]) expect(await exactness(filled(provider, bytes))).toBe('exact');
    const { body: _body, ...bodiless } = filled(provider, KIB);
    const bare = GRAPHQL.has(provider.id) ? 'graphql_refused' : 'exact';
    expect(await exactness(bodiless)).toBe(bare);
    expect(await exactness({ ...bodiless, body: '1' })).toBe(bare);
    // No bytes are no JSON.
    expect(await exactness({ ...bodiless, body: '' })).toBe(isJson(provider) ? 'body_not_faithful' : 'exact');
  });
});

describe('I10: unusual JSON is shown and sent as it is, or refused where it cannot be shown faithfully', () => {
  const page = { method: 'PATCH', url: 'https://api.notion.com/v1/pages/1' };
  it.each<[what: string, body: unknown, becomes: string]>([
    ['keys in another order', '{"b":1,"a":2,"10":3,"9":4}', 'exact'],
    ['a value whose keys are numbers', { b: 1, 10: 2, 9: 3 }, 'exact'],
    ['white space and line ends', '{ "a"\t:\r\n [ 1 ,2 ] }\n', 'exact'],
    ['numbers as they are written', '{"a":1.0,"b":1e2,"c":-0.50,"d":0.1}', 'exact'],
    ['the largest safe integer', '{"n":9007199254740991}', 'exact'],
    ['a big integer', '{"n":9007199254740993}', 'body_not_faithful'],
    ['a number with too many digits', '{"n":0.1234567890123456789012345}', 'body_not_faithful'],
    ['a number without end', '{"n":1e400}', 'body_not_faithful'],
    ['a duplicate key', '{"a":1,"a":2}', 'body_not_faithful'],
    ['a duplicate key behind an escape', '{"a":1,"\\u0061":2}', 'body_not_faithful'],
    ['a duplicate key further down', '{"a":[{"b":{"c":1,"c":1}}]}', 'body_not_faithful'],
    ['escapes as they are written', '{"a":"\\u00e9\\/\\"\\\\\\n\\u0000\\ud83d\\ude00"}', 'exact'],
    ['a lone surrogate behind an escape', '{"a":"\\ud83d"}', 'body_not_faithful'],
    ['two halves in the wrong order', '{"a":"\\ude00\\ud83d"}', 'body_not_faithful'],
    ['a lone surrogate in a value', { a: '\ud83d' }, 'body_not_faithful'],
    ['a lone surrogate in a string', '{"a":"\ude00"}', 'body_not_faithful'],
    ['other scripts, right to left, invisible and line separators', '{"a":"é𝄞שלום\u202e\u200b\u2028\ufeff"}', 'exact'],
    ['a byte order mark', '\ufeff{"a":1}', 'body_not_faithful'],
    ['__proto__ as a key', '{"__proto__":{"a":1}}', 'exact'],
    ['null', null, 'exact'],
    ['a list', [], 'exact'],
    ['deeper than 64 levels', `${'['.repeat(65)}${']'.repeat(65)}`, 'body_not_faithful'],
    ['no JSON', 'a=1', 'body_not_faithful'],
    ['a byte more than 1 MiB', `{}${' '.repeat(BODY_MAX - 1)}`, 'body_too_large'],
  ])('%s', async (_, body, becomes) => {
    expect(await exactness({ ...page, body })).toBe(becomes);
  });

  it('GraphQL with unusual white space and variables', async () => {
    const body =
      '{"variables":{"id":"\\u0061","n":1.0},"query":"mutation\\t{ issueDelete(id: \\"x\\")\\n{ success } }"}';
    expect(await exactness({ method: 'POST', url: 'https://api.linear.app/graphql', body })).toBe('exact');
  });

  it('a URL of 4,096 characters with all that a query may hold; one more is refused', async () => {
    const start = 'https://api.notion.com/v1/users?a=%C3%A9+b&%E2%80%AE=1&c=/?:@!$()*,&empty=&';
    const url = (length: number) => start + 'x'.repeat(length - start.length);
    expect(await exactness({ method: 'GET', url: url(4_096) })).toBe('exact');
    expect(await exactness({ method: 'GET', url: url(4_097) })).toBe('url_not_canonical');
    expect(await exactness({ method: 'GET', url: 'https://api.notion.com/v1/users?' })).toBe('url_not_canonical');
  });

  it('headers of the caller’s own', async () => {
    const input = {
      method: 'GET',
      url: 'https://api.notion.com/v1/users',
      headers: { 'Notion-Version': '2022-06-28' },
    };
    expect(await exactness(input)).toBe('exact');
  });
});
