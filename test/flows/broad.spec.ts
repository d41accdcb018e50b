import type { GrantPageView } from '../../server/approvals/access.contract.js';
import { Approver } from '../support/approver.js';
import { Assistant } from '../support/assistant.js';
import { jsonOf } from '../support/json.js';
import { people } from '../support/people.js';
import { bytesOf, forgetRequests, headerOf, receivedBy } from '../support/provider-log.js';
import { ERAS, STORES, type World, world } from '../support/worlds.js';

const LINEAR = 'https://api.linear.app/graphql';
const READ = { method: 'POST', url: LINEAR, body: { query: '{ viewer { name } }' } };
const WRITE = {
  method: 'POST',
  url: LINEAR,
  body: { query: 'mutation { issueArchive(id: "none") { success } }' },
};

describe.each(STORES)('authority for some time, on %s', (store) => {
  let place: World;

  beforeAll(async () => {
    place = await world(store);
  });

  afterAll(() => place.end());

  beforeEach(() => forgetRequests(place.server.sandboxUrl));

  describe.each(ERAS)('for a client of %s', (era) => {
    it('goes from asking to the provider’s answer, narrowed by the person, and ends when it is revoked', async () => {
      const { server } = place;
      const ana = people.ana();
      const assistant = await Assistant.connect(era, server.mcpUrl, ana, 'Journey');

      const before = await assistant.call('call_integration_api', READ);
      expect(before).toMatchObject({ isError: true, facts: { error: { code: 'authority_required', level: 'read' } } });
      expect(before.facts.error.askForSomeTime).toEqual({ kind: 'broad', level: 'read', providers: ['linear'] });

      const asked = await assistant.call('request_elevated_access', {
        kind: 'broad',
        level: 'write',
        providers: ['linear', 'notion'],
        reason: 'To tidy up the backlog.',
      });
      expect(asked).toMatchObject({ isError: false, facts: { status: 'pending', kind: 'broad' } });
      const { requestId, approvalUrl } = asked.facts;
      expect(approvalUrl).toBe(`${server.url}/approve/${requestId}`);

      const waiting = assistant.call('check_access_request', { requestId, waitSeconds: 25 });
      const approver = await Approver.signIn(server.url, ana);
      const shown = await approver.read(requestId);
      expect(shown).toMatchObject({
        client: { name: 'Journey' },
        reason: 'To tidy up the backlog.',
        status: 'pending',
      });
      const decided = await approver.decide(requestId, {
        decision: 'approve',
        level: 'read',
        providers: ['linear'],
        maxCalls: 2,
        note: 'Only the Billing project, please.',
      });
      expect(decided.status).toBe(200);

      const approved = await waiting;
      expect(approved.facts).toMatchObject({
        status: 'approved',
        requested: { level: 'write', providers: ['linear', 'notion'] },
        granted: { level: 'read', providers: ['linear'], maxCalls: 2 },
        userNote: 'Only the Billing project, please.',
      });

      const read = await assistant.call('call_integration_api', READ);
      expect(read.facts).toMatchObject({ outcome: 'answered', status: 200, requestId, callsLeft: 1 });
      expect(read.facts.body.data.viewer.name).toMatch(/Ana/);

      const write = await assistant.call('call_integration_api', WRITE);
      expect(write).toMatchObject({
        isError: true,
        facts: { error: { code: 'authority_required', because: 'level' } },
      });
      const elsewhere = await assistant.call('call_integration_api', {
        method: 'POST',
        url: 'https://api.notion.com/v1/search',
        body: {},
      });
      expect(elsewhere).toMatchObject({ isError: true, facts: { error: { code: 'authority_required' } } });

      const received = await receivedBy(server.sandboxUrl, 'linear');
      expect(received).toHaveLength(1);
      expect(bytesOf(received[0]!)).toBe(JSON.stringify(READ.body));
      expect(received[0]).toMatchObject({ method: 'POST', target: '/graphql', token: 'matches' });
      expect(headerOf(received[0]!, 'content-type')).toBe('application/json');
      expect(await receivedBy(server.sandboxUrl, 'notion')).toEqual([]);

      const revoked = await approver.send('DELETE', `/api/grants/${requestId}`);
      expect(await revoked.json()).toEqual({ ended: 1, revoked: 1, withdrawn: 0 });
      const after = await assistant.call('call_integration_api', READ);
      expect(after).toMatchObject({ isError: true, facts: { error: { code: 'authority_required' } } });
      expect(await receivedBy(server.sandboxUrl, 'linear')).toHaveLength(1);
      await assistant.close();
    });

    it('mistake 12: several approvals live at once, and approving one never ends another', async () => {
      const { server } = place;
      const ana = people.ana();
      const assistant = await Assistant.connect(era, server.mcpUrl, ana, 'Two at once');
      const approver = await Approver.signIn(server.url, ana);
      for (const provider of ['linear', 'notion']) {
        const { facts } = await assistant.call('request_elevated_access', {
          providers: [provider],
          reason: 'To read.',
        });
        expect((await approver.decide(facts.requestId, { decision: 'approve' })).status).toBe(200);
      }
      const linear = await assistant.call('call_integration_api', READ);
      const notion = await assistant.call('call_integration_api', {
        method: 'POST',
        url: 'https://api.notion.com/v1/search',
        body: {},
      });
      expect([linear.facts.status, notion.facts.status]).toEqual([200, 200]);
      expect((await assistant.call('whoami')).facts.scopes).toEqual(['pipes:read']);
      expect((await assistant.call('revoke_access')).facts).toEqual({ ended: 2 });
      expect((await assistant.call('whoami')).facts).toMatchObject({ scopes: [], approvals: [] });
      await assistant.close();
    });

    it('mistake 10: a new broad request withdraws the older pending one, whose page then says so', async () => {
      const { server } = place;
      const ana = people.ana();
      const assistant = await Assistant.connect(era, server.mcpUrl, ana, 'Changes its mind');
      const approver = await Approver.signIn(server.url, ana);
      const first = await assistant.call('request_elevated_access', { providers: ['linear'], reason: 'First.' });
      const again = await assistant.call('request_elevated_access', { providers: ['linear'], reason: 'Other words.' });
      expect(again.facts.requestId).toBe(first.facts.requestId);
      const page = await approver.read(first.facts.requestId);
      expect(page.reason).toBe('First.');
      const second = await assistant.call('request_elevated_access', { providers: ['notion'], reason: 'Second.' });
      const { digest, csrfToken } = page;
      const path = `/api/approvals/${first.facts.requestId}/decision`;
      const late = await approver.send('POST', path, { decision: 'approve', digest }, csrfToken);
      expect([late.status, (await jsonOf(late)).code]).toEqual([409, 'superseded']);
      expect(await approver.read(first.facts.requestId)).toMatchObject({
        status: 'withdrawn',
        withdrawReason: 'superseded',
      });
      await assistant.call('revoke_access', { requestId: second.facts.requestId });
      await assistant.close();
    });

    it('mistake 27: a note is bounded; what is refused leaves the request as it was, and everything is listed', async () => {
      const { server } = place;
      const ana = people.ana();
      const assistant = await Assistant.connect(era, server.mcpUrl, ana, 'Bounded');
      const approver = await Approver.signIn(server.url, ana);
      const { facts } = await assistant.call('request_elevated_access', { providers: ['linear'], reason: 'To read.' });
      const tooLong = await approver.decide(facts.requestId, { decision: 'approve', note: 'n'.repeat(501) });
      expect([tooLong.status, (await jsonOf(tooLong)).code]).toEqual([400, 'invalid_arguments']);
      const listed = async (state: string) =>
        (await jsonOf<GrantPageView>(await approver.get(`/api/grants?state=${state}`))).items.map((item) => item.id);
      expect(await listed('pending')).toContain(facts.requestId);
      expect((await approver.decide(facts.requestId, { decision: 'approve', note: 'n'.repeat(500) })).status).toBe(200);
      expect(await listed('active')).toContain(facts.requestId);
      await assistant.call('revoke_access');
      expect(await listed('active')).not.toContain(facts.requestId);
      expect(await listed('ended')).toContain(facts.requestId);
      await assistant.close();
    });

    it('tells a refusal with its reason and whether asking again makes sense', async () => {
      const { server } = place;
      const ana = people.ana();
      const assistant = await Assistant.connect(era, server.mcpUrl, ana, 'Refused');
      const approver = await Approver.signIn(server.url, ana);
      const { facts } = await assistant.call('request_elevated_access', {
        providers: ['linear'],
        level: 'write',
        reason: 'All.',
      });
      const denied = await approver.decide(facts.requestId, {
        decision: 'deny',
        reasonCode: 'too_broad',
        note: 'Read is enough.',
      });
      expect(denied.status).toBe(200);
      const told = await assistant.call('check_access_request', { requestId: facts.requestId });
      expect(told.facts).toMatchObject({
        status: 'denied',
        refusalReason: 'too_broad',
        mayAskAgain: true,
        userNote: 'Read is enough.',
      });
      expect(told.text).toMatch(/Denied.*too broad.*Nothing was allowed/);
      const again = { providers: ['linear'], level: 'write', reason: 'Really all.' };
      const refused = await assistant.call('request_elevated_access', again);
      expect(refused.facts.error).toMatchObject({ code: 'recently_denied', requestId: facts.requestId });
      expect(refused.text).toMatch(/denied this question.*Ask for less/s);
      const less = await assistant.call('request_elevated_access', { ...again, level: 'read' });
      expect(less.facts).toMatchObject({ status: 'pending' });
      await assistant.close();
    });
  });
});
