import { Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { DomainError } from '../kernel/domain-error.js';
import { catalog } from './catalog/index.js';
import { defineProvider, type ProviderSpec } from './define-provider.js';
import type { ProviderDefinition } from './provider.js';
import { ProviderRegistry } from './provider-registry.js';
import { ProvidersModule } from './providers.module.js';
import { read, write } from './rest.js';

const settings = { snowflake: { accountHost: 'acct.snowflakecomputing.com', sqlReads: 'off' } } as const;

function acme(part: Partial<ProviderSpec> = {}): ProviderDefinition {
  return defineProvider({
    id: 'acme',
    name: 'Acme',
    hosts: ['api.acme.example'],
    rules: [read('GET', '/v1/things/{id}', 'Read a thing'), write('DELETE', '/v1/things/{id}', 'Delete a thing')],
    reads: 'Read things.',
    writes: 'Delete things.',
    instructions: 'https://api.acme.example/v1',
    examples: {
      read: { method: 'GET', url: 'https://api.acme.example/v1/things/1' },
      write: { method: 'DELETE', url: 'https://api.acme.example/v1/things/1' },
    },
    ...part,
  });
}

const THING = { method: 'GET', url: 'https://api.acme.example/v1/things/1' };

describe('what stops the boot', () => {
  const bad: [string, readonly ProviderDefinition[], RegExp][] = [
    [
      'one URL for two providers',
      [acme(), acme({ id: 'other', paths: ['/v1/**'] })],
      /both claim api\.acme\.example\/v1/,
    ],
    [
      'a placeholder against a literal',
      [acme({ paths: ['/v1/{x}/a'] }), acme({ id: 'other', paths: ['/v1/things/{y}'] })],
      /both claim/,
    ],
    [
      'an id twice',
      [acme(), acme({ slug: 'other', hosts: ['api.other.example'] })],
      /Two providers have the id “acme”/,
    ],
    [
      'a slug twice',
      [acme(), acme({ id: 'other', slug: 'acme', hosts: ['api.other.example'] })],
      /Two providers have the slug/,
    ],
    ['an id that is no id', [acme({ id: '../x' })], /an id that is not allowed/],
    ['a slug with a path in it (mistake 19)', [acme({ slug: 'a/../b' })], /a slug that is not allowed/],
    ['mistake 16: a host pattern', [acme({ hosts: ['*.snowflakecomputing.com'] })], /not one exact lower-case name/],
    ['a host suffix', [acme({ hosts: ['.acme.example'] })], /not one exact/],
    ['a host in capitals', [acme({ hosts: ['API.acme.example'] })], /not one exact/],
    ['a host with a port', [acme({ hosts: ['api.acme.example:8443'] })], /not one exact/],
    ['an address as host', [acme({ hosts: ['127.0.0.1'] })], /not one exact/],
    ['a punycode host', [acme({ hosts: ['xn--pi-6kc.example'] })], /not one exact/],
    ['no path', [acme({ paths: [] })], /names no path/],
    ['a template that is not anchored', [acme({ paths: ['v1/things'] })], /does not start with a slash/],
    ['a wildcard in the middle', [acme({ paths: ['/v1/**/x'] })], /a segment that is not allowed/],
    [
      'a caller’s credential header',
      [acme({ callerHeaders: { authorization: 'any' } })],
      /a header that is not theirs/,
    ],
    ['a provider header with a line break', [acme({ headers: { 'x-a': 'a\r\nb' } })], /not visible ASCII/],
  ];

  it.each(bad)('%s', (_what, providers, says) => {
    expect(() => new ProviderRegistry(providers)).toThrow(says);
  });

  it('says everything that is wrong at once', () => {
    const wrong = [acme({ id: 'A', hosts: ['X'] }), acme({ id: 'B', hosts: ['Y'] })];
    expect(() => new ProviderRegistry(wrong)).toThrow(/“A” has an id[\s\S]*“X”[\s\S]*“B” has an id[\s\S]*“Y”/);
  });

  it('one host may serve many products, by path', () => {
    const products = [
      acme({ paths: ['/drive/v3/**'], rules: [] }),
      acme({ id: 'calendar', slug: 'calendar', paths: ['/calendar/v3/**'] }),
    ];
    expect(
      new ProviderRegistry(products).judge({ method: 'GET', url: 'https://api.acme.example/calendar/v3/x' }).providerId,
    ).toBe('calendar');
  });
});

describe('verdicts', () => {
  it('I23 unknown is write: a classifier that throws, or answers nonsense, means write', () => {
    const throwing = {
      ...acme(),
      classify: () => {
        throw new TypeError('bug');
      },
    };
    const nonsense = { ...acme(), classify: () => ({ level: 'READ' as 'read', reason: '' }) };
    for (const provider of [throwing, nonsense]) {
      expect(new ProviderRegistry([provider]).judge(THING).verdict.level).toBe('write');
    }
  });

  it('a classifier that refuses refuses', () => {
    const refusing = {
      ...acme(),
      classify: () => {
        throw new DomainError('call_not_allowed', 'no');
      },
    };
    expect(() => new ProviderRegistry([refusing]).judge(THING)).toThrow(
      expect.objectContaining({ code: 'call_not_allowed' }),
    );
  });

  it('a description that throws is an honest general sentence', () => {
    const provider = {
      ...acme(),
      describe: () => {
        throw new TypeError('bug');
      },
    };
    const { description } = new ProviderRegistry([provider]).judge(THING);
    expect(description).toMatchObject({ title: 'Send GET /v1/things/1 to Acme', known: false });
  });

  it('I26: a write rule wins over a read rule that matches too, whatever their order', () => {
    const rules = [read('POST', '/v1/**'), write('POST', '/v1/things/{id}'), read('POST', '/v1/things/search')];
    const registry = new ProviderRegistry([acme({ rules })]);
    const level = (path: string) =>
      registry.judge({ method: 'POST', url: `https://api.acme.example${path}` }).verdict.level;
    expect([level('/v1/things/1'), level('/v1/things/search'), level('/v1/other')]).toEqual(['write', 'write', 'read']);
  });

  it('judges a stored call as it judged it when it was asked for', () => {
    const registry = new ProviderRegistry(catalog(settings));
    for (const provider of registry.providers) {
      for (const input of [provider.examples?.read, provider.examples?.write]) {
        if (!input) throw new Error('no example');
        const judged = registry.judge(input);
        expect(registry.judgeCall(judged.call)).toEqual(judged);
      }
    }
    expect(() => registry.judgeCall({ method: 'GET', url: 'https://evil.example/', headers: [], body: null })).toThrow(
      DomainError,
    );
  });

  it('the examples that assistants are told are what they say', () => {
    const registry = new ProviderRegistry([...catalog(settings), acme()]);
    const levels = registry.providers.flatMap(({ examples }) =>
      [examples?.read, examples?.write].map((input) => input && registry.judge(input).verdict.level),
    );
    expect(levels).toEqual(['read', 'write', 'read', 'write', 'read', 'write', 'read', 'write']);
  });

  it('never-callable paths are refused in any case and with a slash behind', () => {
    const registry = new ProviderRegistry(catalog(settings));
    for (const path of ['/v1/oauth/token', '/v1/OAuth/Token', '/v1/oauth/token/', '/v1/oauth']) {
      const judge = () => registry.judge({ method: 'POST', url: `https://api.notion.com${path}` });
      expect(judge).toThrow(expect.objectContaining({ code: 'call_not_allowed' }));
    }
  });
});

describe('I15 exact host pinning (mistake 16)', () => {
  it('only the configured Snowflake account is matched', () => {
    const registry = new ProviderRegistry(catalog(settings));
    const judge = (host: string) => () => registry.judge({ method: 'GET', url: `https://${host}/api/v2/databases` });
    expect(judge('acct.snowflakecomputing.com')().providerId).toBe('snowflake');
    for (const host of [
      'evil.snowflakecomputing.com',
      'x.acct.snowflakecomputing.com',
      'acct.snowflakecomputing.com.evil.example',
    ]) {
      expect(judge(host)).toThrow(expect.objectContaining({ code: 'provider_not_matched' }));
    }
  });

  it('without a configured account Snowflake is known, matches nothing and says so', () => {
    const registry = new ProviderRegistry(catalog({ snowflake: { accountHost: null, sqlReads: 'off' } }));
    expect(registry.bySlug('snowflake')).toMatchObject({
      hosts: [],
      instructions: expect.stringContaining('SNOWFLAKE_ACCOUNT_HOST'),
    });
    expect(() =>
      registry.judge({ method: 'GET', url: 'https://acct.snowflakecomputing.com/api/v2/databases' }),
    ).toThrow(DomainError);
  });
});

describe('ProvidersModule', () => {
  function team(definition: ProviderDefinition) {
    @Module({ imports: [ProvidersModule.forFeature([definition])] })
    class TeamModule {}
    return TeamModule;
  }

  it('the registry sees the catalogue and what every module adds', async () => {
    const other = acme({ id: 'other', hosts: ['api.other.example'] });
    const imports = [team(acme()), ProvidersModule.forRoot(settings), team(other)];
    const app = await Test.createTestingModule({ imports }).compile();
    expect(
      app
        .get(ProviderRegistry, { strict: false })
        .providers.map(({ id }) => id)
        .sort(),
    ).toEqual(['acme', 'linear', 'notion', 'other', 'snowflake']);
    await app.close();
  });

  it('a team’s provider that overlaps stops the boot', async () => {
    const thief = acme({ hosts: ['api.notion.com'], paths: ['/v1/search'] });
    const imports = [ProvidersModule.forRoot(settings), team(thief)];
    await expect(Test.createTestingModule({ imports }).compile()).rejects.toThrow(/both claim api\.notion\.com/);
  });
});
