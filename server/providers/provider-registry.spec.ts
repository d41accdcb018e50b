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

/** A host for each provider whose host is a tenant's. */
const tenants = {
  hosts: Object.fromEntries(
    catalog(settings)
      .filter(({ hosts, tenantHosts }) => hosts.length === 0 && tenantHosts.length > 0)
      .map(({ id, tenantHosts }) => [id, tenantHosts.slice(0, 1).map((form) => form.replace(/\{[a-z]+\}/g, 'acct'))]),
  ),
  slugs: {},
};

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
    ['a form of hosts without a domain', [acme({ tenantHosts: ['{tenant}.example'] })], /at least 2 labels/],
    ['a form of hosts without a tenant', [acme({ tenantHosts: ['api.acme.example'] })], /has no placeholder/],
    ['a form that is part of a label', [acme({ tenantHosts: ['x{tenant}.acme.example'] })], /no placeholder/],
    ['an icon from elsewhere', [acme({ icon: 'https://a.example/i.svg' })], /an icon that is not allowed/],
    ['a refused path that is none', [acme({ refused: [{ path: 'batch', why: 'No.' }] })], /does not start with/],
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

  it('an unknown operation at a long path is told by its length, since a title cuts nothing', () => {
    const path = `/v1/things/${'x'.repeat(80)}`;
    const { description } = new ProviderRegistry([acme()]).judge({
      method: 'PUT',
      url: `https://api.acme.example${path}`,
    });
    expect(description.title).toBe('Send PUT to a path of 91 characters at Acme');
  });

  it('I26: a write rule wins over a read rule that matches too, whatever their order', () => {
    const rules = [read('POST', '/v1/**'), write('POST', '/v1/things/{id}'), read('POST', '/v1/things/search')];
    const registry = new ProviderRegistry([acme({ rules })]);
    const level = (path: string) =>
      registry.judge({ method: 'POST', url: `https://api.acme.example${path}` }).verdict.level;
    expect([level('/v1/things/1'), level('/v1/things/search'), level('/v1/other')]).toEqual(['write', 'write', 'read']);
  });

  it('judges a stored call as it judged it when it was asked for', () => {
    const registry = new ProviderRegistry(catalog(settings), tenants);
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
    const registry = new ProviderRegistry([...catalog(settings), acme()], tenants);
    for (const { id, examples } of registry.providers) {
      const levels = [examples?.read, examples?.write].map((input) => input && registry.judge(input).verdict.level);
      expect([id, ...levels]).toEqual([id, 'read', 'write']);
    }
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
    expect(registry.bySlug('snowflake')).toMatchObject([
      {
        hosts: [],
        instructions: expect.stringContaining('PROVIDER_HOSTS, as snowflake={tenant}.snowflakecomputing.com'),
      },
    ]);
    expect(() =>
      registry.judge({ method: 'GET', url: 'https://acct.snowflakecomputing.com/api/v2/databases' }),
    ).toThrow(DomainError);
  });
});

describe('what differs from deployment to deployment', () => {
  const desk = acme({
    id: 'desk',
    hosts: [],
    tenantHosts: ['{tenant}.desk.example', '{tenant}.eu.desk.example'],
    instructions: 'https://{tenant}.desk.example/v1',
    examples: {
      read: { method: 'GET', url: 'https://{tenant}.desk.example/v1/things/1' },
      write: { method: 'DELETE', url: 'https://{tenant}.desk.example/v1/things/1' },
    },
  });
  const at = (host: string) => ({ method: 'GET', url: `https://${host}/v1/things/1` });

  it('I15: a form of hosts matches nothing by itself, and the instructions say what the operator has to set', () => {
    const registry = new ProviderRegistry([desk]);
    expect(() => registry.judge(at('acme.desk.example'))).toThrow(
      expect.objectContaining({ code: 'provider_not_matched' }),
    );
    expect(registry.byId('desk')?.instructions).toMatch(/cannot be called here yet.*desk=\{tenant\}\.desk\.example/);
  });

  it('I15: a configured host is matched, no sibling of it, and texts and examples name it', () => {
    const hosts = { desk: ['acme.desk.example', 'acme.eu.desk.example'] };
    const registry = new ProviderRegistry([desk], { hosts, slugs: {} });
    expect(hosts.desk.map((host) => registry.judge(at(host)).providerId)).toEqual(['desk', 'desk']);
    expect(() => registry.judge(at('other.desk.example'))).toThrow(DomainError);
    const { instructions, examples } = registry.byId('desk') ?? {};
    expect(instructions).toMatch(/^https:\/\/acme\.desk\.example\/v1[\s\S]*acme\.eu\.desk\.example/);
    expect(registry.judge(examples!.read).verdict.level).toBe('read');
  });

  it.each([
    ['a host of another form', { desk: ['acme.example'] }, /“acme.example” is no host of “desk”/],
    ['two labels for one', { desk: ['a.b.desk.example'] }, /is no host of “desk”/],
    ['the domain itself', { desk: ['desk.example'] }, /is no host of “desk”/],
    ['a punycode label', { desk: ['xn--a.desk.example'] }, /is no host of “desk”/],
    ['a host of a provider with fixed ones', { acme: ['acme.desk.example'] }, /are fixed and cannot be set/],
    ['an unknown provider', { dask: ['acme.desk.example'] }, /names “dask”, which is no provider here/],
    ['an address for a self-hosted one', { own: ['10.0.0.1'] }, /is not one exact public host name/],
  ])('%s stops the boot', (_what, hosts, says) => {
    const own = acme({ id: 'own', hosts: ['api.own.example'], mayBeSelfHosted: true });
    expect(() => new ProviderRegistry([desk, acme(), own], { hosts, slugs: {} })).toThrow(says);
  });

  it('an API that its users run may be anywhere, by exact name', () => {
    const own = acme({ id: 'own', hosts: ['api.own.example'], mayBeSelfHosted: true });
    const registry = new ProviderRegistry([own], { hosts: { own: ['own.acme.example'] }, slugs: {} });
    expect(['api.own.example', 'own.acme.example'].map((host) => registry.judge(at(host)).providerId)).toEqual([
      'own',
      'own',
    ]);
  });

  it('a slug of one’s own takes the place of the catalogue’s', () => {
    const registry = new ProviderRegistry([acme()], { hosts: {}, slugs: { acme: 'acme-oauth' } });
    expect([registry.bySlug('acme'), registry.bySlug('acme-oauth')]).toMatchObject([[], [{ id: 'acme' }]]);
    const unknown = { hosts: {}, slugs: { other: 'x' } };
    expect(() => new ProviderRegistry([acme()], unknown)).toThrow(/PROVIDER_SLUGS names “other”/);
  });

  it('several providers may share one slug: one connection, several APIs', () => {
    const jira = acme({ id: 'jira', slug: 'atlassian', rules: [read('GET', '/ex/jira/{cloud}/x')] });
    const confluence = acme({ id: 'confluence', slug: 'atlassian', rules: [read('GET', '/ex/confluence/{cloud}/x')] });
    const registry = new ProviderRegistry([jira, confluence]);
    expect(registry.bySlug('atlassian').map(({ id }) => id)).toEqual(['jira', 'confluence']);
    expect(registry.judge({ method: 'GET', url: 'https://api.acme.example/ex/confluence/1/x' }).providerId).toBe(
      'confluence',
    );
  });
});

