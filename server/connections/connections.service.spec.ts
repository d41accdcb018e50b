import { RecordedAudit } from '../../test/support/auth-fakes.js';
import { connectionOf, PreparedVault } from '../../test/support/gateway-fakes.js';
import { codeOf } from '../../test/support/grants.js';
import { ManualClock } from '../../test/support/manual.clock.js';
import { DomainError } from '../kernel/domain-error.js';
import { linear } from '../providers/catalog/linear.js';
import { notion } from '../providers/catalog/notion.js';
import { ProviderRegistry } from '../providers/provider-registry.js';
import { bindingsOf, ConnectionsService } from './connections.service.js';

const owner = { userId: 'user_ada', organization: 'org_acme' };
const BACK = 'https://countersign.example/access';
let vault: PreparedVault;
let audit: RecordedAudit;
let service: ConnectionsService;

beforeEach(() => {
  vault = new PreparedVault();
  audit = new RecordedAudit();
  service = new ConnectionsService(vault, new ProviderRegistry([linear, notion]), audit, new ManualClock(5));
});

it('knows which of the organization’s integrations can be called', async () => {
  vault.linked = () => [connectionOf('notion'), connectionOf('acme')];
  expect(await service.integrations(owner)).toMatchObject([
    { slug: 'notion', providers: [{ id: 'notion' }] },
    { slug: 'acme', providers: [] },
  ]);
});

it.each([
  ['connected', connectionOf('notion'), { notion: 'account_notion' }],
  ['to be connected again', connectionOf('notion', { state: 'needs_reauthorization' }), {}],
  ['not connected', connectionOf('notion', { state: 'not_connected', accountId: null }), {}],
  ['connected without an account', connectionOf('notion', { accountId: null }), {}],
  ['another one', connectionOf('linear'), {}],
  ['one that cannot be called', connectionOf('acme'), {}],
] as const)('I12: a grant is bound to what is connected alone: %s', async (_, connection, bound) => {
  vault.linked = () => [connection];
  expect(bindingsOf(await service.integrations(owner), ['notion', 'acme'])).toEqual(bound);
});

it('one linked account serves every API that shares its slug, and a grant is bound to those that it names', async () => {
  const [jira, confluence] = [
    { ...notion, id: 'jira', slug: 'atlassian', hosts: ['jira.example'] },
    { ...notion, id: 'confluence', slug: 'atlassian', hosts: ['confluence.example'] },
  ];
  service = new ConnectionsService(vault, new ProviderRegistry([jira, confluence]), audit, new ManualClock(5));
  vault.linked = () => [connectionOf('atlassian')];
  expect((await service.integrations(owner)).map(({ providers }) => providers.map(({ id }) => id))).toEqual([
    ['jira', 'confluence'],
  ]);
  expect(bindingsOf(await service.integrations(owner), ['jira', 'confluence'])).toEqual({
    jira: 'account_atlassian',
    confluence: 'account_atlassian',
  });
  expect(bindingsOf(await service.integrations(owner), ['jira'])).toEqual({ jira: 'account_atlassian' });
});

describe('linking', () => {
  it('leads to where the account is linked, and is on record', async () => {
    vault.linked = () => [connectionOf('notion', { state: 'not_connected', accountId: null })];
    expect(await service.connect(owner, 'notion', BACK, 'browser_1')).toBe('https://pipes.example/authorize/notion');
    expect(vault.authorized).toEqual([`user_ada of org_acme at notion back to ${BACK}`]);
    expect(audit.events).toMatchObject([
      {
        action: 'connection.started',
        at: 5,
        actor: { type: 'user', userId: 'user_ada', browserSession: 'browser_1' },
        subject: 'user_ada',
        organization: 'org_acme',
        details: { slug: 'notion' },
      },
    ]);
    expect(JSON.stringify(audit.events)).not.toContain('pipes.example');
  });

  it('unlinking forgets the token at once, and is on record', async () => {
    vault.linked = () => [connectionOf('notion')];
    await service.disconnect(owner, 'notion', 'browser_1');
    expect(vault.disconnected).toEqual(['user_ada of org_acme at notion']);
    expect(vault.forgotten).toEqual(['user_ada of org_acme at notion']);
    expect(audit.events.map(({ action }) => action)).toEqual(['connection.ended']);
  });

  it.each(['linear', '../organizations', 'notion/../../users', 'NOTION', ''])(
    'mistake 19: a slug reaches WorkOS’s paths only when it is in the person’s own list: “%s”',
    async (slug) => {
      vault.linked = () => [connectionOf('notion')];
      expect(await service.connect(owner, slug, BACK, 'browser_1').catch(codeOf)).toBe('not_found');
      expect(await service.disconnect(owner, slug, 'browser_1').catch(codeOf)).toBe('not_found');
      expect([vault.authorized, vault.disconnected, vault.forgotten, audit.events]).toEqual([[], [], [], []]);
    },
  );

  it('is not answered when it cannot be recorded', async () => {
    vault.linked = () => [connectionOf('notion')];
    audit.append = () => Promise.reject(new DomainError('audit_unavailable', 'The disk is full.'));
    expect(await service.connect(owner, 'notion', BACK, 'browser_1').catch(codeOf)).toBe('audit_unavailable');
  });
});
