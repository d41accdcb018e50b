import { Approver } from '../support/approver.js';
import { Assistant } from '../support/assistant.js';
import { people } from '../support/people.js';
import { bytesOf, fault, forgetRequests, headerOf, noFaults, receivedBy } from '../support/provider-log.js';
import { ERAS, STORES, type World, world } from '../support/worlds.js';

const URL = 'https://api.notion.com/v1/pages';
/** Unusual on purpose: key order, spacing, escapes and a number's spelling must come through as they are. */
const BODY = '{ "b": 1.50, "a": "\\u00e9\\/ ü",\n "parent": {"page_id": "x"}, "properties": {} }';

describe.each(STORES)('one exact call, on %s', (store) => {
  let place: World;

  beforeAll(async () => {
    place = await world(store);
  });

  afterAll(() => place.end());

  beforeEach(async () => {
    await noFaults(place.server.sandboxUrl);
    await forgetRequests(place.server.sandboxUrl);
  });

  describe.each(ERAS)('for a client of %s', (era) => {
    const ask = async (args: Record<string, unknown> = { method: 'POST', url: URL, body: BODY }) => {
      const ana = people.ana();
      const assistant = await Assistant.connect(era, place.server.mcpUrl, ana, 'Exact');
      const approver = await Approver.signIn(place.server.url, ana);
      const asked = await assistant.call('request_elevated_access', { kind: 'request', reason: 'One call.', ...args });
      return { assistant, approver, asked, requestId: asked.facts.requestId as string };
    };

    it('I9 and I10: runs the shown bytes once', async () => {
      const { assistant, approver, asked, requestId } = await ask();
      const shown = await approver.read(requestId);
      expect(shown.call?.body?.raw).toBe(BODY);
      expect(shown.call?.words.join(' ')).toBe(asked.facts.call.words);
      expect((await approver.decide(requestId, { decision: 'approve', note: 'Go on.' })).status).toBe(200);

      const ran = await assistant.call('call_integration_api', { requestId });
      expect(ran.facts).toMatchObject({ outcome: 'answered', provider: 'notion', userNote: 'Go on.' });
      const [received, ...others] = await receivedBy(place.server.sandboxUrl, 'notion');
      expect(others).toEqual([]);
      expect(bytesOf(received!)).toBe(BODY);
      expect(received).toMatchObject({ method: 'POST', target: '/v1/pages', token: 'matches' });
      for (const { name, value } of shown.call?.headers ?? []) expect(headerOf(received!, name)).toBe(value);

      const twice = await assistant.call('call_integration_api', { requestId });
      expect(twice).toMatchObject({ isError: true, facts: { error: { code: 'already_used' } } });
      expect(await receivedBy(place.server.sandboxUrl, 'notion')).toHaveLength(1);
      expect((await approver.read(requestId)).status).toBe('executed');
      await assistant.close();
    });

    it('mistake 1: of 20 callers at once exactly one runs it', async () => {
      const { assistant, approver, requestId } = await ask();
      await approver.decide(requestId, { decision: 'approve' });
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => assistant.call('call_integration_api', { requestId })),
      );
      expect(answers.filter((answer) => !answer.isError)).toHaveLength(1);
      expect(await receivedBy(place.server.sandboxUrl, 'notion')).toHaveLength(1);
      await assistant.close();
    });

    it('mistakes 2 and 4: another call is refused without spending the approval', async () => {
      const { assistant, approver, requestId } = await ask({ method: 'POST', url: URL });
      await approver.decide(requestId, { decision: 'approve' });
      for (const other of [
        { method: 'POST', url: URL, body: { archived: true } },
        { method: 'POST', url: 'https://api.notion.com/v1/databases' },
        { method: 'PATCH', url: URL },
      ]) {
        const refused = await assistant.call('call_integration_api', { requestId, ...other });
        expect(refused).toMatchObject({
          isError: true,
          facts: { error: { code: expect.stringMatching(/request_mismatch|invalid|provider/) } },
        });
      }
      expect(await receivedBy(place.server.sandboxUrl, 'notion')).toEqual([]);
      const ran = await assistant.call('call_integration_api', { requestId, method: 'POST', url: URL });
      expect(ran.facts.outcome).toBe('answered');
      await assistant.close();
    });

    it('I26: what answers with a secret cannot even be asked for', async () => {
      const url = 'https://api.linear.app/graphql';
      const { assistant, asked } = await ask({
        method: 'POST',
        url,
        body: { query: '{ webhooks { nodes { secret } } }' },
      });
      expect(asked).toMatchObject({ isError: true, facts: { error: { code: 'call_not_allowed' } } });
      expect(await receivedBy(place.server.sandboxUrl, 'linear')).toEqual([]);
      await assistant.close();
    });

    it('mistake 4: a connection that broke does not burn the approval', async () => {
      const { assistant, approver, requestId } = await ask();
      await approver.decide(requestId, { decision: 'approve' });
      await fault(place.server.sandboxUrl, { target: 'pipes', kind: 'needs_reauthorization', slug: 'notion' });
      const refused = await assistant.call('call_integration_api', { requestId });
      expect(refused).toMatchObject({ isError: true, facts: { error: { code: 'connection_required' } } });
      await noFaults(place.server.sandboxUrl);
      expect((await assistant.call('call_integration_api', { requestId })).facts.outcome).toBe('answered');
      await assistant.close();
    });

    it('a provider’s error is a result with its status, and the approval is used up', async () => {
      const { assistant, approver, requestId } = await ask();
      await approver.decide(requestId, { decision: 'approve' });
      await fault(place.server.sandboxUrl, { target: 'provider', kind: '500', slug: 'notion' });
      const ran = await assistant.call('call_integration_api', { requestId });
      expect(ran).toMatchObject({ isError: false, facts: { outcome: 'answered', status: 500 } });
      expect(await approver.read(requestId)).toMatchObject({ status: 'executed', execution: { status: 500 } });
      await assistant.close();
    });

    it('a connection that is cut after sending is said to be unknown, and never sent again', async () => {
      const { assistant, approver, requestId } = await ask();
      await approver.decide(requestId, { decision: 'approve' });
      await fault(place.server.sandboxUrl, { target: 'provider', kind: 'down', slug: 'notion' });
      const ran = await assistant.call('call_integration_api', { requestId });
      expect(ran).toMatchObject({ isError: true, facts: { outcome: 'outcome_unknown' } });
      await noFaults(place.server.sandboxUrl);
      const again = await assistant.call('call_integration_api', { requestId });
      expect(again).toMatchObject({ isError: true, facts: { error: { code: 'already_used' } } });
      expect(await receivedBy(place.server.sandboxUrl, 'notion')).toHaveLength(1);
      await assistant.close();
    });
  });
});
