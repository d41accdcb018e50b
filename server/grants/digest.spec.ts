import { createHash } from 'node:crypto';
import { broadQuestion, callQuestion, emptyView, judgedCall, principal, SETTINGS } from '../../test/support/grants.js';
import type { Call } from '../providers/call.js';
import type { AuthorityGrant, BroadGrant, RequestGrant } from './authority-grant.js';
import { callDigest, callWords, executionDigest, grantDigest } from './digest.js';
import { ask, type Question } from './question.js';

const { call } = judgedCall();

function asked(question: Question): AuthorityGrant {
  const answer = ask(emptyView(1_000), question, SETTINGS, 0);
  if ('existing' in answer) throw new Error('not a new request');
  return answer.grant;
}

describe('the digest of a call', () => {
  it.each<[string, Partial<Call>]>([
    ['method', { method: 'POST' }],
    ['URL', { url: `${call.url}?a=1` }],
    ['a header’s value', { headers: [['content-type', 'text/plain']] }],
    ['one more header', { headers: [...call.headers, ['notion-version', '1']] }],
    ['one byte of the body', { body: Buffer.from('{"title":"hello"}') }],
    ['white space in the body', { body: Buffer.from('{"title": "Hello"}') }],
    ['bytes that are no text', { body: Uint8Array.of(0xff, 0xfe) }],
    ['an empty body', { body: new Uint8Array(0) }],
    ['no body', { body: null }],
  ])('I10, mistakes 2 and 3: changes with %s', (_, different) => {
    expect(callDigest({ ...call, ...different })).not.toBe(callDigest(call));
  });

  it('I10: no body is not an empty one, and bytes that look alike as text are not the same', () => {
    const bodies = [null, new Uint8Array(0), Uint8Array.of(0xff), Uint8Array.of(0xfe), Buffer.from('\ufffd')];
    expect(new Set(bodies.map((body) => callDigest({ ...call, body }))).size).toBe(bodies.length);
  });

  it('is the SHA-256 of a form that does not depend on the order of writing', () => {
    const { body, headers, url, method } = call;
    expect(callDigest({ body, headers, url, method })).toBe(callDigest(call));
    expect(callDigest({ method: 'GET', url: 'https://a.example/', headers: [], body: null })).toBe(
      'c61dd81039317945561dccab6ee901547e42aa8e36a8c0227576a24dd9f19f23',
    );
  });

  it('gives four words of 44 bits, the same for the same call', () => {
    expect(callWords(callDigest(call))).toEqual(callWords(callDigest({ ...call })));
    expect(callWords('0'.repeat(64))).toEqual(['abandon', 'abandon', 'abandon', 'abandon']);
    expect(callWords(`${'f'.repeat(11)}${'0'.repeat(53)}`)).toEqual(['zoo', 'zoo', 'zoo', 'zoo']);
    expect(callWords(`00000000001${'0'.repeat(53)}`)).toEqual(['abandon', 'abandon', 'abandon', 'ability']);
  });
});

describe('the digest of a grant', () => {
  const broad = asked(broadQuestion()) as BroadGrant;
  const exact = asked(callQuestion()) as RequestGrant;

  it.each<[string, Partial<BroadGrant>]>([
    ['the level', { requested: { ...broad.requested, level: 'read' } }],
    ['the providers', { requested: { ...broad.requested, providers: ['linear'] } }],
    ['the duration', { requested: { ...broad.requested, durationMs: 1 } }],
    ['the number of calls', { requested: { ...broad.requested, maxCalls: 1 } }],
    ['a connection', { connections: { ...broad.connections, notion: 'account_other' } }],
    ['a missing connection', { connections: {} }],
    ['the request', { id: exact.id }],
    ['the user', { principal: principal({ subject: 'user_eve' }) }],
    ['the organization', { principal: principal({ organization: null }) }],
    ['the client', { principal: principal({ clientId: 'client_other' }) }],
    ['the session', { principal: principal({ sid: 'sid_2' }) }],
  ])('of a broad grant changes with %s', (_, different) => {
    expect(grantDigest({ ...broad, ...different })).not.toBe(broad.digest);
  });

  it.each<[string, Partial<RequestGrant>]>([
    ['the call', { call: { ...exact.call, callDigest: '0' } }],
    ['the level', { call: { ...exact.call, level: 'read' } }],
    ['the connection', { connection: 'account_other' }],
    ['no connection', { connection: null }],
    ['the time it may wait', { authorityMs: 1 }],
    ['the user', { principal: principal({ subject: 'user_eve' }) }],
  ])('of an exact call changes with %s', (_, different) => {
    expect(grantDigest({ ...exact, ...different })).not.toBe(exact.digest);
  });

  it('is the SHA-256 over the RFC 8785 form of all of it, the version of the rules and the issuer included', () => {
    const { call: bound, id, principal: of } = exact;
    const form = `{"authorityMs":300000,"binding":{"clientId":"${of.clientId}","id":"${id}","issuer":"${of.issuer}","organization":"org_acme","policy":1,"sid":"sid_1","subject":"user_ada"},"call":"${bound.callDigest}","connection":"account_notion","kind":"request","level":"write","provider":"notion"}`;
    expect(createHash('sha256').update(form).digest('hex')).toBe(exact.digest);
  });

  it('at execution is made from the bytes that would be sent', () => {
    expect(executionDigest(exact, call)).toBe(exact.digest);
    expect(executionDigest(exact, { ...call, body: null })).not.toBe(exact.digest);
    expect(executionDigest(broad, call)).toBe(broad.digest);
  });

  it('does not change with what is only told: the reason and the client’s name', () => {
    expect(grantDigest({ ...broad, reason: 'another', clientName: 'another' } as BroadGrant)).toBe(broad.digest);
  });
});
