import { Approver } from '../support/approver.js';
import { Assistant } from '../support/assistant.js';
import { jsonOf } from '../support/json.js';
import { people } from '../support/people.js';
import { fault, noFaults, receivedBy } from '../support/provider-log.js';
import { STORES, type World, world } from '../support/worlds.js';

const READ = { method: 'POST', url: 'https://api.linear.app/graphql', body: { query: '{ viewer { id } }' } };

describe.each(STORES)('who may do what, on %s', (store) => {
  let place: World;

  beforeAll(async () => {
    place = await world(store);
  });

  afterAll(() => place.end());

  const asked = async () => {
    const ana = people.ana();
    const assistant = await Assistant.connect('2025-11-25', place.server.mcpUrl, ana, 'Asker');
    const { facts } = await assistant.call('request_elevated_access', { providers: ['linear'], reason: 'To read.' });
    return { ana, assistant, requestId: facts.requestId as string };
  };

  it('I5 and I47: another user and a random id get the same 404', async () => {
    const { requestId } = await asked();
    const bo = await Approver.signIn(place.server.url, people.bo());
    const random = requestId.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'));
    const answers = await Promise.all(
      [requestId, random].map(async (id) => {
        const response = await bo.get(`/api/approvals/${id}`);
        return { status: response.status, body: await response.text() };
      }),
    );
    expect(answers[0]?.status).toBe(404);
    expect(answers[0]).toEqual(answers[1]);
    const digest = '0'.repeat(64);
    const decision = await bo.send('POST', `/api/approvals/${requestId}/decision`, { decision: 'approve', digest });
    expect([403, 404]).toContain(decision.status);
  });

  it('I7: the right person in another organization is told to switch, and decides nothing', async () => {
    const { requestId } = await asked();
    const elsewhere = await Approver.signIn(place.server.url, people.anaAtGlobex());
    const response = await elsewhere.get(`/api/approvals/${requestId}`);
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: 'org_mismatch', organization: { name: 'Acme GmbH' } });
  });

  it('EXA-021 and EXA-022: another client of the same person, and another person, cannot use or see a request', async () => {
    const { ana, requestId } = await asked();
    const approver = await Approver.signIn(place.server.url, ana);
    await approver.decide(requestId, { decision: 'approve' });
    for (const person of [people.ana(), people.anaAtGlobex(), people.bo()]) {
      const other = await Assistant.connect('2025-11-25', place.server.mcpUrl, person, 'Another client');
      const looked = await other.call('check_access_request', { requestId });
      expect(looked).toMatchObject({ isError: true, facts: { error: { code: 'not_found' } } });
      const called = await other.call('call_integration_api', READ);
      expect(called).toMatchObject({ isError: true, facts: { error: { code: 'authority_required' } } });
      const named = await other.call('call_integration_api', { requestId, ...READ });
      expect(named).toMatchObject({ isError: true, facts: { error: { code: 'not_found' } } });
      const ended = await other.call('revoke_access', { requestId });
      expect(ended).toMatchObject({ isError: true, facts: { error: { code: 'not_found' } } });
      await other.close();
    }
    expect(await receivedBy(place.server.sandboxUrl, 'linear')).toEqual([]);
  });

  it('I6 and mistake 6: signing in with a browser allows nothing and leaves a pending request as it was', async () => {
    const { ana, assistant, requestId } = await asked();
    await Approver.signIn(place.server.url, ana);
    expect((await assistant.call('check_access_request', { requestId })).facts.status).toBe('pending');
    expect((await assistant.call('whoami')).facts.scopes).toEqual([]);
    expect(await assistant.call('call_integration_api', READ)).toMatchObject({ isError: true });
  });

  it('an agent’s own token opens nothing of the page’s API (I3)', async () => {
    const { assistant, requestId } = await asked();
    const headers = { authorization: `Bearer ${assistant.accessToken}` };
    const response = await fetch(`${place.server.url}/api/approvals/${requestId}`, { headers });
    expect([response.status, (await jsonOf(response)).code]).toEqual([401, 'not_signed_in']);
  });

  it('I14: signing out in the browser ends what was approved there, and nothing else', async () => {
    const { ana, assistant, requestId } = await asked();
    const first = await Approver.signIn(place.server.url, ana);
    await first.decide(requestId, { decision: 'approve' });
    const second = await Approver.signIn(place.server.url, people.ana());
    const other = await assistant.call('request_elevated_access', { providers: ['notion'], reason: 'To read.' });
    await second.decide(other.facts.requestId, { decision: 'approve' });

    const out = await first.send('POST', '/logout');
    expect((await jsonOf(out)).url).toContain('/user_management/sessions/logout');
    expect((await assistant.call('check_access_request', { requestId })).facts.status).toBe('revoked');
    expect((await assistant.call('check_access_request', { requestId: other.facts.requestId })).facts.status).toBe(
      'approved',
    );
    expect((await first.get('/api/me')).status).toBe(401);
  });

  it('I14: a decision that is under way while the person signs out allows nothing', async () => {
    const { server } = place;
    const { ana, assistant, requestId } = await asked();
    const approver = await Approver.signIn(server.url, ana);
    const { digest, csrfToken } = await approver.read(requestId);
    await fault(server.sandboxUrl, { target: 'pipes', kind: 'slow', delayMs: 1_500 });
    try {
      const path = `/api/approvals/${requestId}/decision`;
      const deciding = approver.send('POST', path, { decision: 'approve', digest }, csrfToken);
      expect((await approver.send('POST', '/logout')).status).toBe(200);
      const decided = await deciding;
      expect([decided.status, (await jsonOf(decided)).code]).toEqual([401, 'not_signed_in']);
    } finally {
      await noFaults(server.sandboxUrl);
    }
    expect((await assistant.call('whoami')).facts.scopes).toEqual([]);
    expect(await assistant.call('call_integration_api', READ)).toMatchObject({ isError: true });
  });

  it('I13: the sixth pending exact call of one person and client is too many, and no older one is dropped', async () => {
    const assistant = await Assistant.connect('2025-11-25', place.server.mcpUrl, people.bo(), 'Eager');
    const ask = (n: number) =>
      assistant.call('request_elevated_access', {
        kind: 'request',
        method: 'POST',
        url: READ.url,
        body: { query: `mutation { issueArchive(id: "${n}") { success } }` },
        reason: 'One of many.',
      });
    const ids: string[] = [];
    for (let n = 1; n <= 5; n += 1) ids.push((await ask(n)).facts.requestId);
    expect(new Set(ids).size).toBe(5);
    expect(await ask(6)).toMatchObject({ isError: true, facts: { error: { code: 'too_many_pending' } } });
    for (const requestId of ids) {
      expect((await assistant.call('check_access_request', { requestId })).facts.status).toBe('pending');
    }
    await assistant.close();
  });
});