describe('what is refused whatever the rules say', () => {
  const batch = acme({
    paths: ['/v1/**'],
    rules: [read('GET', '/v1/**'), read('POST', '/v1/**'), write('GET', '/v1/run/{id}:now')],
    refused: [
      { path: '/v1/$batch', why: 'Send the parts of a batch one by one.' },
      { method: 'GET', path: '/v1/export', why: 'Ask for the pages one by one.' },
    ],
  });
  const registry = new ProviderRegistry([batch]);
  const judge = (method: string, path: string) => () =>
    registry.judge({ method, url: `https://api.acme.example${path}` });

  it.each([
    ['POST', '/v1/$batch'],
    ['GET', '/v1/$BATCH'],
    ['POST', '/v1/%24batch'],
    ['POST', '/v1/$batch/'],
    ['POST', '/v1/$batch%20'],
    ['HEAD', '/v1/export'],
  ])('%s %s says how to do it instead', (method, path) => {
    expect(judge(method, path)).toThrow(
      expect.objectContaining({ code: 'call_not_allowed', message: expect.stringMatching(/one by one/) }),
    );
  });

  it('by method, where one is named', () => {
    expect(judge('POST', '/v1/export')().verdict.level).toBe('read');
  });

  it.each([
    '/v1/run/1:now',
    '/v1/Run/1:now',
    '/v1/run/1%3Anow',
    '/v1/run/1:NOW',
    '/v1/run/1:now/',
    '/v1/run/1:now%20',
    '/v1/run/1:now/.json',
    '/v1/run/1:now.json/.xml',
    '/v1/run/1:now~.JSON',
  ])('I26: a write rule is found in every spelling: %s', (path) => {
    expect(judge('GET', path)().verdict.level).toBe('write');
  });
});

describe('what a call names', () => {
  const resources = (path: string, template: string) => {
    const registry = new ProviderRegistry([acme({ rules: [read('GET', template, 'Read it')] })]);
    return registry.judge({ method: 'GET', url: `https://api.acme.example${path}` }).description.resources;
  };

  it.each([
    ['/v1/pages/7', '/v1/pages/{id}', [['page', '7']]],
    ['/v1/data_sources/7/query', '/v1/data_sources/{id}/query', [['data source', '7']]],
    ['/companies/a%20b', '/companies/{key}', [['company', 'a b']]],
    [
      '/repos/o/r',
      '/repos/{owner}/{repo}',
      [
        ['owner', 'o'],
        ['repo', 'r'],
      ],
    ],
    ['/issue/P-1', '/issue/{issueIdOrKey}', [['issue', 'P-1']]],
    ['/projects/a%2Fb', '/projects/{id:encoded}', [['project', 'a/b']]],
    ['/v1/things', '/v1/things', []],
    ['/v2/pages/7.json', '/v{version}/pages/{id}.json', [['page', '7']]],
  ])('%s by %s', (path, template, named) => {
    expect(resources(path, template).map(({ kind, id }) => [kind, id])).toEqual(named);
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
    const registry = app.get(ProviderRegistry, { strict: false });
    const ids = [...catalog(settings).map(({ id }) => id), 'acme', 'other'];
    expect(registry.providers.map(({ id }) => id).sort()).toEqual(ids.sort());
    await app.close();
  });

  it('a team’s provider that overlaps stops the boot', async () => {
    const thief = acme({ hosts: ['api.notion.com'], paths: ['/v1/search'] });
    const imports = [ProvidersModule.forRoot(settings), team(thief)];
    await expect(Test.createTestingModule({ imports }).compile()).rejects.toThrow(/both claim api\.notion\.com/);
  });
});
