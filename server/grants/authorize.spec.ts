import { emptyView, SCOPE } from '../../test/support/grants.js';
import type { AccessLevel } from '../kernel/access-level.js';
import type { AuthorityGrant, BroadGrant } from './authority-grant.js';
import { authorize } from './authorize.js';

const NOW = 1_795_000_000_000;

function held(id: string, different: Partial<BroadGrant> = {}, granted: Partial<typeof SCOPE> = {}): BroadGrant {
  const scope = { ...SCOPE, providers: ['notion'], ...granted };
  return {
    id,
    version: 2,
    kind: 'broad',
    status: 'approved',
    principal: emptyView(NOW).session.principal,
    clientName: null,
    sessionStartedAt: NOW,
    reason: 'why',
    requestedAt: NOW,
    closesAt: NOW + 1,
    digest: '',
    decision: null,
    expiresAt: NOW + 60_000,
    epoch: 'epoch-1',
    endedAt: null,
    withdrawReason: null,
    requested: scope,
    connections: {},
    granted: scope,
    callsMade: 0,
    lastCalls: [],
    ...different,
  };
}

const ask = (grants: readonly AuthorityGrant[], needed: AccessLevel = 'write', provider = 'notion') => {
  const answer = authorize({ ...emptyView(NOW), grants }, provider, needed);
  return answer.isAllowed ? answer.grant.id : `${answer.because} (${answer.held?.id ?? 'none'})`;
};

describe('what a session’s grants allow', () => {
  it.each([
    ['nothing', [], 'no_grant (none)'],
    ['a grant for another provider', [held('a', {}, { providers: ['linear'] })], 'no_grant (none)'],
    ['a grant that is still pending', [held('a', { status: 'pending', granted: null })], 'no_grant (none)'],
    ['a grant that was revoked', [held('a', { status: 'revoked' })], 'no_grant (none)'],
    ['a grant whose time is over', [held('a', { expiresAt: NOW })], 'no_grant (none)'],
    ['a grant from before the store’s restart', [held('a', { epoch: 'epoch-0' })], 'no_grant (none)'],
    ['I12: reading, for a write', [held('a', {}, { level: 'read' })], 'level (a)'],
    ['a grant whose calls are made', [held('a', { callsMade: 2 }, { maxCalls: 2 })], 'calls_used (a)'],
    [
      'I12: a provider that was asked for but not allowed',
      [held('a', { requested: SCOPE }, { providers: ['linear'] })],
      'no_grant (none)',
    ],
  ] as const)('refuses with %s', (_, grants, answer) => {
    expect(ask(grants)).toBe(answer);
  });

  it.each([
    ['the only one', [held('a')], 'write', 'a'],
    ['reading before writing', [held('w'), held('r', {}, { level: 'read' })], 'read', 'r'],
    ['the one that ends first', [held('late'), held('soon', { expiresAt: NOW + 1 })], 'write', 'soon'],
    [
      'one with calls left',
      [held('used', { callsMade: 1, expiresAt: NOW + 1 }, { maxCalls: 1 }), held('free')],
      'write',
      'free',
    ],
    ['writing, where reading does not reach', [held('r', {}, { level: 'read' }), held('w')], 'write', 'w'],
  ] as const)('of several takes the narrowest: %s', (_, grants, needed, id) => {
    expect(ask(grants, needed)).toBe(id);
  });
});
