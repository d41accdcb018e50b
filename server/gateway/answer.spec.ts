import { Secret } from '../kernel/secret.js';
import { catalog } from '../providers/catalog/index.js';
import { ProviderRegistry } from '../providers/provider-registry.js';
import { providerAnswer } from './answer.js';
import { outboundRequest } from './outbound-request.js';
import type { UpstreamAnswer } from './transport.port.js';

const TOKEN = 'CANARY/x+1234567890abcdef==';
const JSON_TYPE = ['content-type', 'application/json; charset=utf-8'] as const;

function answerOf(body: string | Buffer, part: Partial<UpstreamAnswer> = {}) {
  const whole = { status: 200, headers: [JSON_TYPE], body: Buffer.from(body), isTruncated: false, ...part };
  return providerAnswer(whole, new Secret(TOKEN));
}

describe('an answer as data', () => {
  it('JSON is a value, everything else is text', () => {
    expect(answerOf('{"a":[1,"é"]}').body).toEqual({ a: [1, 'é'] });
    expect(answerOf('{"a":', {}).body).toBe('{"a":');
    expect(answerOf('{"a":NaN}').body).toBe('{"a":NaN}');
    expect(answerOf('{"a":1}', { headers: [['content-type', 'text/plain']] }).body).toBe('{"a":1}');
    expect(answerOf('{"a":1}', { headers: [] }).contentType).toBeNull();
  });

  it('JSON that would lose something by being read stays the text that it is', () => {
    expect(answerOf('{"id":12345678901234567890}').body).toBe('{"id":12345678901234567890}');
    expect(answerOf('{"a":1,"a":2}').body).toBe('{"a":1,"a":2}');
  });

  it.each(['1234567890123456789', '1e400', '0.30000000000000001'])('%s stays text, as it would change', (number) => {
    expect(answerOf(`[${number}]`).body).toBe(`[${number}]`);
  });

  it.each(['1234567890123456', '1e5', '-0', '1.0', '0.30000000000000004'])('%s is a value', (number) => {
    expect(answerOf(`[${number}]`).body).toEqual([Number(number)]);
  });

  it('says when it was cut and when it is not UTF-8', () => {
    expect(answerOf('{"a":1}', { isTruncated: true })).toMatchObject({ body: '{"a":1}', isTruncated: true });
    expect(answerOf(Buffer.from([0x61, 0xff]))).toMatchObject({ body: 'a\ufffd', isUtf8: false, bytes: 2 });
  });

  it('mistake 20: 204 with a JSON type is an answer, and Link and Retry-After are kept', () => {
    const headers = [
      JSON_TYPE,
      ['link', '<https://a/2>; rel="next"'],
      ['retry-after', '3'],
      ['set-cookie', 'a=b'],
      ['server', 'x'],
    ] as const;
    const answer = answerOf('', { status: 204, headers });
    expect([answer.status, answer.body]).toEqual([204, null]);
    expect(answer.headers).toEqual({ link: '<https://a/2>; rel="next"', 'retry-after': '3' });
  });
});

describe('I21 no provider token outside the socket', () => {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  it.each([
    ['as it is', TOKEN],
    ['URL-encoded', encodeURIComponent(TOKEN)],
    ['URL-encoded in lower case', encodeURIComponent(TOKEN).toLowerCase().replace('canary', 'CANARY')],
    ['in hexadecimal', Buffer.from(TOKEN).toString('hex')],
    ['in base64', base64(TOKEN)],
    ['in base64 behind one byte', base64(`x${TOKEN}`)],
    ['in base64 behind two bytes', base64(`xy${TOKEN}`)],
    ['in base64 of the whole header', base64(`Bearer ${TOKEN}`)],
    ['in base64url', Buffer.from(`u:${TOKEN}`).toString('base64url')],
    ['with escaped slashes', TOKEN.replaceAll('/', '\\/')],
    ['with escaped characters', [...TOKEN].map((c) => `\\u00${c.charCodeAt(0).toString(16)}`).join('')],
  ])('an echo %s is redacted in body and headers', (_how, echo) => {
    const answer = answerOf(`{"seen":"${echo}","${echo}":1}`, {
      headers: [JSON_TYPE, ['location', `https://a/${echo}`]],
    });
    const said = JSON.stringify(answer);
    expect(said).toContain('[redacted]');
    for (const form of [TOKEN, echo, Buffer.from(TOKEN).toString('base64').slice(4, -6)]) {
      if (!echo.startsWith('\\u')) expect(said).not.toContain(form);
    }
    expect(JSON.stringify(answer.body)).not.toContain('CANARY');
  });

  it('hidden by one escape, in a value or a key beside clean ones', () => {
    const hidden = TOKEN.replace('A', '\\u0041');
    expect(answerOf(`{"a":[{"b":1}],"c":[1,{"d":"x ${hidden}"}],"e":null}`).body).toEqual({
      a: [{ b: 1 }],
      c: [1, { d: 'x [redacted]' }],
      e: null,
    });
    expect(answerOf(`[{"a":{"${hidden}":{"b":[2]}}},"\\n"]`).body).toEqual([{ a: { '[redacted]': { b: [2] } } }, '\n']);
    expect(answerOf(`{"__proto__":"${hidden}"}`).body).toEqual(JSON.parse('{"__proto__":"[redacted]"}'));
  });

  it('in text too, and a token that is cut at the bound', () => {
    expect(answerOf(`a ${TOKEN} b`, { headers: [] }).body).toBe('a [redacted] b');
    expect(answerOf(`a ${TOKEN.slice(0, 12)}`, { isTruncated: true }).body).toBe('a [redacted]');
  });
});

describe('the request that goes out', () => {
  const registry = new ProviderRegistry(
    catalog({ snowflake: { accountHost: 'acct.snowflakecomputing.com', sqlReads: 'off' } }),
  );

  it.each(['linear', 'notion', 'snowflake'])('I22 the token of %s goes into its one header and nowhere else', (id) => {
    const provider = registry.byId(id);
    if (!provider?.examples) throw new Error('no example');
    const { call } = registry.judge(provider.examples.write);
    const request = outboundRequest(call, provider, new Secret('tok_1'));
    const added = request.headers.filter((header) => !call.headers.includes(header));
    expect(added).toEqual([
      ['authorization', 'Bearer tok_1'],
      ['accept-encoding', 'identity'],
    ]);
    expect([request.method, request.url, request.body]).toEqual([call.method, call.url, call.body]);
  });

  it.each(['', 'a\r\nhost: evil', 'a b', 'a\0', 'é', 'x'.repeat(20_000)])(
    'FLT-017 a token like %j is refused, nothing is sent',
    (raw) => {
      const provider = registry.byId('notion');
      if (!provider) throw new Error('no Notion');
      const { call } = registry.judge({ method: 'GET', url: 'https://api.notion.com/v1/users' });
      expect(() => outboundRequest(call, provider, new Secret(raw))).toThrow(
        expect.objectContaining({ code: 'workos_unavailable' }),
      );
    },
  );

  it('mistake 3: a call that carries a credential header by whatever way is refused', () => {
    const provider = registry.byId('notion');
    if (!provider) throw new Error('no Notion');
    const { call } = registry.judge({ method: 'GET', url: 'https://api.notion.com/v1/users' });
    const forged = { ...call, headers: [...call.headers, ['authorization', 'Bearer attacker'] as const] };
    expect(() => outboundRequest(forged, provider, new Secret('tok'))).toThrow(
      expect.objectContaining({ code: 'header_not_allowed' }),
    );
  });
});
